import * as z from "zod/mini";
import { exchange } from "./exchange.js";
import { note, truth, type Value } from "./values.js";

const sid: Value<{ OnlyReadChip: boolean }> = /* @__PURE__ */ z.strictObject({
  OnlyReadChip: truth,
});

/**
 * Set Sid: how Chinese identity cards are read. Newer manual, 4.3.13.
 *
 * | | Param | Result |
 * |---|---|---|
 * | request | `{ OnlyReadChip: "True" or "False" }`: the chip alone, no picture | |
 * | reply | | none, or why not |
 */
export const Sid = /* @__PURE__ */ exchange("Set", "Sid", {
  source: "manual 6.8.1.3",
  section: "4.3.13",
  param: sid,
  result: note,
});
