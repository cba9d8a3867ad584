import { exchange } from "./exchange.js";
import { nothing, text } from "./values.js";

/**
 * Get VersionInfo: the version of the recognition software. In no manual; the vendor's own page asks for it.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | none | |
 * | reply | | text |
 */
export const VersionInfo = /* @__PURE__ */ exchange("Get", "VersionInfo", {
  source: "service",
  param: nothing,
  result: text,
});
