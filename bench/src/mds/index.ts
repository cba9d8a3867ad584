import type { Benchmark } from "../harness.js";
import { buildAnswer, verifyAnswer } from "./registration-answer.js";
import { scan } from "./scan.js";

export const mds: Benchmark = {
  name: "mds",
  summary: "biometric devices: building and judging a registration, looking for devices",
  contests: [buildAnswer, verifyAnswer, scan],
};
