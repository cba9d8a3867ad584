import { notification } from "./notification.js";
import { mainId } from "./values.js";

/**
 * RecogMode RecogSpecified: from now on read only documents of this kind. In no manual; the vendor's
 * own page sends it.
 *
 * | Param |
 * |---|
 * | main id of the kind |
 */
export const RecogSpecified = /* @__PURE__ */ notification("client", "recog-specified", {
  command: "RecogMode",
  operand: "RecogSpecified",
  source: "service",
  param: mainId,
});
