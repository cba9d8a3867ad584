import { notification } from "./notification.js";
import { nothing } from "./values.js";

/**
 * CardTakenaway: the document was taken away; sent when those notices are on. Manual, 4.4.3.
 *
 * No Param. The blanks in the message are the service's own.
 */
export const CardTakenaway = /* @__PURE__ */ notification("service", "card-takenaway", {
  command: "CardTakenaway",
  operand: "RealtimeMessage",
  source: "manual 1.0.2",
  section: "4.4.3",
  param: nothing,
  literal: '{"Type": "Notify","Command" : "CardTakenaway","Operand" : "RealtimeMessage"}',
});
