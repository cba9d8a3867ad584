import { exchange } from "./exchange.js";
import { note, wholeNumber } from "./values.js";

/**
 * Set ResultType: which results are sent. In no manual: the service's settings file holds 3 for it,
 * and its meaning is not known.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | whole number (inferred) | |
 * | reply | | none, or why not |
 */
export const ResultType = /* @__PURE__ */ exchange("Set", "ResultType", {
  source: "service",
  param: wholeNumber(0, 255),
  result: note,
});
