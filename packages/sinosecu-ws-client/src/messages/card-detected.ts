import { notification } from "./notification.js";
import { nothing } from "./values.js";

/**
 * CardDetected: a document was laid down and will be read; sent when callback mode or the notices of laying down are on. Manual, 4.4.3.
 *
 * No Param. The blanks in the message are the service's own.
 */
export const CardDetected = /* @__PURE__ */ notification("service", "card-detected", {
  command: "CardDetected",
  operand: "RealtimeMessage",
  source: "manual 1.0.2",
  section: "4.4.3",
  param: nothing,
  literal: '{"Type": "Notify","Command" : "CardDetected","Operand" : "RealtimeMessage"}',
});
