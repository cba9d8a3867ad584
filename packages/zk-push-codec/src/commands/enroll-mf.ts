import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { integer, pin } from "../kind.js";

/**
 * Starts the enrolment of a card at the terminal.
 *
 * Attendance PUSH 3.7, 12.6.2; what its reply says is in `ENROLL_CARD_CODES`.
 *
 *     ENROLL_MF PIN= HT RETRY=
 */
export const EnrollCard = /* @__PURE__ */ keyedMessage(
  "command",
  "ENROLL_MF",
  { section: "12.6.2" },
  {
    pin: required("PIN", pin),
    retry: optional("RETRY", integer),
  },
);
export type EnrollCard = ValueOf<typeof EnrollCard>;
