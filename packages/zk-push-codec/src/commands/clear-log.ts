import { keyedMessage, type ValueOf } from "../keyed-message.js";

/**
 * Deletes all attendance records of the terminal. The reply calls it CLEAR_LOG or CLEAR LOG.
 *
 * Attendance PUSH 3.7, 12.2.1.
 *
 *     CLEAR LOG
 */
export const ClearLog = /* @__PURE__ */ keyedMessage(
  "command",
  "CLEAR LOG",
  { section: "12.2.1" },
  {},
);
export type ClearLog = ValueOf<typeof ClearLog>;
