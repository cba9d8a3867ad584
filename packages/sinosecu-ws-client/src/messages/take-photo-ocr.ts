import { exchange } from "./exchange.js";
import { imageMask } from "./image-kinds.js";
import { note } from "./values.js";

/**
 * Get TakePhotoOcr: takes pictures and reads them; text and images follow as notifications. In no
 * manual; the vendor's own page sends it with 21.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | image mask (inferred) | |
 * | reply | | none, or why not |
 */
export const TakePhotoOcr = /* @__PURE__ */ exchange("Get", "TakePhotoOcr", {
  source: "service",
  param: imageMask,
  result: note,
});
