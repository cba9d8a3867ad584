import { codeTable } from "./code-table.js";

/** Digits of the tenth INFO value, what a terminal can do: chapter 9. Position from 1. */
export const INFO_FUNCTIONS = /* @__PURE__ */ codeTable<number>("9", [
  [1, "fingerprint"],
  [2, "face"],
  [3, "user photo"],
  [4, "comparison photo"],
  [5, "face template, visible light"],
]);

/** Whether a flag string of INFO such as `111` has the digit of a function. */
export const hasFunction = (flags: string, position: number): boolean =>
  flags[position - 1] === "1";
