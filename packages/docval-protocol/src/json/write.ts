import { DocvalError } from "../errors.js";
import { isJsonObject, type JsonValue } from "./value.js";

/**
 * Writes JSON in the order of the keys, a `bigint` as its digits. Without spaces and line breaks.
 *
 * @throws DocvalError `MESSAGE_UNENCODABLE` for a number that JSON cannot write.
 */
export const writeJson = (value: JsonValue): string => {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new DocvalError("MESSAGE_UNENCODABLE", "expected a finite number");
  }
  if (isJsonObject(value)) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => `${JSON.stringify(key)}:${writeJson(member)}`);
    return `{${members.join(",")}}`;
  }
  if (Array.isArray(value)) return `[${value.map(writeJson).join(",")}]`;
  return JSON.stringify(value);
};
