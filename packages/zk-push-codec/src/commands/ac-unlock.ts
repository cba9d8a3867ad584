import { keyedMessage, type ValueOf } from "../keyed-message.js";

/**
 * Opens the door. It must not arrive late or twice.
 *
 * Attendance PUSH 3.7, 12.7.2.
 *
 *     AC_UNLOCK
 */
export const Unlock = /* @__PURE__ */ keyedMessage(
  "command",
  "AC_UNLOCK",
  { section: "12.7.2" },
  {},
);
export type Unlock = ValueOf<typeof Unlock>;
