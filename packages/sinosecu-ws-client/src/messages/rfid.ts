import { exchange } from "./exchange.js";
import { note, truth } from "./values.js";

/**
 * Set RFID: whether to read the chip. Manual, 4.3.2.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | `True` or `False` | |
 * | reply | | none, or why not |
 */
export const RFID = /* @__PURE__ */ exchange("Set", "RFID", {
  source: "manual 1.0.2",
  section: "4.3.2",
  param: truth,
  result: note,
});
