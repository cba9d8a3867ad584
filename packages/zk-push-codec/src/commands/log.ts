import { keyedMessage, type ValueOf } from "../keyed-message.js";

/**
 * The terminal looks for new records now and uploads them.
 *
 * Attendance PUSH 3.7, 12.3.2.
 *
 *     LOG
 */
export const Log = /* @__PURE__ */ keyedMessage("command", "LOG", { section: "12.3.2" }, {});
export type Log = ValueOf<typeof Log>;
