import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { integer } from "../kind.js";

/**
 * Defines which groups must stand at the door together.
 *
 * Attendance PUSH 3.7, 12.1.1.17.
 *
 *     DATA UPDATE AccUnLockComb UID= HT Group1= HT Group2= HT Group3= HT Group4= HT Group5=
 */
export const UpdateUnlockCombination = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA UPDATE AccUnLockComb",
  { section: "12.1.1.17" },
  {
    uid: required("UID", integer),
    group1: optional("Group1", integer),
    group2: optional("Group2", integer),
    group3: optional("Group3", integer),
    group4: optional("Group4", integer),
    group5: optional("Group5", integer),
  },
);
export type UpdateUnlockCombination = ValueOf<typeof UpdateUnlockCombination>;
