import { exchange } from "./exchange.js";
import { nothing, text } from "./values.js";

/**
 * Get OnLineStatus: the state of the reader as a sentence of the service's language: compare it with what
 * {@link WebConstant} gives for `DeviceConnected`, not with any language's words. Manual, 4.2.1.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | none | |
 * | reply | | text |
 */
export const OnLineStatus = /* @__PURE__ */ exchange("Get", "OnLineStatus", {
  source: "manual 1.0.2",
  section: "4.2.1",
  param: nothing,
  result: text,
});
