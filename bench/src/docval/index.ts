import type { Benchmark } from "../harness.js";
import { relay } from "./relay.js";
import { serverSession } from "./sessions.js";

export const docval: Benchmark = {
  name: "docval",
  summary:
    "a DocVal server: its sessions against the cryptography in them, its relay against bare ws",
  contests: [serverSession(2, 3), serverSession(1, 3), relay],
};
