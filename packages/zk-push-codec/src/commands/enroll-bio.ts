import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { integer, pin, text } from "../kind.js";

/**
 * Starts the enrolment of a face, a palm or another type at the terminal.
 *
 * Attendance PUSH 3.7, 12.6.3, which lost the tab between PIN and CardNo.
 *
 *     ENROLL_BIO TYPE= HT PIN= HT CardNo= HT RETRY= HT OVERWRITE=
 */
export const EnrollBiometric = /* @__PURE__ */ keyedMessage(
  "command",
  "ENROLL_BIO",
  { section: "12.6.3" },
  {
    /** See `BIOMETRIC_TYPES`. */
    type: required("TYPE", integer),
    pin: required("PIN", pin),
    card: optional("CardNo", text),
    retry: optional("RETRY", integer),
    /** 1: replace what is enrolled. */
    overwrite: optional("OVERWRITE", integer),
  },
);
export type EnrollBiometric = ValueOf<typeof EnrollBiometric>;
