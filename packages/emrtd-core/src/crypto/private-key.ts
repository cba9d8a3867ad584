import { fromBigInt, toBigInt } from "../bytes.js";
import {
  decodeAlgorithmIdentifier,
  EC_PUBLIC_KEY,
  RSA_ENCRYPTION,
  RSASSA_PSS,
} from "../cms/algorithm.js";
import {
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derUnsigned,
  readBitStringBytes,
  readOctetString,
  readSmallInteger,
  readUnsigned,
  readUnsignedBytes,
  TAG,
} from "../der.js";
import { EmrtdError } from "../errors.js";
import { decodeTlv, type Tlv } from "../tlv.js";
import { type CurveName, curveByName, domainParameters } from "./curves.js";
import {
  DH_KEY_AGREEMENT,
  DH_PUBLIC_NUMBER,
  type DhGroup,
  decodeDhGroup,
  encodeDhAlgorithm,
} from "./dh-groups.js";
import { decodeEcParameters, type EcParameters, encodeEcParameters } from "./ec-parameters.js";
import { dhGroupFault, KEY_LIMITS, rsaKeyFault } from "./key-limits.js";
import { decodePoint } from "./point.js";
import { invert } from "./portable/mod-pow.js";
import type { CryptoProvider, RsaPrivateKey } from "./provider.js";
import type { PublicKey } from "./public-key.js";

/** A private key of a chip, a terminal or a test authority. */
export type PrivateKey = RsaSecretKey | EcSecretKey | DhSecretKey;

export interface RsaSecretKey extends RsaPrivateKey {
  readonly type: "RSA";
}

export interface EcSecretKey {
  readonly type: "EC";
  readonly curve: CurveName;
  /** 1 to n-1, as wide as the order. */
  readonly scalar: Uint8Array;
  /** Whether the parameters of the curve stood written out. */
  readonly explicitParameters: boolean;
}

export interface DhSecretKey extends DhGroup {
  readonly type: "DH";
  /** As wide as the prime. */
  readonly privateValue: Uint8Array;
}

const PATH = "PrivateKey";

/**
 * Reads PKCS#8 (RFC 5958), or the bare structure inside it: PKCS#1 for RSA, RFC 5915 for EC.
 *
 * ```asn1
 * PrivateKeyInfo ::= SEQUENCE { version INTEGER, privateKeyAlgorithm AlgorithmIdentifier,
 *   privateKey OCTET STRING, attributes [0] OPTIONAL, publicKey [1] OPTIONAL }
 * ```
 *
 * @throws EmrtdError `PRIVATE_KEY_INVALID` where parts are missing, disagree or are out of range,
 *   `EC_PARAMETERS_UNKNOWN` for a foreign curve, `TLV_…` and `DER_INVALID` for what cannot be read.
 */
export const decodePrivateKey = (bytes: Uint8Array): PrivateKey => {
  if (bytes.length > KEY_LIMITS.size) throw invalid(`at most ${KEY_LIMITS.size} bytes`);
  const element = decodeTlv(bytes).expect(TAG.sequence, PATH);
  const [version, second, key] = element.children();
  if (version === undefined || second === undefined) throw invalid("a version and a key");
  if (second.tag === TAG.integer) return decodeRsa(element);
  if (second.tag === TAG.octetString) return decodeEc(element);
  if (key === undefined) throw invalid("an algorithm and a key");
  const { algorithm, parameters } = decodeAlgorithmIdentifier(second, `${PATH}.algorithm`);
  const content = decodeTlv(readOctetString(key, `${PATH}.privateKey`));
  switch (algorithm) {
    case RSA_ENCRYPTION:
    case RSASSA_PSS:
      return decodeRsa(content);
    case EC_PUBLIC_KEY:
      return decodeEc(content, parameters);
    case DH_KEY_AGREEMENT:
    case DH_PUBLIC_NUMBER:
      if (parameters === undefined) throw invalid("the parameters of the group");
      return decodeDh(decodeDhGroup(algorithm, parameters, `${PATH}.algorithm`), content);
    default:
      throw new EmrtdError(
        "ALGORITHM_UNKNOWN",
        `expected an RSA, EC or DH key, found ${algorithm}`,
        { path: PATH },
      );
  }
};

/**
 * ```asn1
 * RSAPrivateKey ::= SEQUENCE { version INTEGER, modulus INTEGER, publicExponent INTEGER,
 *   privateExponent INTEGER, prime1 INTEGER, prime2 INTEGER, exponent1 INTEGER, exponent2 INTEGER,
 *   coefficient INTEGER }
 * ```
 * RFC 8017, A.1.2, with two primes.
 */
