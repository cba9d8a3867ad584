import { notification } from "./notification.js";
import { note } from "./values.js";

/**
 * Reconnect: the page is to connect anew. The manual writes `ReConnect`, the service `Reconnect`. Manual, 4.4.3.
 *
 * | Param |
 * |---|
 * | a sentence for the person at the desk, or none |
 */
export const Reconnect = /* @__PURE__ */ notification("service", "reconnect", {
  command: "Reconnect",
  commandAliases: ["ReConnect"],
  operand: "RealtimeMessage",
  source: "manual 1.0.2",
  section: "4.4.3",
  param: note,
});
