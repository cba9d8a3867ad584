import * as z from "zod/mini";
import { notification } from "./notification.js";
import { mainId, type Value } from "./values.js";

const document: Value<{ DocumentId: number }> = /* @__PURE__ */ z.strictObject({
  DocumentId: mainId,
});

/**
 * TriggerEx ManualRecog: scan a document of this kind now; for scanners. Newer manual, 4.3.12.
 *
 * | Param |
 * |---|
 * | `{ DocumentId }`: main id of the kind, 2 for a Chinese identity card, 13 for a passport |
 */
export const TriggerEx = /* @__PURE__ */ notification("client", "trigger-ex", {
  command: "TriggerEx",
  operand: "ManualRecog",
  source: "manual 6.8.1.3",
  section: "4.3.12",
  param: document,
});
