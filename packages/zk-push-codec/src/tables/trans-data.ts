/**
 * What a terminal uploads on its own: chapter 5, TransFlag. Order is the order of the digits in
 * format I; the words are those of format II.
 */
export const TRANS_DATA = [
  "AttLog",
  "OpLog",
  "AttPhoto",
  "EnrollFP",
  "EnrollUser",
  "FPImag",
  "ChgUser",
  "ChgFP",
  "FACE",
  "UserPic",
  "WORKCODE",
  "BioPhoto",
] as const;

/** One kind of data in TransFlag. */
export type TransData = (typeof TRANS_DATA)[number];
