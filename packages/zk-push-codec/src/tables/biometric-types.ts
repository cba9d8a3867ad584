import { codeTable } from "./code-table.js";

/**
 * Biometric types: appendix 10. The list of ENROLL_BIO in 12.6.3 swaps the words of 6 and 8 (palm
 * vein there, palm print here); the numbers decide, and this table names them.
 */
export const BIOMETRIC_TYPES = /* @__PURE__ */ codeTable<number>(
  "appendix 10",
  [
    [0, "any"],
    [1, "fingerprint"],
    [2, "face, near infrared"],
    [3, "voice"],
    [4, "iris"],
    [5, "retina"],
    [6, "palm print"],
    [7, "finger vein"],
    [8, "palm vein"],
    [9, "face, visible light"],
  ],
  [[10, "palm, visible light"]],
);

/** Template format of a fingerprint in BIODATA: 11.12. All other types have 0 alone. */
export const TEMPLATE_FORMATS = /* @__PURE__ */ codeTable<number>("11.12", [
  [0, "ZK"],
  [1, "ISO"],
  [2, "ANSI"],
]);

/** Valid of a fingerprint template: 12.1.1.3; face and finger vein have 0 and 1 alone. */
export const TEMPLATE_VALIDITY = /* @__PURE__ */ codeTable<number>("12.1.1.3", [
  [0, "not valid"],
  [1, "normal"],
  [3, "duress"],
]);

/** Finger numbers, from the left little finger to the right: 11.12. */
export const FINGERS = /* @__PURE__ */ codeTable<number>("11.12", [
  [0, "left little finger"],
  [1, "left ring finger"],
  [2, "left middle finger"],
  [3, "left index finger"],
  [4, "left thumb"],
  [5, "right thumb"],
  [6, "right index finger"],
  [7, "right middle finger"],
  [8, "right ring finger"],
  [9, "right little finger"],
]);
