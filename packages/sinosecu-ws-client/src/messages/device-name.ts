import { exchange } from "./exchange.js";
import { nothing, text } from "./values.js";

/**
 * Get DeviceName: the name of the reader. Manual, 4.2.2.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | none | |
 * | reply | | text |
 */
export const DeviceName = /* @__PURE__ */ exchange("Get", "DeviceName", {
  source: "manual 1.0.2",
  section: "4.2.2",
  param: nothing,
  result: text,
});
