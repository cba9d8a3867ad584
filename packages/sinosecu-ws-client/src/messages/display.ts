import * as z from "zod/mini";
import { isObject } from "./envelope.js";
import { type Field, fields } from "./fields.js";
import { notification } from "./notification.js";
import type { Value } from "./values.js";

/**
 * What is to be shown. `failure`: reading failed, told as a text that begins with `DESC:`; `fields`:
 * told as an object, with the reason under `DESC`.
 */
export type Display =
  | { readonly form: "text"; readonly text: string }
  | { readonly form: "failure"; readonly text: string }
  | { readonly form: "fields"; readonly fields: readonly Field[] };

const FAILURE = "DESC:";

const display: Value<Display> = /* @__PURE__ */ z.codec(
  z.unknown(),
  z.union([
    z.object({ form: z.enum(["text", "failure"]), text: z.string() }),
    z.object({ form: z.literal("fields"), fields: z.unknown() }),
  ]),
  {
    decode: (value) => {
      if (isObject(value)) return { form: "fields" as const, fields: z.decode(fields, value) };
      const text = typeof value === "string" ? value : "";
      return text.startsWith(FAILURE)
        ? { form: "failure" as const, text: text.slice(FAILURE.length) }
        : { form: "text" as const, text };
    },
    encode: (shown): unknown => {
      if (shown.form === "fields") return z.encode(fields, shown.fields as readonly Field[]);
      return shown.form === "failure" ? FAILURE + shown.text : shown.text;
    },
  },
) as Value<Display>;

/**
 * Display: a sentence for the person at the desk, in the service's language: the reader was plugged in
 * or out, reading failed, settings were changed. Manual, 4.4.3.
 *
 * | Param |
 * |---|
 * | text; `DESC:` and text; or `{ DESC: text }` |
 */
export const Display = /* @__PURE__ */ notification("service", "display", {
  command: "Display",
  operand: "RealtimeMessage",
  source: "manual 1.0.2",
  section: "4.4.3",
  param: display,
});

/** Name of the field that tells that, and why, a document could not be read. */
export const FAILURE_FIELD = "DESC";

/** Why reading failed, if that is what is shown. */
export const displayedFailure = (shown: Display): string | undefined => {
  if (shown.form === "text") return undefined;
  if (shown.form === "failure") return shown.text;
  return shown.fields.find(({ name }) => name === FAILURE_FIELD)?.content;
};
