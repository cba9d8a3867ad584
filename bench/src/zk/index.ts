import type { Benchmark } from "../harness.js";
import { attendanceDecoding } from "./attendance.js";
import { durableIngest } from "./ingest.js";
import { polls } from "./polls.js";

export const zk: Benchmark = {
  name: "zk",
  summary: "attendance terminals: decoding, storing and answering them",
  contests: [
    attendanceDecoding("plain", 10),
    attendanceDecoding("plain", 128),
    attendanceDecoding("extended", 128),
    attendanceDecoding("plain", 1_500),
    // A fifth of what a bare server does, and 35 of 100 where connecting is most of the work.
    durableIngest(false, 5),
    durableIngest(true, 1 / 0.35),
    polls,
  ],
};
