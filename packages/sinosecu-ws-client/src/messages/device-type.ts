import * as z from "zod/mini";
import { exchange } from "./exchange.js";
import { nothing, type Value } from "./values.js";

/** The kinds of device that the manual knows. */
export type DeviceKind = "PassportReader" | "Scanner";

const kind = /* @__PURE__ */ z.codec(z.unknown(), z.string(), {
  decode: (value) => (typeof value === "string" ? value : ""),
  encode: (value): unknown => value,
}) as Value<DeviceKind | (string & {})>;

/**
 * Get DeviceType: whether the device reads passports or only scans pages. Newer manual, 4.2.4.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | none | |
 * | reply | | `PassportReader`, `Scanner`, or what a later service says |
 */
export const DeviceType = /* @__PURE__ */ exchange("Get", "DeviceType", {
  source: "manual 6.8.1.3",
  section: "4.2.4",
  param: nothing,
  result: kind,
});
