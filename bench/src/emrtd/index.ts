import type { Benchmark } from "../harness.js";
import { masterListCommand } from "./master-list.js";
import { paceTerminal } from "./pace.js";
import { secureMessaging } from "./secure-messaging.js";
import { wholeRead } from "./whole-read.js";

export const emrtd: Benchmark = {
  name: "emrtd",
  summary: "opening and reading a chip, showing a master list",
  contests: [paceTerminal, secureMessaging, wholeRead, masterListCommand],
};
