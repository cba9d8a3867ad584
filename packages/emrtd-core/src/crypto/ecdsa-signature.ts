import { concatBytes } from "../bytes.js";
import { derSequence, derUnsigned, readUnsignedBytes, TAG } from "../der.js";
import { EmrtdError } from "../errors.js";
import { decodeTlv } from "../tlv.js";
import { type CurveName, curveByName } from "./curves.js";
import type { EcdsaSignature } from "./provider.js";

/** Far beyond the 141 bytes that the largest curve needs. */
const MAX_LENGTH = 1_024;

/**
 * Reads `ECDSA-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }` (RFC 3279, 2.2.3). Zeros in front of an
 * integer are let pass, since documents have them.
 *
 * @returns `undefined` for what cannot be a signature: other bytes, a zero, a negative integer, or one
 *   wider than the order of the curve.
 */
export const decodeEcdsaSignature = (
  curve: CurveName,
  bytes: Uint8Array,
): EcdsaSignature | undefined => {
  if (bytes.length > MAX_LENGTH) return undefined;
  let integers: readonly Uint8Array[];
  try {
    const fields = decodeTlv(bytes).expect(TAG.sequence, "ECDSA-Sig-Value").children();
    integers = fields.map((field) => readUnsignedBytes(field, "ECDSA-Sig-Value"));
  } catch (error) {
    if (error instanceof EmrtdError) return undefined;
    throw error;
  }
  const [r, s, ...more] = integers.map((value) => widened(value, curve));
  return r === undefined || s === undefined || more.length > 0 ? undefined : { r, s };
};

/** As wide as the order; undefined for zero and for what is wider. */
const widened = (value: Uint8Array, curve: CurveName): Uint8Array | undefined => {
  const { orderLength } = curveByName(curve);
  if (value.length > orderLength || value[0] === 0) return undefined;
  const bytes = new Uint8Array(orderLength);
  bytes.set(value, orderLength - value.length);
  return bytes;
};

export const encodeEcdsaSignature = ({ r, s }: EcdsaSignature): Uint8Array<ArrayBuffer> =>
  derSequence(derUnsigned(r), derUnsigned(s));

/**
 * Reads the plain form `r || s` (BSI TR-03111, 5.2.1) of chips and card-verifiable certificates.
 *
 * @returns `undefined` unless it is two halves as wide as the order of the curve.
 */
export const decodePlainEcdsaSignature = (
  curve: CurveName,
  bytes: Uint8Array,
): EcdsaSignature | undefined => {
  const { orderLength } = curveByName(curve);
  return bytes.length === 2 * orderLength
    ? { r: bytes.subarray(0, orderLength), s: bytes.subarray(orderLength) }
    : undefined;
};

export const encodePlainEcdsaSignature = ({ r, s }: EcdsaSignature): Uint8Array<ArrayBuffer> =>
  concatBytes(r, s);
