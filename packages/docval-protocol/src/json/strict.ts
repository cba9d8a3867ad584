import { DocvalError } from "../errors.js";
import { unknownFields } from "./schemas.js";
import { isJsonObject, type JsonValue } from "./value.js";
import { writeJson } from "./write.js";

/**
 * What strict readers ask for beyond the layout: no unknown fields, and every value written the one way
 * that we write it (base64 with the standard alphabet, signed integers). The order of keys is free.
 *
 * @param written what encoding `value` again gives.
 * @throws DocvalError `MESSAGE_INVALID`.
 */
export const checkStrictly = (value: unknown, received: JsonValue, written: JsonValue): void => {
  const unknown = unknownFields(value);
  if (unknown.length > 0) {
    throw new DocvalError(
      "MESSAGE_INVALID",
      `expected known fields only, found ${unknown.length} others`,
      { path: unknown[0]! },
    );
  }
  if (writeJson(sorted(received)) !== writeJson(sorted(written))) {
    throw new DocvalError("MESSAGE_INVALID", "expected every value in its canonical form");
  }
};

const sorted = (value: JsonValue): JsonValue => {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
};
