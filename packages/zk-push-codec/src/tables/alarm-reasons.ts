import { codeTable } from "./code-table.js";

/** Second operand of an alarm in the operation log: appendix 5. */
export const ALARM_REASONS = /* @__PURE__ */ codeTable<number>("appendix 5", [
  [50, "door closed"],
  [51, "door opened"],
  [53, "exit button"],
  [54, "door broken open"],
  [55, "terminal tampered with"],
  [58, "repeated failed verification"],
  [65_535, "alarm over"],
]);
