import { exchange } from "./exchange.js";
import { note, nothing } from "./values.js";

/**
 * Set DGSource: from now on the text of a document also holds the chip's files in hexadecimal digits
 * (data groups, `EF.COM`, `EF.SOD`). In no manual; the vendor's own page has it.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | none | |
 * | reply | | none, or why not |
 */
export const DGSource = /* @__PURE__ */ exchange("Set", "DGSource", {
  source: "service",
  param: nothing,
  result: note,
});
