import * as z from "zod/mini";
import type { Codec } from "../codec.js";
import { DocvalError, type DocvalErrorCode } from "../errors.js";
import { parseJson } from "./parse.js";
import { fields } from "./schemas.js";
import type { JsonValue } from "./value.js";
import { writeJson } from "./write.js";

/** A message that is one JSON object. */
export interface JsonMessage<Schema extends z.core.$ZodType>
  extends Codec<z.output<Schema>, string> {
  readonly schema: Schema;
  /** Of JSON that is read already. @throws DocvalError `MESSAGE_INVALID` with the path. */
  fromJson(json: JsonValue): z.output<Schema>;
  /** @throws DocvalError `MESSAGE_UNENCODABLE` with the path. */
  toJson(value: z.output<Schema>): JsonValue;
}

/**
 * The codec of a JSON message, from what its fields are. They are a function, so that a message that
 * nobody uses falls away.
 */
export const jsonMessage = <Shape extends z.core.$ZodShape>(name: string, shape: () => Shape) =>
  codecOf(name, fields(shape));

const codecOf = <Schema extends z.core.$ZodType>(
  name: string,
  schema: Schema,
): JsonMessage<Schema> => {
  const fromJson = (json: JsonValue) => {
    const decoded = z.safeDecode(schema, json as z.input<Schema>);
    if (decoded.success) return decoded.data;
    throw invalid("MESSAGE_INVALID", name, decoded.error);
  };
  const toJson = (value: z.output<Schema>) => {
    const encoded = z.safeEncode(schema, value);
    if (encoded.success) return encoded.data as JsonValue;
    throw invalid("MESSAGE_UNENCODABLE", name, encoded.error);
  };
  return {
    name,
    schema,
    fromJson,
    toJson,
    encode: (value) => writeJson(toJson(value)),
    decode: (text) => fromJson(parseJson(text)),
  };
};

/** Says where and of which kind the first fault is; never what was found there. */
export const invalid = (
  code: DocvalErrorCode,
  name: string,
  { issues }: Pick<z.core.$ZodError, "issues">,
): DocvalError => {
  const issue = issues[0];
  const path = issue?.path.join(".") ?? "";
  const where = path === "" ? name : `${path} of ${name}`;
  const expected = issue && "expected" in issue ? `${issue.expected}` : "a permitted value";
  return new DocvalError(code, `expected ${expected} in ${where}, found another`, { path });
};
