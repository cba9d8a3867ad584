import { DocvalError } from "../../errors.js";
import { parseJson } from "../../json/parse.js";
import { isJsonObject, type JsonObject } from "../../json/value.js";
import { ValidationResult } from "../../result/validation-result.js";
import { Close } from "./close.js";
import { Status } from "./status.js";

/** What one text message of a server says: any of these, also several at once. */
export interface ServerText {
  readonly status?: Status;
  readonly result?: ValidationResult;
  readonly close?: Close;
}

const PARTS = [
  { name: "status", codec: Status, keys: ["status"] },
  { name: "result", codec: ValidationResult, keys: ["emrtd_passport", "client_validation_id"] },
  { name: "close", codec: Close, keys: ["close_code", "close_reason"] },
] as const;

/**
 * Reads a text message of a server: its keys say what it is, not a type.
 *
 * @throws DocvalError `JSON_MALFORMED`, `MESSAGE_INVALID`, `MESSAGE_UNKNOWN` where it says nothing known.
 */
export const decodeServerText = (text: string): ServerText => {
  const json = parseJson(text);
  if (!isJsonObject(json)) throw new DocvalError("MESSAGE_UNKNOWN", "expected an object");
  const found = PARTS.filter(({ keys }) => Object.hasOwn(json, keys[0]));
  if (found.length === 0) {
    throw new DocvalError("MESSAGE_UNKNOWN", "expected a status, a result or a close message");
  }
  const others = new Set(found.flatMap(({ keys }) => [...keys] as string[]));
  const unknown = Object.entries(json).filter(([key]) => !others.has(key));
  return Object.fromEntries(
    found.map(({ name, codec, keys }, index) => {
      const own = Object.entries(json).filter(([key]) => (keys as readonly string[]).includes(key));
      const part: JsonObject = Object.fromEntries([...own, ...(index === 0 ? unknown : [])]);
      return [name, codec.fromJson(part)];
    }),
  );
};
