import { exchange } from "./exchange.js";
import { note, truth } from "./values.js";

/**
 * Set IfEnableCallback: whether to tell of a document as soon as it is laid down, before it is read. Manual, 4.3.4.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | `True` or `False` | |
 * | reply | | none, or why not |
 *
 * Which of this and IfNotifyCardDetected gates CardDetected differs between the sections of the
 * manual: whoever wants the events sets both.
 */
export const IfEnableCallback = /* @__PURE__ */ exchange("Set", "IfEnableCallback", {
  source: "manual 1.0.2",
  section: "4.3.4",
  param: truth,
  result: note,
});
