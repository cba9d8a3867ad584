import * as z from "zod/mini";
import { DocvalError } from "../errors.js";
import { invalid, jsonMessage } from "../json/json-message.js";
import { parseJson } from "../json/parse.js";
import { isJsonObject, type JsonObject } from "../json/value.js";
import { type EmrtdPassport, spelt } from "./emrtd-passport.js";
import { orNull } from "./optional.js";

/**
 * What a result server is posted, and what version 1 sends to a client that asks for it. DocVal WebSocket
 * API v1, "3) Result is posted to the Result Server".
 */
export const ValidationResult = /* @__PURE__ */ jsonMessage("result", () => ({
  emrtd_passport: spelt("snake"),
  /** Of START. Null in answers of the REST API. */
  client_validation_id: orNull(z.string()),
}));
export type ValidationResult = z.output<typeof ValidationResult.schema>;

/**
 * Reads a result wherever it comes from: posted, or the bare object of RESULT, in either spelling.
 *
 * @throws DocvalError `JSON_MALFORMED`, `RESULT_INVALID`.
 */
export const decodeResult = (
  text: string,
): { readonly passport: EmrtdPassport; readonly validationId: string | null } => {
  const json = parseJson(text);
  if (!isJsonObject(json)) throw new DocvalError("RESULT_INVALID", "expected an object as result");
  const wrapped = json["emrtd_passport"] ?? json["emrtdPassport"];
  const passport = z.safeDecode(spelt("snake"), (wrapped ?? json) as JsonObject);
  if (!passport.success) throw invalid("RESULT_INVALID", "the result", passport.error);
  const id = json["client_validation_id"] ?? json["clientValidationId"];
  return { passport: passport.data, validationId: typeof id === "string" ? id : null };
};
