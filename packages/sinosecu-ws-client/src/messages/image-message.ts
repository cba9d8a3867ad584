import { imageMask } from "./image-kinds.js";
import { notification } from "./notification.js";

/**
 * Get ImageMessage: take these images now and send them as a notification. In no manual; the vendor's
 * own page sends it, with Type Notify.
 *
 * | Param |
 * |---|
 * | image mask |
 */
export const ImageMessage = /* @__PURE__ */ notification("client", "image-message", {
  command: "Get",
  operand: "ImageMessage",
  source: "service",
  param: imageMask,
});
