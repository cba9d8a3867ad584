import type { Benchmark } from "../harness.js";
import { attendanceDecoding } from "./attendance.js";

export const zk: Benchmark = {
  name: "zk",
  summary: "attendance terminals: decoding what they upload",
  contests: [
    attendanceDecoding("plain", 10),
    attendanceDecoding("plain", 128),
    attendanceDecoding("extended", 128),
    attendanceDecoding("plain", 1_500),
  ],
};
