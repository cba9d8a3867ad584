import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { integer, pin } from "../kind.js";

/**
 * Starts the enrolment of a fingerprint at the terminal.
 *
 * Attendance PUSH 3.7, 12.6.1; what its reply says is in `ENROLL_CODES`.
 *
 *     ENROLL_FP PIN= HT FID= HT RETRY= HT OVERWRITE=
 */
export const EnrollFingerprint = /* @__PURE__ */ keyedMessage(
  "command",
  "ENROLL_FP",
  { section: "12.6.1" },
  {
    pin: required("PIN", pin),
    finger: required("FID", integer),
    /** Tries after the first one failed. */
    retry: optional("RETRY", integer),
    /** 1: replace the finger if it is enrolled. */
    overwrite: optional("OVERWRITE", integer),
  },
);
export type EnrollFingerprint = ValueOf<typeof EnrollFingerprint>;
