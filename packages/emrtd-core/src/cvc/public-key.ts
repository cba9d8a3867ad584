import { concatBytes, fromBigInt, toBigInt } from "../bytes.js";
import { type CurveName, curveByName, domainParameters } from "../crypto/curves.js";
import { matchCurve } from "../crypto/ec-parameters.js";
import { rsaKeyFault } from "../crypto/key-limits.js";
import type { RsaPublicKey } from "../crypto/provider.js";
import { derOid, readOid } from "../der.js";
import { EmrtdError } from "../errors.js";
import type { Oid } from "../oid.js";
import { encodeTlv, formatTag, type Tlv } from "../tlv.js";
import { terminalAuthenticationProtocol } from "./protocol.js";
import { invalidCvc } from "./refuse.js";

/**
 * A public key of a card verifiable certificate (Doc 9303-12, 7.2.3.2).
 *
 * ```
 * RSA  7F49 { 06 identifier, 81 modulus, 82 exponent }
 * EC   7F49 { 06 identifier, 81 prime, 82 a, 83 b, 84 base point, 85 order, 86 public point, 87 cofactor }
 * ```
 * Of the parameters of a curve there are all, the cofactor perhaps not, or none: then they are those of
 * the authority.
 */
export type CvPublicKey = CvRsaPublicKey | CvEcPublicKey;

export interface CvRsaPublicKey extends RsaPublicKey {
  readonly type: "RSA";
  /** One of the protocols of terminal authentication. */
  readonly protocol: Oid;
}

export interface CvEcPublicKey {
  readonly type: "EC";
  readonly protocol: Oid;
  /** Where the parameters stand written out: the known curve that has them. */
  readonly curve?: CurveName;
  /** As it stands; whether it is one of its curve shows where the curve is known. */
  readonly point: Uint8Array;
}

export const PUBLIC_KEY_TAG = 0x7f49;

/** Integers are the narrowest; zeros in front are let pass. */
const unsigned = (bytes: Uint8Array): Uint8Array => {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  return bytes.subarray(start);
};

/**
 * @throws EmrtdError `ALGORITHM_UNKNOWN` for another purpose than terminal authentication,
 *   `EC_PARAMETERS_UNKNOWN` for parameters that are those of no known curve, generator included,
 *   `PUBLIC_KEY_INVALID` for a key out of range, `CVC_INVALID` for another structure.
 */
export const decodeCvPublicKey = (element: Tlv, path: string): CvPublicKey => {
  const [first, ...fields] = element.expect(PUBLIC_KEY_TAG, path).children();
  if (first === undefined) throw invalidCvc("an identifier", path, element.start);
  const protocol = readOid(first, path);
  switch (terminalAuthenticationProtocol(protocol)?.algorithm.scheme) {
    case "RSASSA-PKCS1-v1_5":
    case "RSASSA-PSS":
      return decodeRsa(protocol, fields, path);
    case "ECDSA":
      return decodeEc(protocol, fields, path);
    case undefined:
      throw new EmrtdError(
        "ALGORITHM_UNKNOWN",
        `expected a protocol of terminal authentication for ${path}, found ${protocol}`,
        { path },
      );
  }
};

const decodeRsa = (protocol: Oid, fields: readonly Tlv[], path: string): CvRsaPublicKey => {
  expectTags(fields, [0x81, 0x82], path);
  const [modulus, exponent] = fields.map(({ value }) => unsigned(value)) as [
    Uint8Array,
    Uint8Array,
  ];
  const fault = rsaKeyFault({ modulus, exponent });
  if (fault !== undefined) {
    throw new EmrtdError("PUBLIC_KEY_INVALID", `expected ${fault}, for ${path}`, { path });
  }
  return { type: "RSA", protocol, modulus, exponent };
};

const PARAMETER_TAGS = [0x81, 0x82, 0x83, 0x84, 0x85] as const;
const POINT_TAG = 0x86;
const COFACTOR_TAG = 0x87;

const decodeEc = (protocol: Oid, fields: readonly Tlv[], path: string): CvEcPublicKey => {
  if (fields.length === 1) {
    expectTags(fields, [POINT_TAG], path);
    return { type: "EC", protocol, point: fields[0]!.value };
  }
  const tags = [...PARAMETER_TAGS, POINT_TAG];
  expectTags(fields, fields.length > tags.length ? [...tags, COFACTOR_TAG] : tags, path);
  const [p, a, b, base, n, point, cofactor] = fields.map(({ value }) => value) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array?,
  ];
  const stated = { p: toBigInt(p), a: toBigInt(a), b: toBigInt(b), n: toBigInt(n) };
  const curve = matchCurve({ ...stated, h: cofactor && toBigInt(cofactor) }, base);
  if (curve === undefined) {
    throw new EmrtdError(
      "EC_PARAMETERS_UNKNOWN",
      `expected exactly the parameters of a curve of travel documents, for ${path}`,
      { path },
    );
  }
  return { type: "EC", protocol, curve: curve.name, point };
};

const expectTags = (fields: readonly Tlv[], tags: readonly number[], path: string): void => {
  if (fields.length !== tags.length || fields.some(({ tag }, i) => tag !== tags[i])) {
    throw invalidCvc(`the data objects ${tags.map(formatTag).join(", ")}`, path);
  }
};

/** Writes the key: integers in the fewest bytes, points with coordinates as wide as the field. */
export const encodeCvPublicKey = (key: CvPublicKey): Uint8Array<ArrayBuffer> => {
  const fields =
    key.type === "RSA"
      ? [encodeTlv(0x81, unsigned(key.modulus)), encodeTlv(0x82, unsigned(key.exponent))]
      : encodeEc(key);
  return encodeTlv(PUBLIC_KEY_TAG, derOid(key.protocol), ...fields);
};

const encodeEc = ({ curve, point }: CvEcPublicKey): Uint8Array[] => {
  const publicPoint = encodeTlv(POINT_TAG, point);
  if (curve === undefined) return [publicPoint];
  const { fieldLength } = curveByName(curve);
  const { p, a, b, gx, gy, n, h } = domainParameters(curve);
  const integer = (value: bigint) => unsigned(fromBigInt(value, fieldLength));
  const coordinates = [gx, gy].map((value) => fromBigInt(value, fieldLength));
  const base = concatBytes(Uint8Array.of(0x04), ...coordinates);
  return [
    ...[integer(p), integer(a), integer(b), base, integer(n)].map((value, i) =>
      encodeTlv(PARAMETER_TAGS[i]!, value),
    ),
    publicPoint,
    encodeTlv(COFACTOR_TAG, integer(h)),
  ];
};
