import { fromBigInt, toBigInt } from "../bytes.js";
import {
  type AlgorithmIdentifier,
  decodeAlgorithmIdentifier,
  EC_PUBLIC_KEY,
  type PssParameters,
  RSA_ENCRYPTION,
  RSASSA_PSS,
  signatureAlgorithmOf,
} from "../cms/algorithm.js";
import {
  derBitString,
  derNull,
  derOid,
  derSequence,
  derUnsigned,
  readBitStringBytes,
  readSmallInteger,
  readUnsigned,
  readUnsignedBytes,
  TAG,
} from "../der.js";
import { EmrtdError } from "../errors.js";
import { decodeTlv, type Tlv } from "../tlv.js";
import type { CurveName } from "./curves.js";
import {
  DH_KEY_AGREEMENT,
  DH_PUBLIC_NUMBER,
  type DhGroup,
  decodeDhGroup,
  encodeDhAlgorithm,
} from "./dh-groups.js";
import { decodeEcParameters, encodeEcParameters } from "./ec-parameters.js";
import { dhGroupFault, isBetween, KEY_LIMITS, rsaKeyFault } from "./key-limits.js";
import { decodePoint } from "./point.js";
import type { RsaPublicKey } from "./provider.js";
import { encodePssParameters } from "./pss-parameters.js";
import {
  STANDARDIZED_DOMAIN_PARAMETERS,
  standardizedDomainParameters,
} from "./standardized-domain-parameters.js";

/**
 * A public key of a certificate, of DG14 or of DG15 (RFC 5280, 4.1.2.7; RFC 3279, 2.3; RFC 4055, 1.2;
 * Doc 9303-11, 9.1 and 9.5).
 *
 * ```asn1
 * SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }
 * ```
 */
export type PublicKey = RsaKey | EcKey | DhKey;

export interface RsaKey extends RsaPublicKey {
  readonly type: "RSA";
  /**
   * There where the key is marked id-RSASSA-PSS: it verifies PSS and nothing else, and where it states
   * parameters, no other hash, and no shorter salt, than these (RFC 4055, 3.3).
   */
  readonly pss?: { readonly parameters?: PssParameters };
}

export interface EcKey {
  readonly type: "EC";
  readonly curve: CurveName;
  /** `04 || x || y`, on the curve. */
  readonly point: Uint8Array;
  /** Whether the key wrote the parameters of its curve out instead of naming it. */
  readonly explicitParameters: boolean;
}

export interface DhKey extends DhGroup {
  readonly type: "DH";
  /** As wide as the prime. */
  readonly publicValue: Uint8Array;
}

/**
 * @throws EmrtdError `EC_PARAMETERS_UNKNOWN` for a foreign curve or generator, `ALGORITHM_UNKNOWN` for
 *   another kind of key, `PUBLIC_KEY_INVALID` for a key out of range or off its curve, `TLV_…` and
 *   `DER_INVALID` for what cannot be read.
 */
export const decodeSubjectPublicKeyInfo = (bytes: Uint8Array): PublicKey => {
  const path = "SubjectPublicKeyInfo";
  if (bytes.length > KEY_LIMITS.size) {
    throw invalid(`at most ${KEY_LIMITS.size} bytes, found ${bytes.length}`, path);
  }
  const [first, second, ...more] = decodeTlv(bytes).expect(TAG.sequence, path).children();
  if (first === undefined || second === undefined || more.length > 0) {
    throw invalid("an algorithm and a key", path);
  }
  const identifier = decodeAlgorithmIdentifier(first, `${path}.algorithm`);
  const content = readBitStringBytes(second, `${path}.subjectPublicKey`);
  switch (identifier.algorithm) {
    case RSA_ENCRYPTION:
      return decodeRsa(content, path);
    case RSASSA_PSS:
      return { ...decodeRsa(content, path), pss: decodePssRestriction(identifier, path) };
    case EC_PUBLIC_KEY: {
      const { curve, explicit } = decodeEcParameters(required(identifier, path), path);
      return ecKey(curve, content, explicit, path);
    }
    case DH_KEY_AGREEMENT:
    case DH_PUBLIC_NUMBER:
      return decodeDh(
        decodeDhGroup(identifier.algorithm, required(identifier, path), path),
        content,
        path,
      );
    case STANDARDIZED_DOMAIN_PARAMETERS: {
      const id = readSmallInteger(required(identifier, path), `${path}.algorithm.parameters`);
      const known = standardizedDomainParameters(id);
      if (known === undefined) throw invalid("an identifier of Doc 9303-11, table 12", path);
      return known.type === "EC"
        ? ecKey(known.curve, content, false, path)
        : decodeDh(known.group, content, path);
    }
    default:
      throw new EmrtdError(
        "ALGORITHM_UNKNOWN",
        `expected an RSA, EC or DH key for ${path}, found ${identifier.algorithm}`,
        { path },
      );
  }
};

