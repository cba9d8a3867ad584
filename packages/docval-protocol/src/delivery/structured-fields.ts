import { decodeBase64, encodeBase64 } from "../base64.js";
import { DocvalError } from "../errors.js";

/** A bare item of a structured field (RFC 9651, 3.3), as far as signatures have them. */
export type BareItem = string | number | boolean | Uint8Array;

/** Parameters by name, in order. */
export type Parameters = ReadonlyMap<string, BareItem>;

/** One member of a Signature-Input field. */
export interface SignatureInput {
  /** Names of the covered components. Those with parameters of their own have them as `name;flag`. */
  readonly components: readonly string[];
  readonly parameters: Parameters;
  /** Exactly as received: what the signature is over. */
  readonly text: string;
}

/** Bytes of a field at most: ours have some 200. */
const MAX_FIELD = 8_192;

/**
 * Reads a Signature-Input field: a dictionary of inner lists (RFC 9421, 4.1; RFC 9651, 4.2).
 *
 * @throws DocvalError `SIGNATURE_MALFORMED`.
 */
export const parseSignatureInput = (field: string): ReadonlyMap<string, SignatureInput> =>
  parseDictionary(field, (reader) => {
    const start = reader.at;
    reader.take("(");
    const components: string[] = [];
    reader.spaces();
    while (!reader.taken(")")) {
      const name = reader.string();
      const own = reader.parameters();
      components.push([name, ...own.keys()].join(";"));
      if (reader.peek() !== ")") reader.take(" ");
      reader.spaces();
    }
    const parameters = reader.parameters();
    return { components, parameters, text: reader.text.slice(start, reader.at) };
  });

/**
 * Reads a Signature or Content-Digest field: a dictionary of byte sequences.
 *
 * @throws DocvalError `SIGNATURE_MALFORMED`.
 */
export const parseByteSequences = (field: string): ReadonlyMap<string, Uint8Array> =>
  parseDictionary(field, (reader) => {
    const value = reader.item();
    reader.parameters();
    if (!(value instanceof Uint8Array)) throw malformed("a byte sequence", reader.at);
    return value;
  });

/** A string as a structured field has it. @throws DocvalError `SIGNATURE_INPUT` for other than ASCII. */
export const serializeString = (text: string): string => {
  if (!/^[\x20-\x7e]*$/.test(text)) {
    throw new DocvalError("SIGNATURE_INPUT", "expected printable ASCII in a string to be signed");
  }
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
};

export const serializeBytes = (bytes: Uint8Array): string => `:${encodeBase64(bytes)}:`;

const parseDictionary = <T>(field: string, member: (reader: Reader) => T): Map<string, T> => {
  if (field.length > MAX_FIELD) throw malformed(`at most ${MAX_FIELD} characters`, MAX_FIELD);
  const reader = new Reader(field);
  const members = new Map<string, T>();
  reader.spaces();
  while (!reader.ended) {
    const key = reader.key();
    reader.take("=");
    members.set(key, member(reader));
    reader.optionalSpace();
    if (reader.ended) break;
    reader.take(",");
    reader.optionalSpace();
    if (reader.ended) throw malformed("a member after the comma", reader.at);
  }
  return members;
};

const malformed = (expected: string, offset: number): DocvalError =>
  new DocvalError("SIGNATURE_MALFORMED", `expected ${expected} at offset ${offset} of the field`, {
    offset,
  });

class Reader {
  at = 0;

  constructor(readonly text: string) {}

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  peek(): string | undefined {
    return this.text[this.at];
  }

  taken(character: string): boolean {
    if (this.peek() !== character) return false;
    this.at++;
    return true;
  }

  take(character: string): void {
    if (!this.taken(character)) throw malformed(`"${character}"`, this.at);
  }

  spaces(): void {
    while (this.taken(" "));
  }

  optionalSpace(): void {
    while (this.taken(" ") || this.taken("\t"));
  }

  key(): string {
    return this.match(/[a-z*][a-z0-9_.*-]*/y, "a key");
  }

  string(): string {
    const quoted = this.match(/"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"/y, "a string");
    return quoted.slice(1, -1).replace(/\\(.)/g, "$1");
  }

  item(): BareItem {
    switch (this.peek()) {
      case '"':
        return this.string();
      case ":": {
        const written = this.match(/:[A-Za-z0-9+/=]*:/y, "a byte sequence");
        const bytes = decodeBase64(written.slice(1, -1));
        if (!bytes) throw malformed("base64", this.at);
        return bytes;
      }
      case "?":
        return this.match(/\?[01]/y, "a boolean") === "?1";
      default:
        if (/[A-Za-z*]/.test(this.peek() ?? "")) {
          return this.match(/[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*/y, "a token");
        }
        return Number(this.match(/-?\d{1,15}(?![\d.])/y, "an integer"));
    }
  }

  parameters(): Map<string, BareItem> {
    const parameters = new Map<string, BareItem>();
    while (this.taken(";")) {
      this.spaces();
      const key = this.key();
      parameters.set(key, this.taken("=") ? this.item() : true);
    }
    return parameters;
  }

  private match(pattern: RegExp, what: string): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) throw malformed(what, this.at);
    this.at = pattern.lastIndex;
    return found[0];
  }
}
