import { notification } from "./notification.js";
import { note } from "./values.js";

/**
 * RestartService: the service is about to start anew. In the manual only; no service was seen to send it. Manual, 4.4.3.
 *
 * | Param |
 * |---|
 * | a sentence for the person at the desk, or none |
 */
export const RestartService = /* @__PURE__ */ notification("service", "restart-service", {
  command: "RestartService",
  operand: "RealtimeMessage",
  source: "manual 1.0.2",
  section: "4.4.3",
  param: note,
});
