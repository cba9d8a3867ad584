import { exchange } from "./exchange.js";
import { note, truth } from "./values.js";

/**
 * Set DocInfoAllInOne: whether to send text and images of a document in one message. Newer manual, 4.3.15.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | `True` or `False` | |
 * | reply | | none, or why not |
 */
export const SetDocInfoAllInOne = /* @__PURE__ */ exchange("Set", "DocInfoAllInOne", {
  source: "manual 6.8.1.3",
  section: "4.3.15",
  param: truth,
  result: note,
});
