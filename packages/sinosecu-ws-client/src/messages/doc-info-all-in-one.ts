import * as z from "zod/mini";
import { isObject } from "./envelope.js";
import { type Field, fields } from "./fields.js";
import { type ImageEntry, imageEntries } from "./image-kinds.js";
import { notification } from "./notification.js";
import type { Value } from "./values.js";

/** Text and images of one document. */
export interface AllInOne {
  readonly fields: readonly Field[];
  readonly images: readonly ImageEntry[];
}

const allInOne: Value<AllInOne> = /* @__PURE__ */ z.pipe(
  z.codec(z.unknown(), z.strictObject({ fields: z.unknown(), images: z.unknown() }), {
    decode: (value, context) => {
      const { Fields = {}, Images = {}, ...rest } = isObject(value) ? value : { none: true };
      if (Object.keys(rest).length === 0) return { fields: Fields, images: Images };
      context.issues.push({ code: "custom", input: undefined, message: "Fields and Images" });
      return z.NEVER;
    },
    encode: (wire): unknown => ({ Fields: wire.fields, Images: wire.images }),
  }),
  z.object({ fields, images: imageEntries }),
);

/**
 * Save DocInfoAllInOne: text and images of one document together, which leaves no doubt what belongs
 * to whom. Newer manual, 4.3.15.
 *
 * | Param |
 * |---|
 * | `{ Fields, Images }`, each as in CardContentText and Images |
 */
export const DocInfoAllInOne = /* @__PURE__ */ notification("service", "all-in-one", {
  command: "Save",
  operand: "DocInfoAllInOne",
  source: "manual 6.8.1.3",
  section: "4.3.15",
  param: allInOne,
});
