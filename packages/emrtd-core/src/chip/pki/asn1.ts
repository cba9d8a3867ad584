import * as asn1js from "asn1js";
import { toHex } from "../../bytes.js";
import { EmrtdError } from "../../errors.js";
import type { Oid } from "../../oid.js";

/**
 * Structures of X.509 as asn1js writes them. What the simulator issues is built here and read by the
 * reader of this package, so that neither hides a mistake of the other. The only place that uses asn1js.
 */
export type Asn1 = asn1js.BaseBlock;

export const encode = (block: Asn1): Uint8Array<ArrayBuffer> => new Uint8Array(block.toBER());

/** What is encoded already, as part of a structure. */
export const encoded = (bytes: Uint8Array): Asn1 => {
  const { result, offset } = asn1js.fromBER(bytes);
  if (offset !== bytes.length) {
    throw new EmrtdError(
      "DER_INVALID",
      `expected one element of ${bytes.length} bytes, found ${result.error || `${offset} bytes`}`,
    );
  }
  return result;
};

export const sequence = (...parts: readonly Asn1[]): Asn1 =>
  new asn1js.Sequence({ value: [...parts] });

/** SET OF, elements in the order that DER demands (X.690, 11.6). */
export const setOf = (...parts: readonly Asn1[]): Asn1 => {
  const keyed = parts.map((part) => ({ part, key: toHex(encode(part)) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  return new asn1js.Set({ value: keyed.map(({ part }) => part) });
};

export const integer = (value: bigint | number): Asn1 => asn1js.Integer.fromBigInt(BigInt(value));

export const enumerated = (value: number): Asn1 => new asn1js.Enumerated({ value });

export const oid = (value: Oid): Asn1 => new asn1js.ObjectIdentifier({ value });

export const boolean = (value: boolean): Asn1 => new asn1js.Boolean({ value });

export const octetString = (valueHex: Uint8Array): Asn1 => new asn1js.OctetString({ valueHex });

export const bitString = (valueHex: Uint8Array, unusedBits = 0): Asn1 =>
  new asn1js.BitString({ valueHex, unusedBits });

export const printableString = (value: string): Asn1 => new asn1js.PrintableString({ value });

export const utf8String = (value: string): Asn1 => new asn1js.Utf8String({ value });

export const generalizedTime = (valueDate: Date): Asn1 =>
  new asn1js.GeneralizedTime({ valueDate: wholeSeconds(valueDate) });

/** UTCTime through 2049, GeneralizedTime after (RFC 5280, 4.1.2.5). */
export const time = (date: Date): Asn1 =>
  date.getUTCFullYear() < 2050
    ? new asn1js.UTCTime({ valueDate: wholeSeconds(date) })
    : generalizedTime(date);

const wholeSeconds = (date: Date): Date => new Date(Math.floor(date.getTime() / 1_000) * 1_000);

/** A context tag around other elements. */
export const tagged = (tagNumber: number, ...parts: readonly Asn1[]): Asn1 =>
  new asn1js.Constructed({ idBlock: { tagClass: CONTEXT, tagNumber }, value: [...parts] });

/** A context tag in place of the type's own. */
export const taggedBytes = (tagNumber: number, valueHex: Uint8Array): Asn1 =>
  new asn1js.Primitive({ idBlock: { tagClass: CONTEXT, tagNumber }, valueHex });

const CONTEXT = 3;
