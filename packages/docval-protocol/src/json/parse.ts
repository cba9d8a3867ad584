import { DocvalError } from "../errors.js";
import type { JsonObject, JsonValue } from "./value.js";

/** Nesting of objects and arrays. The deepest message, a result, has four levels. */
export const JSON_DEPTH = 32;

/**
 * Reads JSON (RFC 8259) without losing digits: an integer that a number cannot hold exactly becomes a
 * `bigint`. Else as `JSON.parse`, but a key that stands twice in one object is refused, and so is a
 * number beyond the range of the type: two readers must not see two messages.
 *
 * @throws DocvalError `JSON_MALFORMED` with the offset. The message holds nothing of the text.
 */
export const parseJson = (text: string): JsonValue => {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return value;
};

/** Digits of an integer at most; the longest real one, a counter, has twenty. */
const JSON_DIGITS = 1_000;

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
/** Characters that a string holds as they are. */
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SPACE = /[ \t\n\r]*/y;

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): JsonValue {
    this.skip(SPACE);
    const first = this.text[this.at];
    switch (first) {
      case "{":
        return this.object(depth + 1);
      case "[":
        return this.array(depth + 1);
      case '"':
        return this.string();
      case "t":
        return this.word("true", true);
      case "f":
        return this.word("false", false);
      case "n":
        return this.word("null", null);
      default:
        return this.number();
    }
  }

  end(): void {
    this.skip(SPACE);
    if (this.at < this.text.length) throw this.expected("the end of the text");
  }

  private object(depth: number): JsonObject {
    this.enter(depth);
    const entries = new Map<string, JsonValue>();
    if (this.taken("}")) return {};
    do {
      this.skip(SPACE);
      const start = this.at;
      if (this.text[this.at] !== '"') throw this.expected("a key");
      const key = this.string();
      if (entries.has(key)) {
        this.at = start;
        throw this.expected("each key once");
      }
      if (!this.taken(":")) throw this.expected("a colon");
      entries.set(key, this.value(depth));
    } while (this.taken(","));
    if (!this.taken("}")) throw this.expected("a comma or the end of the object");
    // Unlike an assignment, this makes `__proto__` a key like any other.
    return Object.fromEntries(entries);
  }

  private array(depth: number): JsonValue[] {
    this.enter(depth);
    const items: JsonValue[] = [];
    if (this.taken("]")) return items;
    do {
      items.push(this.value(depth));
    } while (this.taken(","));
    if (!this.taken("]")) throw this.expected("a comma or the end of the array");
    return items;
  }

  private string(): string {
    const start = this.at++;
    for (;;) {
      this.skip(PLAIN);
      const next = this.text[this.at];
      if (next === '"') {
        this.at++;
        const written = this.text.slice(start, this.at);
        return written.includes("\\") ? (JSON.parse(written) as string) : written.slice(1, -1);
      }
      if (!this.matches(ESCAPE)) throw this.expected("the end of the string");
    }
  }

  private number(): number | bigint {
    const start = this.at;
    if (!this.matches(NUMBER)) throw this.expected("a value");
    const written = this.text.slice(start, this.at);
    const value = Number(written);
    const isInteger = /^-?\d+$/.test(written);
    if (isInteger ? written.length > JSON_DIGITS : !Number.isFinite(value)) {
      this.at = start;
      throw this.expected("a number in range");
    }
    return isInteger && !Number.isSafeInteger(value) ? BigInt(written) : value;
  }

  private word<T extends JsonValue>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) throw this.expected("a value");
    this.at += word.length;
    return value;
  }

  private enter(depth: number): void {
    if (depth > JSON_DEPTH) throw this.expected(`at most ${JSON_DEPTH} levels`);
    this.at++;
  }

  /** Skips space and one character, if it is this one. */
  private taken(character: string): boolean {
    this.skip(SPACE);
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private skip(pattern: RegExp): void {
    pattern.lastIndex = this.at;
    if (pattern.test(this.text)) this.at = pattern.lastIndex;
  }

  private matches(pattern: RegExp): boolean {
    const before = this.at;
    this.skip(pattern);
    return this.at > before;
  }

  private expected(what: string): DocvalError {
    const offset = this.at;
    return new DocvalError("JSON_MALFORMED", `expected ${what} at offset ${offset} of the text`, {
      offset,
    });
  }
}