/** Writes the structure; a group with its subgroup as X9.42, a standardized one written out. */
export const encodeSubjectPublicKeyInfo = (key: PublicKey): Uint8Array<ArrayBuffer> =>
  derSequence(encodeKeyAlgorithm(key), derBitString(encodeKeyContent(key)));

const encodeKeyContent = (key: PublicKey): Uint8Array => {
  switch (key.type) {
    case "RSA":
      return derSequence(derUnsigned(key.modulus), derUnsigned(key.exponent));
    case "EC":
      return key.point;
    case "DH":
      return derUnsigned(key.publicValue);
  }
};

const encodeKeyAlgorithm = (key: PublicKey): Uint8Array<ArrayBuffer> => {
  switch (key.type) {
    case "RSA":
      return encodeRsaAlgorithm(key);
    case "EC": {
      const { curve, explicitParameters: explicit } = key;
      return derSequence(derOid(EC_PUBLIC_KEY), encodeEcParameters({ curve, explicit }));
    }
    case "DH":
      return encodeDhAlgorithm(key);
  }
};

const encodeRsaAlgorithm = ({ pss }: RsaKey): Uint8Array<ArrayBuffer> => {
  if (pss === undefined) return derSequence(derOid(RSA_ENCRYPTION), derNull());
  const { parameters } = pss;
  return parameters === undefined
    ? derSequence(derOid(RSASSA_PSS))
    : derSequence(derOid(RSASSA_PSS), encodePssParameters(parameters));
};

/** `RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }` (RFC 8017, A.1.1). */
const decodeRsa = (content: Uint8Array, path: string): RsaKey => {
  const [modulus, exponent, ...more] = decodeTlv(content).expect(TAG.sequence, path).children();
  if (modulus === undefined || exponent === undefined || more.length > 0) {
    throw invalid("a modulus and an exponent", path);
  }
  const key: RsaKey = {
    type: "RSA",
    modulus: readUnsignedBytes(modulus, `${path}.modulus`),
    exponent: readUnsignedBytes(exponent, `${path}.publicExponent`),
  };
  const fault = rsaKeyFault(key);
  if (fault !== undefined) throw invalid(fault, path);
  return key;
};

const decodePssRestriction = (
  identifier: AlgorithmIdentifier,
  path: string,
): { readonly parameters?: PssParameters } => {
  if (identifier.parameters === undefined) return {};
  const algorithm = signatureAlgorithmOf(identifier, `${path}.algorithm`);
  if (algorithm.scheme !== "RSASSA-PSS") throw invalid("parameters of RSASSA-PSS", path);
  const { scheme: _, ...parameters } = algorithm;
  return { parameters };
};

const ecKey = (curve: CurveName, point: Uint8Array, explicit: boolean, path: string): EcKey => ({
  type: "EC",
  curve,
  point: decodePoint(curve, point, `${path}.subjectPublicKey`),
  explicitParameters: explicit,
});

const decodeDh = (group: DhGroup, content: Uint8Array, path: string): DhKey => {
  const fault = dhGroupFault(group);
  if (fault !== undefined) throw invalid(fault, path);
  const value = readUnsigned(decodeTlv(content), `${path}.subjectPublicKey`);
  if (!isBetween(value, toBigInt(group.prime)))
    throw invalid("a value from 2 to the prime less 2", path);
  return { type: "DH", ...group, publicValue: fromBigInt(value, group.prime.length) };
};

const required = (identifier: AlgorithmIdentifier, path: string): Tlv => {
  if (identifier.parameters === undefined) throw invalid("parameters of the algorithm", path);
  return identifier.parameters;
};

const invalid = (expected: string, path: string): EmrtdError =>
  new EmrtdError("PUBLIC_KEY_INVALID", `expected ${expected}, for ${path}`, { path });
