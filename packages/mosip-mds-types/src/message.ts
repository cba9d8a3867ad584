import * as z from "zod/mini";
import type { Codec } from "./codec.js";
import { MdsError } from "./errors.js";
import { type Fields, reading, writing } from "./fields.js";
import { isArray, isObject, type JsonValue, parseJson, writeJson } from "./json.js";
import { lazy } from "./lazy.js";

export interface DecodeOptions {
  /** What to do with fields that the version does not know: clients keep, services may refuse. */
  readonly unknownFields?: "keep" | "refuse";
}

/** A message of one version: text to value and back, and the same for a value inside another message. */
export interface MessageCodec<T> extends Codec<T, string> {
  decode(text: string, options?: DecodeOptions): T;
  /** The JSON value that stands on the wire. @throws MdsError `MESSAGE_UNENCODABLE`. */
  toWire(value: T): JsonValue;
  /** The message of a JSON value. @throws MdsError `MESSAGE_INVALID`. */
  fromWire(json: JsonValue, options?: DecodeOptions): T;
  /** The declaration itself, for other readings of it such as arbitrary values for tests. */
  readonly declare: (fields: Fields) => unknown;
}

/** The type of a message, from its codec. */
export type MessageOf<Codec> = Codec extends MessageCodec<infer T> ? T : never;

interface Envelope {
  /** From what may be received to what is declared, e.g. a bare list to an object round it. */
  readonly received?: (json: JsonValue) => JsonValue;
  /** From what is declared to what the version sends. */
  readonly sent?: (json: JsonValue) => JsonValue;
}

/**
 * A message, declared once.
 *
 * Reading compares field names without regard to case, because the documents spell them both ways
 * (`transactionID`, `transactionId`); writing uses the spelling of the declaration. A `null` where a
 * field is declared, or in a list, means that nothing is there.
 */
export const jsonMessage = <Schema extends z.ZodMiniType>(
  name: string,
  declare: (fields: Fields) => Schema,
  envelope: Envelope = {},
): MessageCodec<z.core.output<Schema>> => {
  type T = z.core.output<Schema>;
  const names = lazy(() => fieldNames(declare));
  const keeping = lazy(() => declare(reading("keep")));
  const refusing = lazy(() => declare(reading("refuse")));
  const strict = lazy(() => declare(writing));

  const fromWire = (json: JsonValue, options: DecodeOptions = {}): T => {
    const refuse = options.unknownFields === "refuse";
    const whole = envelope.received === undefined ? json : envelope.received(json);
    const result = z.safeParse(refuse ? refusing() : keeping(), settle(whole, names(), !refuse));
    if (!result.success) {
      throw new MdsError(
        "MESSAGE_INVALID",
        `${name}: ${explain(result.error)}`,
        where(result.error),
      );
    }
    return result.data;
  };

  const toWire = (value: T): JsonValue => {
    const result = z.safeParse(strict(), value);
    if (!result.success) {
      throw new MdsError(
        "MESSAGE_UNENCODABLE",
        `${name}: ${explain(result.error)}`,
        where(result.error),
      );
    }
    const json = result.data as JsonValue;
    return envelope.sent === undefined ? json : envelope.sent(json);
  };

  return {
    name,
    declare,
    fromWire,
    toWire,
    decode: (text, options) => fromWire(parseJson(text), options),
    encode: (value) => writeJson(toWire(value)),
  };
};

/** The declared field names, by their lower case. */
const fieldNames = (declare: (fields: Fields) => unknown): ReadonlyMap<string, string> => {
  const names = new Map<string, string>();
  declare({
    ...writing,
    object: (shape) => {
      for (const key of Object.keys(shape)) {
        names.set(key.toLowerCase(), key);
      }
      return writing.object(shape);
    },
  });
  return names;
};

/** Values whose keys are the vendor's own. */
const VENDOR_FIELDS: readonly string[] = ["customOpts", "additionalInfo", "matchParams", "jwk"];

/** Declared spelling of field names, and without declared fields that are null. */
const settle = (
  json: JsonValue,
  names: ReadonlyMap<string, string>,
  foldCase: boolean,
): JsonValue => {
  if (!isObject(json)) {
    return isArray(json)
      ? json.filter((item) => item !== null).map((item) => settle(item, names, foldCase))
      : json;
  }
  const settled: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(json)) {
    const declared = names.get(key.toLowerCase());
    const name = foldCase && declared !== undefined && !(declared in json) ? declared : key;
    if (value === null && declared !== undefined) {
      continue;
    }
    settled[name] = VENDOR_FIELDS.includes(name) ? value : settle(value, names, foldCase);
  }
  return settled;
};

/** Which field and which rule; never the value, which may be biometric data. */
const explain = (error: z.core.$ZodError): string => {
  const { issue, path } = deepest(error.issues[0]!);
  return `${path || "the message"}: ${rule(issue)}`;
};

/** Of the forms that a message may have, the first is the full one: what it lacks is what is wrong. */
const deepest = (
  issue: z.core.$ZodIssue,
  above: readonly PropertyKey[] = [],
): { readonly issue: z.core.$ZodIssue; readonly path: string } => {
  const path = [...above, ...issue.path];
  const inner = issue.code === "invalid_union" ? issue.errors[0]?.[0] : undefined;
  return inner === undefined ? { issue, path: path.map(String).join(".") } : deepest(inner, path);
};

const rule = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case "invalid_type":
      return `expected ${issue.expected}`;
    case "unrecognized_keys":
      return `expected no field ${issue.keys.map((key) => JSON.stringify(key.slice(0, 40))).join(", ")}`;
    case "invalid_value":
      return `expected one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "too_small":
      return `expected at least ${issue.minimum}`;
    case "too_big":
      return `expected at most ${issue.maximum}`;
    case "invalid_format":
      return `expected ${issue.format === "regex" ? `the form ${issue.pattern}` : issue.format}`;
    case "invalid_union":
      return "expected one of the forms of this message";
    case "custom":
      return issue.message;
    default:
      return `broke the rule ${issue.code}`;
  }
};

const where = (error: z.core.$ZodError) => ({ path: deepest(error.issues[0]!).path });
