import { keyedMessage, type ValueOf } from "../keyed-message.js";

/**
 * Deletes everything in the terminal. Nothing that follows it in a batch is sure to be done.
 *
 * Attendance PUSH 3.7, 12.2.3.
 *
 *     CLEAR DATA
 */
export const ClearData = /* @__PURE__ */ keyedMessage(
  "command",
  "CLEAR DATA",
  { section: "12.2.3" },
  {},
);
export type ClearData = ValueOf<typeof ClearData>;
