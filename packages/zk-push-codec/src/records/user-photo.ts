import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { base64, integer, pin, text } from "../kind.js";

/**
 * USERPIC, the picture of a person, in an OPERLOG body.
 *
 * Attendance PUSH 3.7, 11.13. The file name is a terminal's text: data, never a path.
 *
 *     USERPIC SP PIN= HT FileName= HT Size= HT Content=
 */
export const UserPhotoRecord = /* @__PURE__ */ keyedMessage(
  "record",
  "USERPIC",
  { section: "11.13", sized: ["size", "content"] },
  {
    pin: required("PIN", pin),
    fileName: optional("FileName", text),
    /** Length of the base64 text. */
    size: optional("Size", integer),
    /** JPEG, base64. */
    content: optional("Content", base64),
  },
);
export type UserPhotoRecord = ValueOf<typeof UserPhotoRecord>;
