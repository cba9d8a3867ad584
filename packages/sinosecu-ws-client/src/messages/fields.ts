import * as z from "zod/mini";
import { LIMITS } from "../limits.js";
import { isObject } from "./envelope.js";
import type { Value } from "./values.js";

/** A field of a document as the service names and writes it. */
export interface Field {
  readonly name: string;
  readonly content: string;
  /** `VIZ`, `MRZ`, `RFID`, `OCR`, `Unknown`; only where the service was asked to say (newer manual, 4.4.2). */
  readonly source?: string;
}

const field = /* @__PURE__ */ z.object({
  name: z.string(),
  content: z.string(),
  source: z.exactOptional(z.string()),
});

/**
 * A flat object from field name to content (4.4.1), or to `{ Content, Source }` (newer manual, 4.4.2).
 * A list, because names are free text: order is kept and no name can do harm as a key.
 */
export const fields: Value<readonly Field[]> = /* @__PURE__ */ z.codec(
  z.unknown(),
  z.array(field).check(z.maxLength(LIMITS.fields)),
  {
    decode: (value, context) => {
      if (isObject(value)) return Object.entries(value).map(readField);
      context.issues.push({ code: "custom", input: undefined, message: "an object of fields" });
      return z.NEVER;
    },
    encode: (list): unknown =>
      Object.fromEntries(
        list.map(({ name, content, source }) => [
          name,
          source === undefined ? content : { Content: content, Source: source },
        ]),
      ),
  },
);

const readField = ([name, value]: [string, unknown]): Field => {
  if (!isObject(value)) return { name, content: scalar(value) };
  const { Content, Source, ...rest } = value;
  if (Content === undefined || Object.keys(rest).length > 0) {
    return { name, content: JSON.stringify(value) };
  }
  return {
    name,
    content: scalar(Content),
    ...(Source === undefined ? {} : { source: scalar(Source) }),
  };
};

const scalar = (value: unknown): string =>
  typeof value === "string"
    ? value
    : value === null || value === undefined
      ? ""
      : typeof value === "object"
        ? JSON.stringify(value)
        : String(value);
