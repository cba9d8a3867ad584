import { keyedMessage, type ValueOf } from "../keyed-message.js";

/**
 * The terminal asks for its options again, and uploads everything whose stamp is then 0. Nothing that
 * follows it in a batch is sure to be done.
 *
 * Attendance PUSH 3.7, 12.3.1.
 *
 *     CHECK
 */
export const Check = /* @__PURE__ */ keyedMessage("command", "CHECK", { section: "12.3.1" }, {});
export type Check = ValueOf<typeof Check>;
