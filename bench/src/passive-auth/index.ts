import type { Benchmark } from "../harness.js";
import { certificateSet } from "./certificate-set.js";

export const passiveAuth: Benchmark = {
  name: "passive-auth",
  summary: "passive authentication: reading certificates, proving a document",
  contests: [certificateSet],
};
