import { exchange } from "./exchange.js";
import { note, truth } from "./values.js";

/**
 * Set MRZOnWhiteImage: whether to read the MRZ again under white light where infrared did not show it. Manual, 4.3.6.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | `True` or `False` | |
 * | reply | | none, or why not |
 */
export const MRZOnWhiteImage = /* @__PURE__ */ exchange("Set", "MRZOnWhiteImage", {
  source: "manual 1.0.2",
  section: "4.3.6",
  param: truth,
  result: note,
});
