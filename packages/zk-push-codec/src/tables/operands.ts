/** What one operand of an OPLOG record says. */
export type OperandMeaning =
  | "pin"
  | "alarm"
  | "alarmReason"
  | "settingNumber"
  | "settingValue"
  | "fingerNumber"
  | "templateLength";

/**
 * Operands of each operation, first to fourth: appendix 4. An operation that is not here has none
 * that the document describes, and terminals put texts there too (`KeyPadBeep`).
 */
export const OPERANDS: ReadonlyMap<number, readonly OperandMeaning[]> = /* @__PURE__ */ new Map<
  number,
  readonly OperandMeaning[]
>([
  [2, ["pin"]],
  [3, ["alarm", "alarmReason"]],
  [5, ["settingNumber", "settingValue"]],
  [6, ["pin", "fingerNumber", "templateLength"]],
  [9, ["pin"]],
  [10, ["pin"]],
  [11, ["pin"]],
  [12, ["pin"]],
]);
