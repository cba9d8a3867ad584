import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { base64, integer, pin } from "../kind.js";

/**
 * Adds or changes a near-infrared face template, without the 16 bytes that terminals put before
 * the ones they upload: see `issuedFaceTemplate`.
 *
 * Attendance PUSH 3.7, 12.1.1.4.
 *
 *     DATA UPDATE FACE PIN= HT FID= HT Valid= HT Size= HT TMP=
 */
export const UpdateFace = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA UPDATE FACE",
  { section: "12.1.1.4", sized: ["size", "template"] },
  {
    pin: required("PIN", pin),
    /** Number of the template, from 0. */
    index: optional("FID", integer),
    /** 0 or 1: see `TEMPLATE_VALIDITY`. */
    valid: optional("Valid", integer),
    /** Length of the base64 text. */
    size: optional("Size", integer),
    template: optional("TMP", base64),
  },
);
export type UpdateFace = ValueOf<typeof UpdateFace>;
