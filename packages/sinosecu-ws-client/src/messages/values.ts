import * as z from "zod/mini";
import { LIMITS } from "../limits.js";

/**
 * The JSON values that parameters and results are made of: each reads what services and pages write,
 * and writes what the manual documents.
 */

/** A two-way schema between JSON as received and a value of ours. */
export type Value<T> = z.ZodMiniType<T, unknown>;

/** Nothing: no key is written. */
export const nothing: Value<undefined> = /* @__PURE__ */ z.undefined();

const toText = (value: unknown): string =>
  typeof value === "string"
    ? value
    : value === undefined || value === null
      ? ""
      : typeof value === "object"
        ? JSON.stringify(value)
        : String(value);

/** A text; numbers and truth values are taken as the words that they would be. */
export const text: Value<string> = /* @__PURE__ */ z.codec(z.unknown(), z.string(), {
  decode: toText,
  encode: (value): unknown => value,
});

/** A text that is left out where there is nothing to say: the result of a Set. */
export const note: Value<string> = /* @__PURE__ */ z.codec(z.unknown(), z.string(), {
  decode: toText,
  encode: (value): unknown => (value === "" ? undefined : value),
});

/**
 * On or off. The service takes the texts `True` and `Y` for on, and everything else for off, so
 * nothing but the text `True` is ever written for on.
 */
export const truth: Value<boolean> = /* @__PURE__ */ z.codec(z.unknown(), z.boolean(), {
  decode: (value) => value === "True" || value === "Y",
  encode: (value): unknown => (value ? "True" : "False"),
});

/** A whole number, written as such and read as text too (both stand in the manual). */
export const wholeNumber = (least: number, most: number): Value<number> =>
  z.codec(z.unknown(), z.int().check(z.gte(least), z.lte(most)), {
    decode: (value, context) => {
      if (typeof value === "number") return value;
      if (typeof value === "string" && /^\d{1,9}$/.test(value.trim())) return Number(value);
      context.issues.push({ code: "custom", input: undefined, message: "a whole number" });
      return z.NEVER;
    },
    encode: (value): unknown => value,
  });

/** Seconds that a manual trigger waits. */
export const seconds: Value<number> = /* @__PURE__ */ wholeNumber(0, LIMITS.triggerSeconds);

/** Number of a kind of document in the reader's own tables: 13 is a passport, 12 a visa. */
export const mainId: Value<number> = /* @__PURE__ */ wholeNumber(0, 999_999);
