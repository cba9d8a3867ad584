import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { base64, integer, pin } from "../kind.js";

/**
 * FVEIN, one finger vein template, in an OPERLOG body.
 *
 * Attendance PUSH 3.7, 11.11.
 *
 *     FVEIN SP Pin= HT FID= HT Index= HT Size= HT Valid= HT Tmp=
 */
export const FingerVeinRecord = /* @__PURE__ */ keyedMessage(
  "record",
  "FVEIN",
  { section: "11.11", sized: ["size", "template"] },
  {
    pin: required("Pin", pin),
    /** Finger number, 0 to 9: see `FINGERS`. */
    finger: optional("FID", integer),
    /** Number of the template of this finger, 0 to 2. */
    index: optional("Index", integer),
    /** Length of the base64 text. */
    size: optional("Size", integer),
    /** 0 or 1: see `TEMPLATE_VALIDITY`. */
    valid: optional("Valid", integer),
    template: optional("Tmp", base64, "Template"),
  },
);
export type FingerVeinRecord = ValueOf<typeof FingerVeinRecord>;
