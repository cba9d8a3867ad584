import { keyedMessage, type ValueOf } from "../keyed-message.js";

/**
 * Starts the terminal again. Nothing that follows it in a batch is done.
 *
 * Attendance PUSH 3.7, 12.7.1.
 *
 *     REBOOT
 */
export const Reboot = /* @__PURE__ */ keyedMessage("command", "REBOOT", { section: "12.7.1" }, {});
export type Reboot = ValueOf<typeof Reboot>;
