import type { Benchmark } from "../harness.js";
import { certificateSet } from "./certificate-set.js";
import { documentAgainstNode, documentAgainstPkijs } from "./document.js";

export const passiveAuth: Benchmark = {
  name: "passive-auth",
  summary: "passive authentication: reading certificates, proving a document",
  contests: [documentAgainstNode, documentAgainstPkijs, certificateSet],
};
