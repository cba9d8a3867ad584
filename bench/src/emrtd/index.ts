import type { Benchmark } from "../harness.js";
import { paceTerminal } from "./pace.js";
import { secureMessaging } from "./secure-messaging.js";
import { wholeRead } from "./whole-read.js";

export const emrtd: Benchmark = {
  name: "emrtd",
  summary: "opening and reading a chip",
  contests: [paceTerminal, secureMessaging, wholeRead],
};
