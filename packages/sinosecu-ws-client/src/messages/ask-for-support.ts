import { notification } from "./notification.js";
import { note } from "./values.js";

/**
 * AskForSupport: somebody has to look after the service. The vendor's own page listens for `AskSupport`, which the
 * service never sends. Manual, 4.4.3.
 *
 * | Param |
 * |---|
 * | a sentence for the person at the desk, or none |
 */
export const AskForSupport = /* @__PURE__ */ notification("service", "ask-for-support", {
  command: "AskForSupport",
  commandAliases: ["AskSupport"],
  operand: "RealtimeMessage",
  source: "manual 1.0.2",
  section: "4.4.3",
  param: note,
});
