import { exchange } from "./exchange.js";
import { note, truth } from "./values.js";

/**
 * Set Rejection: whether to refuse documents that it does not know. Manual, 4.3.3.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | `True` or `False` | |
 * | reply | | none, or why not |
 */
export const Rejection = /* @__PURE__ */ exchange("Set", "Rejection", {
  source: "manual 1.0.2",
  section: "4.3.3",
  param: truth,
  result: note,
});
