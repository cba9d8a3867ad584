import { required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { pin } from "../kind.js";

/**
 * Deletes a user with all templates and pictures.
 *
 * Attendance PUSH 3.7, 12.1.2.1.
 *
 *     DATA DELETE USERINFO PIN=
 */
export const DeleteUserInfo = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA DELETE USERINFO",
  { section: "12.1.2.1" },
  { pin: required("PIN", pin) },
);
export type DeleteUserInfo = ValueOf<typeof DeleteUserInfo>;
