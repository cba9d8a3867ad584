import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { integer, pin } from "../kind.js";

/**
 * Asks for one fingerprint of a user, or all without a finger. They come in an ordinary upload.
 *
 * Attendance PUSH 3.7, 12.1.3: the key is FingerID here and FID in the upload.
 *
 *     DATA QUERY FINGERTMP PIN= HT FingerID=
 */
export const QueryFingerprint = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA QUERY FINGERTMP",
  { section: "12.1.3" },
  {
    pin: required("PIN", pin),
    finger: optional("FingerID", integer, "FID"),
  },
);
export type QueryFingerprint = ValueOf<typeof QueryFingerprint>;
