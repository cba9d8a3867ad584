import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { integer, pin } from "../kind.js";

/**
 * Deletes the veins of one finger of a user, or all without a finger.
 *
 * Attendance PUSH 3.7, 12.1.2.4.
 *
 *     DATA DELETE FVEIN Pin= HT FID=
 */
export const DeleteFingerVein = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA DELETE FVEIN",
  { section: "12.1.2.4" },
  {
    pin: required("Pin", pin),
    finger: optional("FID", integer),
  },
);
export type DeleteFingerVein = ValueOf<typeof DeleteFingerVein>;
