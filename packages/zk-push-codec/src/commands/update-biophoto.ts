import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { base64, integer, pin, text } from "../kind.js";

/**
 * Adds or changes the picture that a template is made from. Some terminals refuse it in the
 * command and take it by URL.
 *
 * Attendance PUSH 3.7, 12.1.1.8.
 *
 *     DATA UPDATE BIOPHOTO PIN= HT Type= HT Size= HT Content= HT Format= HT Url= HT PostBackTmpFlag=
 */
export const UpdateComparisonPhoto = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA UPDATE BIOPHOTO",
  { section: "12.1.1.8", sized: ["size", "content"] },
  {
    pin: required("PIN", pin),
    /** See `BIOMETRIC_TYPES`. */
    type: optional("Type", integer),
    /** Length of the base64 text. */
    size: optional("Size", integer),
    /** JPEG, base64; absent when it is sent by URL. */
    content: optional("Content", base64),
    /** See `PHOTO_DELIVERIES`. */
    format: optional("Format", integer),
    /** Where the terminal fetches it: relative to the server, or whole. */
    url: optional("Url", text),
    /** 1: send back the template that was made. */
    postBackTemplate: optional("PostBackTmpFlag", integer),
  },
);
export type UpdateComparisonPhoto = ValueOf<typeof UpdateComparisonPhoto>;
