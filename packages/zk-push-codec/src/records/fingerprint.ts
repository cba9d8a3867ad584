import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { base64, integer, pin } from "../kind.js";

/** Fields of a fingerprint template, the same in FP and in DATA UPDATE FINGERTMP. */
export const FINGERPRINT_FIELDS = {
  pin: required("PIN", pin),
  /** Finger number, 0 to 9: see `FINGERS`. */
  finger: optional("FID", integer, "FingerID"),
  /** Length of the base64 text. */
  size: optional("Size", integer),
  /** See `TEMPLATE_VALIDITY`. */
  valid: optional("Valid", integer),
  template: optional("TMP", base64, "Template"),
} as const;

/**
 * FP, one fingerprint template, in an OPERLOG body.
 *
 * Attendance PUSH 3.7, 11.9.
 *
 *     FP SP PIN= HT FID= HT Size= HT Valid= HT TMP=
 */
export const FingerprintRecord = /* @__PURE__ */ keyedMessage(
  "record",
  "FP",
  { section: "11.9", sized: ["size", "template"] },
  FINGERPRINT_FIELDS,
);
export type FingerprintRecord = ValueOf<typeof FingerprintRecord>;
