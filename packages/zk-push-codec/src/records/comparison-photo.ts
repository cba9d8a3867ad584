import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { base64, integer, pin, text } from "../kind.js";

/**
 * BIOPHOTO, the picture that a template is made from, in an OPERLOG or BIOPHOTO body.
 *
 * Attendance PUSH 3.7, 11.15. The file name is a terminal's text: data, never a path.
 *
 *     BIOPHOTO SP PIN= HT FileName= HT Type= HT Size= HT Content=
 */
export const ComparisonPhotoRecord = /* @__PURE__ */ keyedMessage(
  "record",
  "BIOPHOTO",
  { section: "11.15", sized: ["size", "content"] },
  {
    pin: required("PIN", pin),
    fileName: optional("FileName", text),
    /** See `BIOMETRIC_TYPES`. */
    type: optional("Type", integer),
    /** Length of the base64 text. */
    size: optional("Size", integer),
    /** JPEG, base64. */
    content: optional("Content", base64),
  },
);
export type ComparisonPhotoRecord = ValueOf<typeof ComparisonPhotoRecord>;
