import { keyedMessage, type ValueOf } from "../keyed-message.js";

/**
 * Ends the alarm. It must not arrive late or twice.
 *
 * Attendance PUSH 3.7, 12.7.3.
 *
 *     AC_UNALARM
 */
export const CancelAlarm = /* @__PURE__ */ keyedMessage(
  "command",
  "AC_UNALARM",
  { section: "12.7.3" },
  {},
);
export type CancelAlarm = ValueOf<typeof CancelAlarm>;
