import { exchange } from "./exchange.js";
import { note, truth } from "./values.js";

/**
 * Set IfDetectFibre: whether to count fluorescent fibres in the paper; the field `Fibre` tells. Manual, 4.3.8.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | `True` or `False` | |
 * | reply | | none, or why not |
 *
 * The manual names the field `UVDull` here too, a copy of the section above.
 */
export const IfDetectFibre = /* @__PURE__ */ exchange("Set", "IfDetectFibre", {
  source: "manual 1.0.2",
  section: "4.3.8",
  param: truth,
  result: note,
});
