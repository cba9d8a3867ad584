import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { base64, integer, pin } from "../kind.js";

/**
 * Adds or changes a finger vein template.
 *
 * Attendance PUSH 3.7, 12.1.1.5.
 *
 *     DATA UPDATE FVEIN Pin= HT FID= HT Index= HT Valid= HT Size= HT Tmp=
 */
export const UpdateFingerVein = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA UPDATE FVEIN",
  { section: "12.1.1.5", sized: ["size", "template"] },
  {
    pin: required("Pin", pin),
    /** Finger number, 0 to 9: see `FINGERS`. */
    finger: optional("FID", integer),
    /** Number of the template of this finger, 0 to 2. */
    index: optional("Index", integer),
    /** 0 or 1: see `TEMPLATE_VALIDITY`. */
    valid: optional("Valid", integer),
    /** Length of the base64 text. */
    size: optional("Size", integer),
    template: optional("Tmp", base64),
  },
);
export type UpdateFingerVein = ValueOf<typeof UpdateFingerVein>;
