import { exchange } from "./exchange.js";
import { note, truth } from "./values.js";

/**
 * Set OnlyAcquireImage: whether to take images and read nothing.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | `True` or `False` | |
 * | reply | | none, or why not |
 *
 * In no manual and on no page: only the name is known, the parameter is inferred.
 */
export const OnlyAcquireImage = /* @__PURE__ */ exchange("Set", "OnlyAcquireImage", {
  source: "service",
  param: truth,
  result: note,
});
