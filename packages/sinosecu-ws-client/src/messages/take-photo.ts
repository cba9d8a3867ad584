import { exchange } from "./exchange.js";
import { imageMask } from "./image-kinds.js";
import { note } from "./values.js";

/**
 * Set TakePhoto: takes pictures without reading the document. In no manual; the vendor's own page
 * sends it with 21 and then asks for Base64Image without a parameter.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | image mask (inferred: 21 is White, UV, ChipHead) | |
 * | reply | | none, or why not |
 */
export const TakePhoto = /* @__PURE__ */ exchange("Set", "TakePhoto", {
  source: "service",
  param: imageMask,
  result: note,
});
