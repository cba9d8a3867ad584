import { codeTable } from "./code-table.js";

/** Return values of a command reply: appendix 1. Zero says "received", and little more. */
export const RETURN_CODES = /* @__PURE__ */ codeTable<number>(
  "appendix 1",
  [
    [0, "done"],
    [-1, "a parameter is wrong"],
    [-2, "the size of a user photo is not the given one"],
    [-3, "reading or writing failed"],
    [-9, "the size of a template is not the given one"],
    [-10, "no user with this PIN"],
    [-11, "the format of a fingerprint template is not allowed"],
    [-12, "a fingerprint template is not allowed"],
    [-1001, "the capacity is used up"],
    [-1002, "not supported by the terminal"],
    [-1003, "the command took too long"],
    [-1004, "the data does not fit the terminal's settings"],
    [-1005, "the terminal is busy"],
    [-1006, "the data is too long"],
    [-1007, "out of memory"],
    [-1008, "the data could not be fetched from the server"],
  ],
  [
    [-21, "refused by the firmware"],
    [-22, "refused by the firmware"],
    [-30, "refused by the firmware"],
    [-629, "a field is unknown to the terminal"],
    [-725, "refused by the firmware"],
  ],
);

/** Return values of ENROLL_FP and ENROLL_BIO beside those of {@link RETURN_CODES}: appendix 1. */
export const ENROLL_CODES = /* @__PURE__ */ codeTable<number>("appendix 1", [
  [2, "the user has this fingerprint already"],
  [4, "the prints are poor or differ from each other"],
  [5, "the finger is enrolled already"],
  [6, "cancelled at the terminal"],
  [7, "the terminal is busy"],
]);

/** Return values of ENROLL_MF: 12.6.2. */
export const ENROLL_CARD_CODES = /* @__PURE__ */ codeTable<number>("12.6.2", [
  [0, "done"],
  [-1, "a parameter is wrong"],
  [-3, "reading or writing failed"],
  [4, "all tries failed"],
  [5, "nobody came in time"],
  [6, "cancelled at the terminal"],
]);
