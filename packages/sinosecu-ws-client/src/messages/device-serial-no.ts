import { exchange } from "./exchange.js";
import { nothing, text } from "./values.js";

/**
 * Get DeviceSerialNo: the serial number of the reader. Manual, 4.2.3.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | none | |
 * | reply | | text |
 */
export const DeviceSerialNo = /* @__PURE__ */ exchange("Get", "DeviceSerialNo", {
  source: "manual 1.0.2",
  section: "4.2.3",
  param: nothing,
  result: text,
});
