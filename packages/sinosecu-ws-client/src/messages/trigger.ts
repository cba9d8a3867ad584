import { notification } from "./notification.js";
import { seconds } from "./values.js";

/**
 * Trigger ManualRecog: read the document that lies there now. Manual, 4.3.11.
 *
 * | Param |
 * |---|
 * | seconds that the reader may wait for a document, a whole number |
 *
 * It is a notification: there is no answer but the document itself.
 */
export const Trigger = /* @__PURE__ */ notification("client", "trigger", {
  command: "Trigger",
  operand: "ManualRecog",
  source: "manual 1.0.2",
  section: "4.3.11",
  param: seconds,
});
