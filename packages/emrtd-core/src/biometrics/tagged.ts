import { concatBytes } from "../bytes.js";
import { EmrtdError } from "../errors.js";
import type { DataObject } from "../lds/data-object.js";
import { encodeTlv, type Tlv } from "../tlv.js";

/**
 * Blocks of ISO/IEC 39794: ASN.1 with implicit context tags throughout, so that a SEQUENCE and a CHOICE
 * look alike, elements under their tag numbers. A table of tag numbers is all that a block needs.
 */
export interface Tagged<Value> {
  /** Whether the content is elements. */
  readonly constructed: boolean;
  /** Whether a value can hold the content; where not, it is kept as it stands. Always, if absent. */
  holds?(element: Tlv): boolean;
  read(element: Tlv, path: string): Value;
  write(value: Value): Uint8Array;
}

export type ValueOf<Codec> = Codec extends Tagged<infer Value> ? Value : never;

/** Elements of a list, and elements of a block, at most. */
const MAX_ELEMENTS = 256;

const invalid = (expected: string, element: Tlv, path: string): EmrtdError =>
  new EmrtdError(
    "BIOMETRIC_INVALID",
    `expected ${expected} for ${path} at offset ${element.start}`,
    {
      offset: element.start,
      path,
    },
  );

/** INTEGER or ENUMERATED of at most six bytes, signed. Numbers of sessions have no bound: longer ones are kept. */
export const INTEGER: Tagged<number> = {
  constructed: false,
  holds: ({ value }) => value.length <= 6,
  read: (element, path) => {
    const { value } = element;
    if (value.length === 0) throw invalid("an integer of at least one byte", element, path);
    const unsigned = value.reduce((number, byte) => number * 256 + byte, 0);
    return value[0]! >= 0x80 ? unsigned - 256 ** value.length : unsigned;
  },
  write: (value) => {
    let length = 1;
    while (value < -(256 ** length) / 2 || value >= 256 ** length / 2) length++;
    const unsigned = value < 0 ? value + 256 ** length : value;
    return Uint8Array.from(
      { length },
      (_, i) => Math.floor(unsigned / 256 ** (length - 1 - i)) % 256,
    );
  },
};

export const BOOLEAN: Tagged<boolean> = {
  constructed: false,
  read: (element, path) => {
    if (element.value.length !== 1) throw invalid("one byte", element, path);
    return element.value[0] !== 0;
  },
  write: (value) => Uint8Array.of(value ? 0xff : 0),
};

export const OCTETS: Tagged<Uint8Array> = {
  constructed: false,
  read: (element) => element.value,
  write: (value) => value,
};

type Fields = Readonly<Record<string, readonly [tag: number, codec: Tagged<unknown>]>>;

/** Every element may be missing; those that the table does not name are kept. */
export type BlockValue<F extends Fields> = {
  readonly [Name in keyof F]?: ValueOf<F[Name][1]>;
} & { readonly unknown?: readonly DataObject[] };

const CONTEXT = 0x80;
const CONSTRUCTED = 0x20;

/** A block by its table: name, tag number, codec. */
export const block = <F extends Fields>(fields: F): Tagged<BlockValue<F>> => {
  const rows = Object.entries(fields).map(([name, [number, codec]]) => ({
    name,
    tag: CONTEXT | (codec.constructed ? CONSTRUCTED : 0) | number,
    codec,
  }));
  return {
    constructed: true,
    read: (element, path) => {
      const value: Record<string, unknown> = {};
      const unknown: DataObject[] = [];
      const children = element.children();
      if (children.length > MAX_ELEMENTS) throw invalid("fewer elements", element, path);
      for (const child of children) {
        const row = rows.find(({ tag }) => tag === child.tag);
        if (row === undefined || row.name in value || row.codec.holds?.(child) === false) {
          unknown.push({ tag: child.tag, value: child.value });
        } else {
          value[row.name] = row.codec.read(child, `${path}.${row.name}`);
        }
      }
      return { ...value, ...(unknown.length > 0 ? { unknown } : {}) } as BlockValue<F>;
    },
    write: (value) => {
      const values = value as Readonly<Record<string, unknown>>;
      const named = rows.flatMap(({ name, tag, codec }): DataObject[] =>
        values[name] === undefined ? [] : [{ tag, value: codec.write(values[name]) }],
      );
      return concatBytes(
        ...[...named, ...(value.unknown ?? [])]
          .sort((a, b) => numberOf(a) - numberOf(b))
          .map((object) => encodeTlv(object.tag, object.value)),
      );
    },
  };
};

/** Elements stand in the order of their tag numbers. */
const numberOf = ({ tag }: DataObject): number => tag & 0x1f;

/** SEQUENCE OF blocks, each a SEQUENCE of its own. */
export const listOf = <Value>(codec: Tagged<Value>): Tagged<readonly Value[]> => ({
  constructed: true,
  read: (element, path) => {
    const children = element.children();
    if (children.length > MAX_ELEMENTS) {
      throw invalid(`at most ${MAX_ELEMENTS} elements`, element, path);
    }
    return children.map((child, index) =>
      codec.read(child.expect(0x30, `${path}[${index}]`), `${path}[${index}]`),
    );
  },
  write: (values) => concatBytes(...values.map((value) => encodeTlv(0x30, codec.write(value)))),
});

/** A code, bare or as what an extension falls back to. */
export const CODE = /* @__PURE__ */ block({
  code: [0, INTEGER],
  extensionBlock: [1, /* @__PURE__ */ block({ fallback: [0, INTEGER] })],
});

/** The number of a code in either form. */
export const codeOf = (value: ValueOf<typeof CODE> | undefined): number | undefined =>
  value?.code ?? value?.extensionBlock?.fallback;
