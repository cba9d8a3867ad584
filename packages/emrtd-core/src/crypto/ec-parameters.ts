import { concatBytes, fromBigInt, toBigInt } from "../bytes.js";
import {
  derOctetString,
  derOid,
  derSequence,
  derUnsigned,
  readOctetString,
  readOid,
  readUnsigned,
  TAG,
} from "../der.js";
import { EmrtdError } from "../errors.js";
import type { Oid } from "../oid.js";
import type { Tlv } from "../tlv.js";
import {
  CURVES,
  type Curve,
  type CurveName,
  curveByName,
  curveByOid,
  type DomainParameters,
  domainParameters,
} from "./curves.js";

/**
 * The curve of a key (RFC 3279, 2.3.5, after X9.62): its name, or all of its parameters.
 *
 * ```asn1
 * EcpkParameters ::= CHOICE { ecParameters ECParameters, namedCurve OBJECT IDENTIFIER, implicitlyCA NULL }
 * ECParameters ::= SEQUENCE {
 *   version INTEGER, fieldID SEQUENCE { fieldType OBJECT IDENTIFIER, prime INTEGER },
 *   curve SEQUENCE { a OCTET STRING, b OCTET STRING, seed BIT STRING OPTIONAL },
 *   base OCTET STRING, order INTEGER, cofactor INTEGER OPTIONAL }
 * ```
 *
 * Parameters are never computed with: they must be those of a curve that is known, the generator
 * included, and from then on only the name is used. Whoever may choose the generator can make a
 * signature that fits any public key (the class of CVE-2020-0601).
 */
export interface EcParameters {
  readonly curve: CurveName;
  /** Whether the parameters were written out. */
  readonly explicit: boolean;
}

const PRIME_FIELD: Oid = "1.2.840.10045.1.1";

/**
 * @throws EmrtdError `EC_PARAMETERS_UNKNOWN` for a curve, or parameters, that are not exactly those of
 *   a curve of travel documents.
 */
export const decodeEcParameters = (element: Tlv, path: string): EcParameters => {
  if (element.tag === TAG.oid) {
    const oid = readOid(element, path);
    const named = curveByOid(oid);
    if (named === undefined) throw unknown(`the name of a curve, found ${oid}`, element, path);
    return { curve: named.name, explicit: false };
  }
  if (element.tag !== TAG.sequence) throw unknown("a curve", element, path);
  return { curve: matchExplicit(element, path).name, explicit: true };
};

const matchExplicit = (element: Tlv, path: string): Curve => {
  // A seed and a hash say how the curve was generated, and are not needed to match it.
  const [version, fieldId, coefficients, base, order, cofactor, hash, ...more] = element.children();
  if (!version || !fieldId || !coefficients || !base || !order || more.length > 0) {
    throw unknown("version, field, curve, base, order and cofactor", element, path);
  }
  hash?.expect(TAG.sequence, `${path}.hash`);
  version.expect(TAG.integer, `${path}.version`);
  const [fieldType, prime] = fieldId.expect(TAG.sequence, `${path}.fieldID`).children();
  const [a, b, seed] = coefficients.expect(TAG.sequence, `${path}.curve`).children();
  seed?.expect(TAG.bitString, `${path}.curve.seed`);
  if (!fieldType || !prime || !a || !b || readOid(fieldType, path) !== PRIME_FIELD) {
    throw unknown("a curve over a prime field", element, path);
  }
  const stated = {
    p: readUnsigned(prime, `${path}.fieldID.prime`),
    a: toBigInt(readOctetString(a, `${path}.curve.a`)),
    b: toBigInt(readOctetString(b, `${path}.curve.b`)),
    n: readUnsigned(order, `${path}.order`),
    h: cofactor?.tag === TAG.integer ? readUnsigned(cofactor, `${path}.cofactor`) : undefined,
  };
  const generator = readOctetString(base, `${path}.base`);
  const match = matchCurve(stated, generator);
  if (match === undefined) {
    throw unknown("exactly the parameters of a curve of travel documents", element, path);
  }
  return match;
};

/** Parameters of a curve as a key states them; some leave the cofactor out. */
export interface StatedParameters extends Pick<DomainParameters, "p" | "a" | "b" | "n"> {
  readonly h: bigint | undefined;
}

/** The one curve that has exactly these parameters and this generator, if it is a known one. */
export const matchCurve = (stated: StatedParameters, generator: Uint8Array): Curve | undefined =>
  CURVES.find(({ name }) => {
    const known = domainParameters(name);
    return (
      known.p === stated.p &&
      known.a === stated.a &&
      known.b === stated.b &&
      known.n === stated.n &&
      (stated.h === undefined || known.h === stated.h) &&
      isGenerator(generator, name)
    );
  });

/** Uncompressed, or compressed: x and whether y is odd. */
const isGenerator = (bytes: Uint8Array, curve: CurveName): boolean => {
  const { gx, gy } = domainParameters(curve);
  const form = bytes[0];
  if (form === 0x02 || form === 0x03) {
    return toBigInt(bytes.subarray(1)) === gx && BigInt(form & 1) === (gy & 1n);
  }
  const middle = 1 + (bytes.length - 1) / 2;
  return (
    form === 0x04 &&
    bytes.length % 2 === 1 &&
    toBigInt(bytes.subarray(1, middle)) === gx &&
    toBigInt(bytes.subarray(middle)) === gy
  );
};

/** Writes the name, or the parameters with an uncompressed generator and the cofactor. */
export const encodeEcParameters = ({ curve, explicit }: EcParameters): Uint8Array<ArrayBuffer> => {
  const { oid, fieldLength } = curveByName(curve);
  if (!explicit) return derOid(oid);
  const { gx, gy } = domainParameters(curve);
  const generator = [fromBigInt(gx, fieldLength), fromBigInt(gy, fieldLength)];
  return encodeExplicit(curve, concatBytes(Uint8Array.of(0x04), ...generator));
};

/** ECParameters of a curve with any of its points as the base. */
export const encodeExplicit = (curve: CurveName, base: Uint8Array): Uint8Array<ArrayBuffer> => {
  const { fieldLength } = curveByName(curve);
  const { p, a, b, n, h } = domainParameters(curve);
  const coefficients = [a, b].map((value) => derOctetString(fromBigInt(value, fieldLength)));
  return derSequence(
    derUnsigned(1),
    derSequence(derOid(PRIME_FIELD), derUnsigned(p)),
    derSequence(...coefficients),
    derOctetString(base),
    derUnsigned(n),
    derUnsigned(h),
  );
};

const unknown = (expected: string, element: Tlv, path: string): EmrtdError =>
  new EmrtdError("EC_PARAMETERS_UNKNOWN", `expected ${expected}, for ${path}`, {
    offset: element.start,
    path,
  });
