import { exchange } from "./exchange.js";
import { nothing, text } from "./values.js";

/**
 * Get OnLineStatusEx: the state of the reader in more words. In no manual; the vendor's own page can ask for it.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | none | |
 * | reply | | text |
 */
export const OnLineStatusEx = /* @__PURE__ */ exchange("Get", "OnLineStatusEx", {
  source: "service",
  param: nothing,
  result: text,
});
