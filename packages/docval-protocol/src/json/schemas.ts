import * as z from "zod/mini";
import { decodeBase64, encodeBase64 } from "../base64.js";
import { isJsonObject, type JsonObject } from "./value.js";

/** Text of a length that no real value comes near. */
export const text = (maxLength: number, minLength = 0) =>
  z.string().check(z.minLength(minLength), z.maxLength(maxLength));

/** Bytes in memory, base64 in JSON: written with the standard alphabet, read with either. */
export const base64 = (length?: number) =>
  z.codec(
    z.string(),
    z.custom<Uint8Array>((value) => value instanceof Uint8Array),
    {
      decode: (written, { issues }) => {
        const bytes = decodeBase64(written);
        if (bytes && (length === undefined || bytes.length === length)) return bytes;
        issues.push({ code: "custom", input: undefined });
        return z.NEVER;
      },
      encode: (bytes, { issues }) => {
        if (length === undefined || bytes.length === length) return encodeBase64(bytes);
        issues.push({ code: "custom", input: undefined });
        return z.NEVER;
      },
    },
  );

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;
const UINT64_MAX = 2n ** 64n - 1n;

/**
 * A signed integer of 64 bits, exact. Unsigned digits are read too, as the same 64 bits; signed ones are
 * written, since that is what the clients' own types hold.
 */
export const int64 = () =>
  z.codec(z.union([z.int(), z.bigint()]), z.bigint().check(z.gte(INT64_MIN), z.lte(INT64_MAX)), {
    decode: (written) => {
      const value = BigInt(written);
      return value > INT64_MAX && value <= UINT64_MAX ? BigInt.asIntN(64, value) : value;
    },
    encode: (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value),
  });

const rawObject = () => z.custom<JsonObject>(isJsonObject);

/**
 * An object with these fields. What else it holds is neither dropped nor mixed in: it is kept under
 * `unknown`, and written again behind the known fields. A field that may be absent may be null as well,
 * as many serializers write it. They are a function, so that bundlers leave out what nobody uses.
 */
export const fields = <Shape extends z.core.$ZodShape>(shapeOf: () => Shape) => {
  const shape = shapeOf();
  const names = new Set(Object.keys(shape));
  const isAbsent = (key: string, value: unknown) =>
    value === null && shape[key]!._zod.optin !== undefined && !isNullable(shape[key]!);
  return z.codec(rawObject(), z.object({ ...shape, unknown: z.exactOptional(rawObject()) }), {
    decode: (object) => {
      const entries = Object.entries(object);
      const others = entries.filter(([key]) => !names.has(key));
      const known = Object.fromEntries(
        entries.filter(([key, value]) => names.has(key) && !isAbsent(key, value)),
      );
      return (
        others.length === 0 ? known : { ...known, unknown: Object.fromEntries(others) }
      ) as never;
    },
    encode: (value) => {
      const { unknown = {}, ...known } = value as Record<string, unknown>;
      const order = [...names].filter((name) => known[name] !== undefined);
      return Object.fromEntries([
        ...order.map((name) => [name, known[name]] as const),
        ...Object.entries(unknown as JsonObject).filter(([name]) => !names.has(name)),
      ]) as JsonObject;
    },
  });
};

const isNullable = (schema: z.core.$ZodType): boolean =>
  z.safeDecode(schema, null as never).success;

/** Paths of all that a decoded value keeps under `unknown`, at any depth. */
export const unknownFields = (value: unknown, path = ""): string[] => {
  if (!isJsonObject(value) || (value as unknown) instanceof Uint8Array) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === "unknown" && isJsonObject(member)
      ? Object.keys(member).map((name) => path + name)
      : unknownFields(member, `${path}${key}.`),
  );
};
