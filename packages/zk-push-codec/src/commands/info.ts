import { keyedMessage, type ValueOf } from "../keyed-message.js";

/**
 * Asks for all options of the terminal; the reply is `InfoReply`.
 *
 * Attendance PUSH 3.7, 12.4.3.
 *
 *     INFO
 */
export const Info = /* @__PURE__ */ keyedMessage("command", "INFO", { section: "12.4.3" }, {});
export type Info = ValueOf<typeof Info>;
