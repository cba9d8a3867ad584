import { keyedMessage, type ValueOf } from "../keyed-message.js";

/**
 * The terminal reads its own options again.
 *
 * Attendance PUSH 3.7, 12.4.2.
 *
 *     RELOAD OPTIONS
 */
export const ReloadOptions = /* @__PURE__ */ keyedMessage(
  "command",
  "RELOAD OPTIONS",
  { section: "12.4.2" },
  {},
);
export type ReloadOptions = ValueOf<typeof ReloadOptions>;
