import { fields } from "./fields.js";
import { notification } from "./notification.js";

/**
 * Save CardContentText: what was read of a document. Manual, 4.4.1; with sources, newer manual, 4.4.2.
 *
 * | Param |
 * |---|
 * | object from field name to content, or to `{ Content, Source }` |
 *
 * The names are those of the service's language and of its version; a field `DESC` tells that reading
 * failed, and why.
 */
export const CardContentText = /* @__PURE__ */ notification("service", "card-content-text", {
  command: "Save",
  operand: "CardContentText",
  source: "manual 1.0.2",
  section: "4.4.1",
  param: fields,
});
