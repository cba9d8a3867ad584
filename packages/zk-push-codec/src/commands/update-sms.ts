import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { deviceTime, integer } from "../kind.js";
import { shortMessage } from "../short-message.js";

/**
 * Adds or changes a short message, of up to 320 bytes in the terminal's character set.
 *
 * Attendance PUSH 3.7, 12.1.1.9.
 *
 *     DATA UPDATE SMS MSG= HT TAG= HT UID= HT MIN= HT StartTime=
 */
export const UpdateShortMessage = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA UPDATE SMS",
  { section: "12.1.1.9" },
  {
    message: required("MSG", shortMessage),
    /** See `MESSAGE_TAGS`. */
    tag: optional("TAG", integer),
    /** Number of the message. */
    uid: required("UID", integer),
    /** How long it is shown. */
    minutes: optional("MIN", integer),
    startTime: optional("StartTime", deviceTime),
  },
);
export type UpdateShortMessage = ValueOf<typeof UpdateShortMessage>;
