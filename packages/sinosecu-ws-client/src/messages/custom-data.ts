import { fields } from "./fields.js";
import { notification } from "./notification.js";

/**
 * Save CustomData: data made for one customer. Newer manual, 4.4.5.
 *
 * | Param |
 * |---|
 * | object from name to text; `FpOfSid` is the fingerprint data of a Chinese identity card |
 */
export const CustomData = /* @__PURE__ */ notification("service", "custom-data", {
  command: "Save",
  operand: "CustomData",
  source: "manual 6.8.1.3",
  section: "4.4.5",
  param: fields,
});
