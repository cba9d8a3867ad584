import { required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { deviceTime } from "../kind.js";

/**
 * Asks how many attendance records a period has; the reply is `VerifySumReply`.
 *
 * Attendance PUSH 3.7, 12.3.3.
 *
 *     VERIFY SUM ATTLOG StartTime= HT EndTime=
 */
export const VerifySum = /* @__PURE__ */ keyedMessage(
  "command",
  "VERIFY SUM ATTLOG",
  { section: "12.3.3" },
  {
    startTime: required("StartTime", deviceTime),
    endTime: required("EndTime", deviceTime),
  },
);
export type VerifySum = ValueOf<typeof VerifySum>;
