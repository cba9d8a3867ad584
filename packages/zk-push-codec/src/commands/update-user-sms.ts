import { required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { integer, pin } from "../kind.js";

/**
 * Gives a user a short message.
 *
 * Attendance PUSH 3.7, 12.1.1.10.
 *
 *     DATA UPDATE USER_SMS PIN= HT UID=
 */
export const UpdateMessageUser = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA UPDATE USER_SMS",
  { section: "12.1.1.10" },
  {
    pin: required("PIN", pin),
    /** Number of the message. */
    uid: required("UID", integer),
  },
);
export type UpdateMessageUser = ValueOf<typeof UpdateMessageUser>;