const decodeRsa = (element: Tlv): RsaSecretKey => {
  const fields = element.expect(TAG.sequence, PATH).children();
  if (fields.length !== 9 || readSmallInteger(fields[0]!, `${PATH}.version`) !== 0) {
    throw invalid("an RSA key of two primes");
  }
  const [modulus, exponent, privateExponent, p, q] = fields
    .slice(1, 6)
    .map((field) => readUnsignedBytes(field, PATH)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const fault = rsaKeyFault({ modulus, exponent });
  if (fault !== undefined) throw invalid(fault);
  const [n, first, second] = [toBigInt(modulus), toBigInt(p), toBigInt(q)];
  if (first * second !== n || first < 3n || second < 3n || first === second) {
    throw invalid("two primes of the modulus");
  }
  if (toBigInt(privateExponent) >= n) throw invalid("a private exponent below the modulus");
  return { type: "RSA", modulus, exponent, privateExponent, p, q };
};

/**
 * ```asn1
 * ECPrivateKey ::= SEQUENCE { version INTEGER, privateKey OCTET STRING,
 *   parameters [0] ECParameters OPTIONAL, publicKey [1] BIT STRING OPTIONAL }
 * ```
 * RFC 5915, 3. The parameters stand here, in the algorithm outside, or in both and then alike.
 */
const decodeEc = (element: Tlv, outside?: Tlv): EcSecretKey => {
  const [version, key, ...options] = element.expect(TAG.sequence, PATH).children();
  if (version === undefined || key === undefined || readSmallInteger(version, PATH) !== 1) {
    throw invalid("an EC key of version 1");
  }
  const stated: EcParameters[] = [];
  if (outside !== undefined) stated.push(decodeEcParameters(outside, `${PATH}.algorithm`));
  let publicKey: Uint8Array | undefined;
  for (const option of options) {
    const [value, ...more] = option.children();
    if (value === undefined || more.length > 0) throw invalid("one element in each option");
    if (option.tag === 0xa0) stated.push(decodeEcParameters(value, `${PATH}.parameters`));
    else if (option.tag === 0xa1) publicKey = readBitStringBytes(value, `${PATH}.publicKey`);
    else throw invalid("parameters and public key only");
  }
  const [first, ...others] = stated;
  if (first === undefined || others.some(({ curve }) => curve !== first.curve)) {
    throw invalid("one curve");
  }
  const { curve, explicit } = first;
  if (publicKey !== undefined) decodePoint(curve, publicKey, `${PATH}.publicKey`);
  const value = toBigInt(readOctetString(key, `${PATH}.privateKey`));
  if (value === 0n || value >= domainParameters(curve).n) throw invalid(`a scalar of ${curve}`);
  const scalar = fromBigInt(value, curveByName(curve).orderLength);
  return { type: "EC", curve, scalar, explicitParameters: explicit };
};

const decodeDh = (group: DhGroup, content: Tlv): DhSecretKey => {
  const fault = dhGroupFault(group);
  if (fault !== undefined) throw invalid(fault);
  const value = readUnsigned(content, `${PATH}.privateKey`);
  if (value === 0n || value >= toBigInt(group.prime)) throw invalid("a value below the prime");
  return { type: "DH", ...group, privateValue: fromBigInt(value, group.prime.length) };
};

/** Writes PKCS#8, version 0, with what can be computed from the key recomputed. */
export const encodePrivateKey = (key: PrivateKey): Uint8Array<ArrayBuffer> =>
  derSequence(derUnsigned(0), encodeAlgorithm(key), derOctetString(encodeContent(key)));

const encodeAlgorithm = (key: PrivateKey): Uint8Array<ArrayBuffer> => {
  switch (key.type) {
    case "RSA":
      return derSequence(derOid(RSA_ENCRYPTION), derNull());
    case "EC": {
      const { curve, explicitParameters: explicit } = key;
      return derSequence(derOid(EC_PUBLIC_KEY), encodeEcParameters({ curve, explicit }));
    }
    case "DH":
      return encodeDhAlgorithm(key);
  }
};

const encodeContent = (key: PrivateKey): Uint8Array<ArrayBuffer> => {
  switch (key.type) {
    case "RSA":
      return encodeRsa(key);
    case "EC":
      return derSequence(derUnsigned(1), derOctetString(key.scalar));
    case "DH":
      return derUnsigned(key.privateValue);
  }
};

const encodeRsa = (key: RsaPrivateKey): Uint8Array<ArrayBuffer> => {
  const [d, p, q] = [toBigInt(key.privateExponent), toBigInt(key.p), toBigInt(key.q)];
  return derSequence(
    ...[0n, toBigInt(key.modulus), toBigInt(key.exponent), d, p, q].map(derUnsigned),
    ...[d % (p - 1n), d % (q - 1n), invert(q, p)].map(derUnsigned),
  );
};

/** The public key that belongs to a private one. */
export const publicKeyOf = (key: PrivateKey, crypto: CryptoProvider): PublicKey => {
  switch (key.type) {
    case "RSA":
      return { type: "RSA", modulus: key.modulus, exponent: key.exponent };
    case "EC": {
      const { curve, scalar, explicitParameters } = key;
      return { type: "EC", curve, point: crypto.ecPublicKey(curve, scalar), explicitParameters };
    }
    case "DH": {
      const { type, privateValue, ...group } = key;
      const base = fromBigInt(toBigInt(group.generator), group.prime.length);
      return { type, ...group, publicValue: crypto.modPow(base, privateValue, group.prime) };
    }
  }
};

const invalid = (expected: string): EmrtdError =>
  new EmrtdError("PRIVATE_KEY_INVALID", `expected ${expected}, for ${PATH}`, { path: PATH });
