import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { base64, integer, pin } from "../kind.js";

/**
 * Adds or changes the picture of a user.
 *
 * Attendance PUSH 3.7, 12.1.1.7.
 *
 *     DATA UPDATE USERPIC PIN= HT Size= HT Content=
 */
export const UpdateUserPhoto = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA UPDATE USERPIC",
  { section: "12.1.1.7", sized: ["size", "content"] },
  {
    pin: required("PIN", pin),
    /** Length of the base64 text. */
    size: optional("Size", integer),
    /** JPEG, base64. */
    content: optional("Content", base64),
  },
);
export type UpdateUserPhoto = ValueOf<typeof UpdateUserPhoto>;
