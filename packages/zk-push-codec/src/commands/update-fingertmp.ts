import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { FINGERPRINT_FIELDS } from "../records/fingerprint.js";

/**
 * Adds or changes a fingerprint template of algorithm 10.0 or older; newer ones go as BIODATA.
 *
 * Attendance PUSH 3.7, 12.1.1.3.
 *
 *     DATA UPDATE FINGERTMP PIN= HT FID= HT Size= HT Valid= HT TMP=
 */
export const UpdateFingerprint = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA UPDATE FINGERTMP",
  { section: "12.1.1.3", sized: ["size", "template"] },
  FINGERPRINT_FIELDS,
);
export type UpdateFingerprint = ValueOf<typeof UpdateFingerprint>;
