import { exchange } from "./exchange.js";
import { note, truth } from "./values.js";

/**
 * Set WantFieldSource: whether to say of each field where it was read. Newer manual, 4.3.14.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | `True` or `False` | |
 * | reply | | none, or why not |
 */
export const WantFieldSource = /* @__PURE__ */ exchange("Set", "WantFieldSource", {
  source: "manual 6.8.1.3",
  section: "4.3.14",
  param: truth,
  result: note,
});
