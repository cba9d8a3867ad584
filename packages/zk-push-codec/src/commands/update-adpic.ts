import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { base64, integer, text } from "../kind.js";

/**
 * Adds or changes a picture that the terminal shows when nobody is there.
 *
 * Attendance PUSH 3.7, 12.1.1.11.
 *
 *     DATA UPDATE ADPIC Index= HT Size= HT Extension= HT Content=
 */
export const UpdatePublicityPicture = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA UPDATE ADPIC",
  { section: "12.1.1.11", sized: ["size", "content"] },
  {
    index: required("Index", integer),
    size: optional("Size", integer),
    /** `jpg`. */
    extension: optional("Extension", text),
    content: optional("Content", base64),
  },
);
export type UpdatePublicityPicture = ValueOf<typeof UpdatePublicityPicture>;
