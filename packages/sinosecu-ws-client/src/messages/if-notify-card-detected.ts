import { exchange } from "./exchange.js";
import { note, truth } from "./values.js";

/**
 * Set IfNotifyCardDetected: whether to tell of documents laid down and taken away. Manual, 4.3.5.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | `True` or `False` | |
 * | reply | | none, or why not |
 */
export const IfNotifyCardDetected = /* @__PURE__ */ exchange("Set", "IfNotifyCardDetected", {
  source: "manual 1.0.2",
  section: "4.3.5",
  param: truth,
  result: note,
});
