import { required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { pin } from "../kind.js";

/**
 * Deletes the picture of a user.
 *
 * Attendance PUSH 3.7, 12.1.2.6.
 *
 *     DATA DELETE USERPIC PIN=
 */
export const DeleteUserPhoto = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA DELETE USERPIC",
  { section: "12.1.2.6" },
  { pin: required("PIN", pin) },
);
export type DeleteUserPhoto = ValueOf<typeof DeleteUserPhoto>;
