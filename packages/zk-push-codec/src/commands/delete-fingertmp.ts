import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { integer, pin } from "../kind.js";

/**
 * Deletes one fingerprint of a user, or all without a finger.
 *
 * Attendance PUSH 3.7, 12.1.2.2.
 *
 *     DATA DELETE FINGERTMP PIN= HT FID=
 */
export const DeleteFingerprint = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA DELETE FINGERTMP",
  { section: "12.1.2.2" },
  {
    pin: required("PIN", pin),
    finger: optional("FID", integer),
  },
);
export type DeleteFingerprint = ValueOf<typeof DeleteFingerprint>;
