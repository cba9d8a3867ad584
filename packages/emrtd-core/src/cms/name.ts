import { equalBytes, toHex } from "../bytes.js";
import { readOid, TAG } from "../der.js";
import { EmrtdError } from "../errors.js";
import type { Oid } from "../oid.js";
import type { Tlv } from "../tlv.js";

/** One AttributeTypeAndValue. */
export interface NameAttribute {
  readonly type: Oid;
  /** The text; of a value that is no string its DER as `#` and hexadecimal digits (RFC 4514, 2.4). */
  readonly value: string;
  /** Tag of the value's type: UTF8String, PrintableString, ... */
  readonly tag: number;
}

/**
 * A distinguished name (RFC 5280, 4.1.2.4): the bytes it came in, its attributes read when asked for.
 *
 * ```asn1
 * Name ::= SEQUENCE OF SET SIZE (1..MAX) OF SEQUENCE { type OBJECT IDENTIFIER, value ANY }
 * ```
 */
export class Name {
  readonly #element: Tlv;
  readonly #path: string;
  #rdns: readonly (readonly NameAttribute[])[] | undefined;

  constructor(element: Tlv, path: string) {
    this.#element = element.expect(TAG.sequence, path);
    this.#path = path;
  }

  get bytes(): Uint8Array {
    return this.#element.bytes;
  }

  /**
   * Relative distinguished names in the order of the encoding, country first as a rule.
   *
   * @throws EmrtdError `CERTIFICATE_INVALID` beyond 64 attributes, `TLV_...`, `OID_INVALID`.
   */
  get rdns(): readonly (readonly NameAttribute[])[] {
    this.#rdns ??= decodeRdns(this.#element, this.#path);
    return this.#rdns;
  }
}

/** Attributes of one name that are read at most: real names have three to six. */
const MAX_ATTRIBUTES = 64;

export const ATTRIBUTE = {
  commonName: "2.5.4.3",
  serialNumber: "2.5.4.5",
  countryName: "2.5.4.6",
  localityName: "2.5.4.7",
  stateOrProvinceName: "2.5.4.8",
  organizationName: "2.5.4.10",
  organizationalUnitName: "2.5.4.11",
} as const satisfies Record<string, Oid>;

/** Short names of RFC 4514, 3, and of common use. */
const LABELS: ReadonlyMap<Oid, string> = /* @__PURE__ */ (() =>
  new Map([
    [ATTRIBUTE.commonName, "CN"],
    [ATTRIBUTE.serialNumber, "SERIALNUMBER"],
    [ATTRIBUTE.countryName, "C"],
    [ATTRIBUTE.localityName, "L"],
    [ATTRIBUTE.stateOrProvinceName, "ST"],
    [ATTRIBUTE.organizationName, "O"],
    [ATTRIBUTE.organizationalUnitName, "OU"],
    ["1.2.840.113549.1.9.1", "EMAILADDRESS"],
    ["0.9.2342.19200300.100.1.25", "DC"],
    ["0.9.2342.19200300.100.1.1", "UID"],
  ]))();

const decodeRdns = (element: Tlv, path: string): readonly (readonly NameAttribute[])[] => {
  let count = 0;
  return element.children().map((rdn) => {
    const attributes = rdn.expect(TAG.set, path).children();
    count += attributes.length;
    if (count > MAX_ATTRIBUTES) {
      throw new EmrtdError(
        "CERTIFICATE_INVALID",
        `expected at most ${MAX_ATTRIBUTES} attributes for ${path}`,
        { offset: element.start, path },
      );
    }
    return attributes.map((attribute) => decodeAttribute(attribute, path));
  });
};

const decodeAttribute = (element: Tlv, path: string): NameAttribute => {
  const [type, value, ...more] = element.expect(TAG.sequence, path).children();
  if (type === undefined || value === undefined || more.length > 0) {
    throw new EmrtdError("CERTIFICATE_INVALID", `expected a type and a value for ${path}`, {
      offset: element.start,
      path,
    });
  }
  const text = readDirectoryString(value);
  return {
    type: readOid(type, `${path}.type`),
    value: text ?? `#${toHex(value.bytes)}`,
    tag: value.tag,
  };
};

