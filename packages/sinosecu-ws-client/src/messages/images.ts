import { imageEntries } from "./image-kinds.js";
import { notification } from "./notification.js";

/**
 * Save Images: pictures of a document, or the late answer to a Base64Image. Manual, 4.4.2.
 *
 * | Param |
 * |---|
 * | object from image kind to a data URL; which kinds come is the service's own setting |
 */
export const Images = /* @__PURE__ */ notification("service", "images", {
  command: "Save",
  commandAliases: ["Get"],
  operand: "Images",
  source: "manual 1.0.2",
  section: "4.4.2",
  param: imageEntries,
});
