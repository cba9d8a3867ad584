import { exchange } from "./exchange.js";
import { note, truth } from "./values.js";

/**
 * Set IfDetectUVDull: whether to check that the paper is dull under ultraviolet light; the field `UVDull` tells. Manual, 4.3.7.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | `True` or `False` | |
 * | reply | | none, or why not |
 */
export const IfDetectUVDull = /* @__PURE__ */ exchange("Set", "IfDetectUVDull", {
  source: "manual 1.0.2",
  section: "4.3.7",
  param: truth,
  result: note,
});