/**
 * How two names compare. `identical`: byte for byte. `respelled`: the same but for string types, case and
 * spaces, which RFC 5280, 7.1 holds to be equal. `reordered`: the same attributes in another order, which
 * is another name by the standard and the same issuer in the field. Certificates and security objects of
 * several states name one signer in two such ways.
 */
export type NameComparison = "identical" | "respelled" | "reordered" | "different";

export const compareNames = (a: Name, b: Name): NameComparison => {
  if (equalBytes(a.bytes, b.bytes)) return "identical";
  const [left, right] = [canonicalRdns(a), canonicalRdns(b)];
  if (left.length !== right.length) return "different";
  if (left.every((rdn, index) => rdn === right[index])) return "respelled";
  left.sort();
  right.sort();
  return left.every((rdn, index) => rdn === right[index]) ? "reordered" : "different";
};

/** What stays the same however the name is spelled or ordered: a key for an index. */
export const nameKey = (name: Name): string => canonicalRdns(name).sort().join("\n");

const canonicalRdns = (name: Name): string[] =>
  name.rdns.map((rdn) =>
    rdn
      .map(
        ({ type, value }) =>
          `${type}=${value.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase()}`,
      )
      .sort()
      .join("\t"),
  );

/** The first value of an attribute. */
export const attributeOf = (name: Name, type: Oid): string | undefined =>
  name.rdns.flat().find((attribute) => attribute.type === type)?.value;

/**
 * Text of RFC 4514: last RDN first, `CN=...,O=...,C=...`. Characters that steer a terminal or turn the
 * direction of a line are written as `\XX`, each byte of UTF-8: a name is whatever its maker wrote.
 */
export const formatName = (name: Name): string =>
  [...name.rdns]
    .reverse()
    .map((rdn) => rdn.map(formatAttribute).join("+"))
    .join(",");

const formatAttribute = ({ type, value, tag }: NameAttribute): string =>
  `${LABELS.get(type) ?? type}=${STRING_WIDTHS.has(tag) ? escapeText(value) : value}`;

const escapeText = (value: string): string =>
  value
    .replace(/[\\",+;<>=]|^[ #]| $/g, "\\$&")
    .replace(STEERING, (character) =>
      Array.from(
        new TextEncoder().encode(character),
        (byte) => `\\${byte.toString(16).padStart(2, "0")}`,
      ).join(""),
    );

/** Controls of both sets, line separators, and marks of direction. */
const STEERING = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** The string types of DirectoryString and those that old certificates put in their place, with the
 * bytes of a character; 0 is UTF-8. */
const STRING_WIDTHS: ReadonlyMap<number, 0 | 1 | 2 | 4> = /* @__PURE__ */ (() =>
  new Map([
    [TAG.utf8String, 0],
    [TAG.printableString, 1],
    [TAG.numericString, 1],
    [TAG.ia5String, 1],
    [TAG.visibleString, 1],
    [TAG.t61String, 1],
    [TAG.bmpString, 2],
    [TAG.universalString, 4],
  ] as const))();

const UTF8 = /* @__PURE__ */ new TextDecoder();

/** The text of any string type; undefined for another type. */
export const readDirectoryString = (element: Tlv): string | undefined => {
  const width = STRING_WIDTHS.get(element.tag);
  if (width === undefined) return undefined;
  return width === 0 ? UTF8.decode(element.value) : fromCodePoints(element.value, width);
};

const fromCodePoints = (bytes: Uint8Array, width: 1 | 2 | 4): string => {
  let text = "";
  for (let offset = 0; offset + width <= bytes.length; offset += width) {
    let point = 0;
    for (let i = 0; i < width; i++) point = point * 256 + bytes[offset + i]!;
    text += String.fromCodePoint(point <= 0x10ffff ? point : 0xfffd);
  }
  return text;
};
