import { base64DecodedLength } from "./base64.js";
import { bytesOf, type Wire, wireOf } from "./bytes.js";
import { type CodecOptions, type Context, contextOf } from "./context.js";
import { ZkPushError } from "./errors.js";
import type { Fields, Kept, ValuesOf } from "./fields.js";
import { type KeyValues, keyValues } from "./key-values.js";
import type { ProtocolVersion } from "./protocol-version.js";
import { TABS } from "./style.js";
import { checkVersion } from "./version.js";

/** A two-way, total, pure mapping between a message and its bytes. */
export interface Codec<T> {
  /** The document's words for it. */
  readonly name: string;
  /** Where Attendance PUSH 3.7 defines it. */
  readonly section: string;
  /** First protocol version that has it; see `supports`. */
  readonly since: ProtocolVersion;
  /** Keys, columns or parts of the wire form, in order. */
  readonly schema: readonly string[];
  encode(value: T, options?: CodecOptions): Uint8Array;
  decode(bytes: Uint8Array, options?: CodecOptions): T;
}

/** Codec of a message on one line; lines are joined and cut by who carries them. */
export interface LineCodec<T> extends Codec<T> {
  encodeLine(value: T, context: Context): Wire;
  decodeLine(line: Wire, context: Context): T;
}

/** The value type of a codec. */
export type ValueOf<C> = C extends Codec<infer T> ? T : never;

/** Where a message is defined. */
export interface Definition {
  readonly section: string;
  /** Default 2.2.14, the first version that new servers speak. */
  readonly since?: ProtocolVersion;
  /** See `Codec.schema`. */
  readonly schema?: readonly string[];
  /** Properties that hold a declared size and the base64 text that it is the size of. */
  readonly sized?: readonly [size: string, data: string];
}

/** Makes a codec of bytes from one of lines. */
export const lineCodec = /* @__NO_SIDE_EFFECTS__ */ <T>(
  name: string,
  definition: Definition,
  line: {
    encode(value: T, context: Context): Wire;
    decode(line: Wire, context: Context): T;
  },
): LineCodec<T> => {
  const since = definition.since ?? "2.2.14";
  const decodeLine = (wire: Wire, context: Context): T => {
    const value = line.decode(wire, context);
    checkVersion(context, { since });
    return value;
  };
  return {
    name,
    section: definition.section,
    since,
    schema: definition.schema ?? [],
    encodeLine: line.encode,
    decodeLine,
    encode: (value, options = {}) => bytesOf(line.encode(value, contextOf(options))),
    decode: (bytes, options = {}) => decodeLine(wireOf(bytes), contextOf(options)),
  };
};

/** A line of words and pairs: `USER PIN=1 HT Name=Ann`, `DATA DELETE USERINFO PIN=1`. */
export type KeyedMessage<D extends string, N extends string, F extends Fields> = LineCodec<
  { readonly [K in D]: N } & ValuesOf<F>
> & { readonly fields: F };

/**
 * Codec of `NAME SP Key=Value HT Key=Value …`.
 *
 * @param discriminant property that holds the name and tells the messages of a union apart.
 */
export const keyedMessage = /* @__NO_SIDE_EFFECTS__ */ <
  const D extends string,
  const N extends string,
  const F extends Fields,
>(
  discriminant: D,
  name: N,
  definition: Definition,
  fields: F,
): KeyedMessage<D, N, F> => {
  type Value = { readonly [K in D]: N } & ValuesOf<F>;
  const pairs: KeyValues<F> = keyValues(TABS, fields);
  const head = Object.keys(fields).length === 0 ? name : `${name} `;
  const codec = lineCodec<Value>(
    name,
    { ...definition, schema: keysOf(fields) },
    {
      encode(value, context) {
        const kept: Kept = value;
        return writeHead(kept.form?.head ?? head, name) + pairs.encode(value, context, name);
      },
      decode(line, context) {
        const found = headOf(line, name);
        if (found === undefined) {
          throw new ZkPushError("RECORD_MALFORMED", `expected a line that starts with ${name}`, {
            path: name,
          });
        }
        const values = pairs.decode(line.slice(found.length), context, name);
        if (definition.sized !== undefined) checkSize(values, definition.sized, context);
        const spelled = found === head ? {} : { form: withHead(values, found) };
        return { [discriminant]: name, ...values, ...spelled } as Value;
      },
    },
  );
  return { ...codec, fields };
};

/** Names for a schema: keys of field lists, and words between them. */
export const keysOf = /* @__NO_SIDE_EFFECTS__ */ (
  ...parts: readonly (string | Fields)[]
): readonly string[] =>
  parts.flatMap((part) =>
    typeof part === "string" ? [part] : Object.values(part).map(({ key }) => key),
  );

/** A head that was kept must still be the name and nothing more. */
const writeHead = (head: Wire, name: string): Wire => {
  if (head !== name && headOf(head, name) !== head) {
    throw new ZkPushError("FIELD_FORBIDDEN", `expected ${name} as the first words`, { path: name });
  }
  return head;
};

/** Size means the length of the base64 text; some firmware counts the bytes that it stands for. */
const checkSize = (
  values: Readonly<Record<string, unknown>>,
  [sizeName, dataName]: readonly [string, string],
  context: Context,
): void => {
  const size = values[sizeName];
  const data = values[dataName];
  if (typeof size !== "number" || typeof data !== "string" || size === data.length) return;
  const decoded = base64DecodedLength(data) === size;
  context.report({ code: decoded ? "SIZE_IS_DECODED_SIZE" : "SIZE_MISMATCH", field: "Size" });
};

const withHead = (values: Kept, head: Wire) => ({
  pieces: values.form?.pieces ?? [],
  head,
});

/**
 * The first words of a line with the white space after them, if they are `name`: any letter case,
 * any number of spaces, as terminals match them.
 */
export const headOf = (line: Wire, name: string): Wire | undefined => {
  const words = name.split(" ");
  let at = 0;
  for (const word of words) {
    while (at > 0 && line[at] === " ") at++;
    if (line.slice(at, at + word.length).toLowerCase() !== word.toLowerCase()) return undefined;
    at += word.length;
    if (at < line.length && line[at] !== " " && line[at] !== "\r") return undefined;
  }
  while (line[at] === " ") at++;
  return line.slice(0, at);
};
