import { exchange } from "./exchange.js";
import { note, truth } from "./values.js";

/**
 * Set BarCodeRecog: whether to read bar codes; the field `BarCode` tells, empty where there is none. Manual, 4.3.10.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | `True` or `False` | |
 * | reply | | none, or why not |
 */
export const BarCodeRecog = /* @__PURE__ */ exchange("Set", "BarCodeRecog", {
  source: "manual 1.0.2",
  section: "4.3.10",
  param: truth,
  result: note,
});
