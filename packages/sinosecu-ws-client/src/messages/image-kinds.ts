import * as z from "zod/mini";
import { LIMITS } from "../limits.js";
import { isObject } from "./envelope.js";
import { type Value, wholeNumber } from "./values.js";

/**
 * The images of a document (manual, 4.4.2 and 4.5; SidFront and SidBack from the newer manual). The
 * first five have a bit in an image mask; the same number is the two-digit code that one path of the
 * service writes in front of the base64 text.
 */
export const IMAGE_KINDS = [
  { kind: "White", bit: 1, meaning: "the page under white light" },
  { kind: "IR", bit: 2, meaning: "the page under infrared light" },
  { kind: "UV", bit: 4, meaning: "the page under ultraviolet light" },
  { kind: "OcrHead", bit: 8, meaning: "the portrait cut out of the page" },
  { kind: "ChipHead", bit: 16, meaning: "the portrait stored in the chip" },
  { kind: "SidHead", bit: 0, meaning: "the portrait in the chip of a Chinese identity card" },
  { kind: "SidFront", bit: 0, meaning: "the drawn front of a Chinese identity card" },
  { kind: "SidBack", bit: 0, meaning: "the drawn back of a Chinese identity card" },
] as const;

export type ImageKind = (typeof IMAGE_KINDS)[number]["kind"];

/** Bits 0 to 4; the others must be 0 (4.5). */
export const imageMask: Value<number> = /* @__PURE__ */ wholeNumber(1, 31);

/** The mask of these images. A kind without a bit cannot be asked for and adds nothing. */
export const maskOf = (kinds: readonly ImageKind[]): number =>
  IMAGE_KINDS.reduce((mask, { kind, bit }) => (kinds.includes(kind) ? mask | bit : mask), 0);

/** The images that a mask asks for. */
export const kindsOf = (mask: number): ImageKind[] =>
  IMAGE_KINDS.filter(({ bit }) => (mask & bit) !== 0).map(({ kind }) => kind);

/** An image as it stands in a message. */
export interface ImageEntry {
  /** One of {@link IMAGE_KINDS}, or a name that a later service gives. */
  readonly kind: string;
  /** Base64, mostly in a data URL; empty where the service had no picture. */
  readonly data: string;
}

const entries = /* @__PURE__ */ z
  .array(z.object({ kind: z.string(), data: z.string() }))
  .check(z.maxLength(LIMITS.images));

/** An object from kind to image; every key counts, not only the first that is known. */
export const imageEntries: Value<readonly ImageEntry[]> = /* @__PURE__ */ z.codec(
  z.unknown(),
  entries,
  {
    decode: (value, context) => {
      if (isObject(value)) {
        return Object.entries(value).map(([kind, data]) => ({
          kind: spelled(kind),
          data: typeof data === "string" ? data : "",
        }));
      }
      context.issues.push({ code: "custom", input: undefined, message: "an object of images" });
      return z.NEVER;
    },
    encode: (images): unknown => Object.fromEntries(images.map(({ kind, data }) => [kind, data])),
  },
);

const spelled = (kind: string): string =>
  IMAGE_KINDS.find((known) => known.kind.toLowerCase() === kind.toLowerCase())?.kind ?? kind;

/**
 * The same as an answer: an object, or nothing yet. Some services answer `Y` without images and send
 * them as a notification; some write the object as a text of JSON.
 */
export const imagesResult: Value<readonly ImageEntry[]> = /* @__PURE__ */ z.codec(
  z.unknown(),
  entries,
  {
    decode: (value, context) => {
      const object =
        typeof value === "string" && value.trim().startsWith("{") ? fromText(value) : value;
      if (!isObject(object)) return [];
      const images = z.safeDecode(imageEntries, object);
      if (images.success) return [...images.data];
      context.issues.push({ code: "custom", input: undefined, message: "an object of images" });
      return z.NEVER;
    },
    encode: (images): unknown => (images.length === 0 ? undefined : z.encode(imageEntries, images)),
  },
);

const fromText = (value: string): unknown => {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
};
