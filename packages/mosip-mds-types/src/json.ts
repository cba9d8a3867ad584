import { MdsError } from "./errors.js";

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** Longest text that is parsed, in characters: ten fingers at 30 kB are half a million. */
export const MAX_JSON_LENGTH = 10 * 1024 * 1024;
/** Deepest nesting that is followed; the messages themselves have four levels. */
export const MAX_JSON_DEPTH = 32;

/**
 * The value of a JSON text from the other side.
 *
 * @throws MdsError `JSON_MALFORMED` when it is none, too long, too deep, or has a `__proto__` key.
 */
export const parseJson = (text: string): JsonValue => {
  if (text.length > MAX_JSON_LENGTH) {
    throw malformed(`at most ${MAX_JSON_LENGTH} characters, found ${text.length}`);
  }
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    // The platform's message quotes the text, which may hold biometric data: it is not passed on.
    throw malformed(`JSON, found ${text.trim() === "" ? "nothing" : "another text"}`);
  }
  checkShape(value, 0);
  return value;
};

const checkShape = (value: JsonValue, depth: number): void => {
  if (typeof value !== "object" || value === null) {
    return;
  }
  if (depth === MAX_JSON_DEPTH) {
    throw malformed(`at most ${MAX_JSON_DEPTH} levels, found more`);
  }
  if (isArray(value)) {
    for (const item of value) {
      checkShape(item, depth + 1);
    }
    return;
  }
  for (const key of Object.keys(value)) {
    if (key === "__proto__") {
      throw malformed("keys that name a field, found __proto__");
    }
    checkShape(value[key]!, depth + 1);
  }
};

/** Printable ASCII without quotation mark and backslash: stands in JSON as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;
/** Texts that are longer are mostly base64, and quicker to look at than to escape. */
const LONG = 1024;

/** The same text as JSON.stringify makes of a JSON value, in half the time where images are in it. */
export const writeJson = (value: JsonValue): string => {
  if (typeof value === "string") {
    return value.length > LONG && PLAIN.test(value) ? `"${value}"` : JSON.stringify(value);
  }
  if (typeof value !== "object" || value === null) {
    return JSON.stringify(value);
  }
  if (isArray(value)) {
    return `[${value.map((item) => writeJson(item ?? null)).join(",")}]`;
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${writeJson(member)}`).join(",")}}`;
};

export const isArray = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

export const isObject = (value: unknown): value is { readonly [key: string]: JsonValue } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The text of one value inside a JSON text, exactly as it was received: what a detached signature is
 * over. `undefined` when the path leads nowhere. A key that stands twice means the last, as in JSON.parse.
 */
export const rawJsonAt = (text: string, path: readonly (string | number)[]): string | undefined => {
  parseJson(text);
  let start = skipBlank(text, 0);
  for (const step of path) {
    const found =
      typeof step === "number" ? elementAt(text, start, step) : memberAt(text, start, step);
    if (found === undefined) {
      return undefined;
    }
    start = found;
  }
  return text.slice(start, endOfValue(text, start));
};

// The text was parsed before, so these scanners need not doubt its grammar.

const skipBlank = (text: string, from: number): number => {
  let at = from;
  while (text[at] === " " || text[at] === "\n" || text[at] === "\r" || text[at] === "\t") {
    at++;
  }
  return at;
};

const endOfString = (text: string, from: number): number => {
  let at = from + 1;
  while (text[at] !== '"') {
    at += text[at] === "\\" ? 2 : 1;
  }
  return at + 1;
};

const endOfValue = (text: string, from: number): number => {
  const first = text[from];
  if (first === '"') {
    return endOfString(text, from);
  }
  if (first !== "{" && first !== "[") {
    let at = from;
    while (at < text.length && !",]} \n\r\t".includes(text[at]!)) {
      at++;
    }
    return at;
  }
  let depth = 0;
  for (let at = from; ; at++) {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at) - 1;
    } else if (character === "{" || character === "[") {
      depth++;
    } else if (character === "}" || character === "]") {
      depth--;
      if (depth === 0) {
        return at + 1;
      }
    }
  }
};

const elementAt = (text: string, from: number, index: number): number | undefined => {
  if (text[from] !== "[") {
    return undefined;
  }
  let at = skipBlank(text, from + 1);
  for (let i = 0; text[at] !== "]"; i++) {
    if (i === index) {
      return at;
    }
    at = skipBlank(text, endOfValue(text, at));
    if (text[at] === ",") {
      at = skipBlank(text, at + 1);
    }
  }
  return undefined;
};

const memberAt = (text: string, from: number, key: string): number | undefined => {
  if (text[from] !== "{") {
    return undefined;
  }
  let found: number | undefined;
  let at = skipBlank(text, from + 1);
  while (text[at] === '"') {
    const end = endOfString(text, at);
    const name = JSON.parse(text.slice(at, end)) as string;
    at = skipBlank(text, skipBlank(text, end) + 1);
    if (name === key) {
      found = at;
    }
    at = skipBlank(text, endOfValue(text, at));
    if (text[at] === ",") {
      at = skipBlank(text, at + 1);
    }
  }
  return found;
};

const malformed = (expected: string): MdsError =>
  new MdsError("JSON_MALFORMED", `expected ${expected}`);
