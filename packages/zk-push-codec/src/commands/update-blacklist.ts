import { required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { text } from "../kind.js";

/**
 * Puts the holder of an identity card on the blacklist.
 *
 * Attendance PUSH 3.7, 12.1.1.18.
 *
 *     DATA UPDATE Blacklist IDNum=
 */
export const UpdateBlacklist = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA UPDATE Blacklist",
  { section: "12.1.1.18", since: "2.4.0" },
  { idNumber: required("IDNum", text) },
);
export type UpdateBlacklist = ValueOf<typeof UpdateBlacklist>;
