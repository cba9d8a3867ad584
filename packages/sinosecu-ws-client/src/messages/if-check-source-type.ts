import { exchange } from "./exchange.js";
import { note, truth } from "./values.js";

/**
 * Set IfCheckSourceType: whether to check whether the page is an original or a copy; the field `SourceType` tells. Manual, 4.3.9.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | `True` or `False` | |
 * | reply | | none, or why not |
 */
export const IfCheckSourceType = /* @__PURE__ */ exchange("Set", "IfCheckSourceType", {
  source: "manual 1.0.2",
  section: "4.3.9",
  param: truth,
  result: note,
});
