import { joinBytes, toBigInt } from "./bytes.js";
import { EmrtdError } from "./errors.js";
import { decodeOid, encodeOid, type Oid } from "./oid.js";
import { encodeTlv, type Tlv } from "./tlv.js";

/** Universal tags (X.680, 8.4), constructed bit included where the type is always constructed. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
  numericString: 0x12,
  printableString: 0x13,
  t61String: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
} as const;

/** What is read of a type whose content could be as long as the input. */
export const DER_LIMITS = {
  /** Bytes of an INTEGER that is made a number: four times the largest key. */
  integer: 4_096,
  /** Bytes of a BIT STRING whose bits have names: the largest has nine of them. */
  namedBits: 32,
} as const;

const invalid = (expected: string, element: Tlv, path: string): EmrtdError =>
  new EmrtdError("DER_INVALID", `expected ${expected} for ${path} at offset ${element.start}`, {
    offset: element.start,
    path,
  });

/** Content of an INTEGER as it stands, two's complement, big-endian. */
export const readIntegerBytes = (element: Tlv, path: string): Uint8Array => {
  const value = element.expect(TAG.integer, path).value;
  if (value.length === 0) throw invalid("at least one byte", element, path);
  return value;
};

/** A non-negative INTEGER of any size. A redundant leading zero is accepted: old documents have them. */
export const readUnsigned = (element: Tlv, path: string): bigint => {
  const value = readIntegerBytes(element, path);
  if (value[0]! >= 0x80) throw invalid("a non-negative integer", element, path);
  if (value.length > DER_LIMITS.integer) {
    throw invalid(`an integer of at most ${DER_LIMITS.integer} bytes`, element, path);
  }
  return toBigInt(value);
};

/** A non-negative INTEGER without its leading zeros, at least one byte. */
export const readUnsignedBytes = (element: Tlv, path: string): Uint8Array => {
  const value = readIntegerBytes(element, path);
  if (value[0]! >= 0x80) throw invalid("a non-negative integer", element, path);
  let start = 0;
  while (start < value.length - 1 && value[start] === 0) start++;
  return value.subarray(start);
};

/** An INTEGER from 0 to 2^31 - 1: versions, parameter ids, lengths. */
export const readSmallInteger = (element: Tlv, path: string): number => {
  const digits = readUnsignedBytes(element, path);
  const value = digits.reduce((sum, digit) => sum * 256 + digit, 0);
  if (value > 0x7fff_ffff) throw invalid("a small integer", element, path);
  return value;
};

export const readOid = (element: Tlv, path: string): Oid =>
  decodeOid(element.expect(TAG.oid, path).value);

/** BOOLEAN: any byte but 00 is true (X.690, 8.2). */
export const readBoolean = (element: Tlv, path: string): boolean => {
  const value = element.expect(TAG.boolean, path).value;
  if (value.length !== 1) throw invalid("one byte", element, path);
  return value[0] !== 0;
};

/** OCTET STRING, primitive or in the segments that BER allows (X.690, 8.7.3). */
export const readOctetString = (element: Tlv, path: string): Uint8Array =>
  element.tag === (TAG.octetString | 0x20)
    ? joinBytes(element.children().map((segment) => readOctetString(segment, path)))
    : element.expect(TAG.octetString, path).value;

/** BIT STRING of whole bytes: keys and signatures. */
export const readBitStringBytes = (element: Tlv, path: string): Uint8Array => {
  const value = element.expect(TAG.bitString, path).value;
  if (value[0] !== 0) throw invalid("a bit string of whole bytes", element, path);
  return value.subarray(1);
};

/** Named bits of a BIT STRING, bit 0 first. */
export const readNamedBits = (element: Tlv, path: string): boolean[] => {
  const value = element.expect(TAG.bitString, path).value;
  const unused = value[0];
  if (unused === undefined || unused > 7 || (value.length === 1 && unused > 0)) {
    throw invalid("a bit string", element, path);
  }
  if (value.length > 1 + DER_LIMITS.namedBits) {
    throw invalid(`at most ${8 * DER_LIMITS.namedBits} bits`, element, path);
  }
  const count = 8 * (value.length - 1) - unused;
  return Array.from({ length: count }, (_, bit) => {
    const byte = value[1 + (bit >> 3)]!;
    return ((byte >> (7 - (bit & 7))) & 1) === 1;
  });
};

export const derSequence = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  encodeTlv(TAG.sequence, ...parts);

/** SET OF, elements in the order that DER demands (X.690, 11.6). */
export const derSetOf = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  encodeTlv(TAG.set, ...[...parts].sort(compareBytes));

/** Non-negative INTEGER in the fewest bytes. */
export const derUnsigned = (value: bigint | number | Uint8Array): Uint8Array<ArrayBuffer> => {
  const digits = (value instanceof Uint8Array ? toBigInt(value) : BigInt(value)).toString(16);
  if (digits.startsWith("-"))
    throw new EmrtdError("DER_INVALID", "expected a non-negative integer");
  const padded = digits.length % 2 === 0 ? digits : `0${digits}`;
  const bytes = Uint8Array.from(padded.match(/../g)!, (pair) => Number.parseInt(pair, 16));
  return bytes[0]! >= 0x80
    ? encodeTlv(TAG.integer, Uint8Array.of(0), bytes)
    : encodeTlv(TAG.integer, bytes);
};

export const derOid = (oid: Oid): Uint8Array<ArrayBuffer> => encodeTlv(TAG.oid, encodeOid(oid));

export const derNull = (): Uint8Array<ArrayBuffer> => encodeTlv(TAG.null);

export const derOctetString = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  encodeTlv(TAG.octetString, bytes);

export const derBitString = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  encodeTlv(TAG.bitString, Uint8Array.of(0), bytes);

const compareBytes = (a: Uint8Array, b: Uint8Array): number => {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) return a[i]! - b[i]!;
  }
  return a.length - b.length;
};
