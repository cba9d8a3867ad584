import fc from "fast-check";
import { type Fields, MAX_SUB_ID } from "../fields.js";
import type { MessageCodec } from "../message.js";
import { PREVIOUS_HASH, SHA256_HEX, TRANSACTION_ID, UUID_V4 } from "../profiles/words.js";
import { UTC_SECONDS, ZONED_TIME } from "../vocabulary/time.js";
import { filled, hex, instant, pairs, score, text, wholeSeconds } from "./values.js";

/** Texts of the forms that versions ask for. */
const formed = (pattern: RegExp): fc.Arbitrary<string> => {
  switch (pattern) {
    case ZONED_TIME:
      return instant().map((time) => time.toISOString());
    case UTC_SECONDS:
      return wholeSeconds().map((time) => `${time.toISOString().slice(0, 19)}Z`);
    case SHA256_HEX:
      return hex(32).map((digits) => digits.toUpperCase());
    case PREVIOUS_HASH:
      return fc.oneof(fc.constant(""), hex(32));
    case TRANSACTION_ID:
      return fc.stringMatching(/^[A-Za-z0-9-]{4,50}$/);
    case UUID_V4:
      return fc.uuid({ version: 4 });
    default:
      return fc.stringMatching(pattern);
  }
};

/** A declaration of a message, read as values instead of rules. */
const fields = {
  object: (shape: Record<string, fc.Arbitrary<unknown>>) => {
    const optional = Object.keys(shape).filter((key) => OPTIONAL.has(shape[key]!));
    const requiredKeys = Object.keys(shape).filter((key) => !optional.includes(key));
    return fc.record(shape, { requiredKeys, noNullPrototype: true } as never);
  },
  list: (item: fc.Arbitrary<unknown>) => fc.array(item, { maxLength: 3 }),
  optional: (item: fc.Arbitrary<unknown>) => {
    const copy = item.map((value) => value);
    OPTIONAL.add(copy);
    return copy;
  },
  expected: (item: fc.Arbitrary<unknown>) => item,
  text,
  filled,
  id: () => fc.oneof(fc.constant("0"), filled()),
  matching: formed,
  word: (words: readonly string[]) => fc.constantFrom(...words),
  words: (words: readonly string[]) =>
    fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }),
  integer: (_wire: string, min: number, max: number) => fc.integer({ min, max }),
  score,
  subIds: () => fc.uniqueArray(fc.integer({ min: 0, max: MAX_SUB_ID }), { minLength: 1 }),
  either: (forms: readonly fc.Arbitrary<unknown>[]) => fc.oneof(...forms),
  shortText: (max: number) => fc.string({ maxLength: Math.min(max, 30) }),
  flag: () => fc.boolean(),
  anything: () => fc.oneof(text(), pairs()),
  jwk: () => fc.record({ kty: fc.constantFrom("EC", "RSA"), x: text() }),
  pairs,
};
const OPTIONAL = new WeakSet<object>();

/** Any value of a message: made from the message's own declaration. */
export const anyMessage = <T>(codec: MessageCodec<T>): fc.Arbitrary<T> =>
  codec.declare(fields as unknown as Fields) as fc.Arbitrary<T>;
