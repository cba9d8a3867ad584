import type { HashName } from "../crypto/provider.js";
import { readOid, readSmallInteger, TAG } from "../der.js";
import { EmrtdError } from "../errors.js";
import type { Oid } from "../oid.js";
import type { Tlv } from "../tlv.js";

/**
 * AlgorithmIdentifier (RFC 5280, 4.1.1.2): what a signature or hash says it was made with.
 *
 * ```asn1
 * AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY DEFINED BY algorithm OPTIONAL }
 * ```
 */
export interface AlgorithmIdentifier {
  readonly algorithm: Oid;
  readonly parameters: Tlv | undefined;
}

/** RSASSA-PSS as RFC 4055, 3.1 describes it; every value is honoured. */
export interface PssParameters {
  readonly hash: HashName;
  /** The hash inside the mask generation function MGF1, often but not always the same. */
  readonly mgfHash: HashName;
  /** In bytes: 20, 32 and 64 are all in use. */
  readonly saltLength: number;
  readonly trailerField: number;
}

/** How a signature is made, complete enough to verify it. */
export type SignatureAlgorithm =
  | { readonly scheme: "RSASSA-PKCS1-v1_5"; readonly hash: HashName }
  | ({ readonly scheme: "RSASSA-PSS" } & PssParameters)
  | { readonly scheme: "ECDSA"; readonly hash: HashName };

/** Identifiers of hash functions (RFC 5754, 2; RFC 3370, 2.1). */
export const HASH_OIDS: { readonly [name in HashName]: Oid } = {
  "SHA-1": "1.3.14.3.2.26",
  "SHA-224": "2.16.840.1.101.3.4.2.4",
  "SHA-256": "2.16.840.1.101.3.4.2.1",
  "SHA-384": "2.16.840.1.101.3.4.2.2",
  "SHA-512": "2.16.840.1.101.3.4.2.3",
};

export const RSA_ENCRYPTION: Oid = "1.2.840.113549.1.1.1";
export const RSASSA_PSS: Oid = "1.2.840.113549.1.1.10";
export const MGF1: Oid = "1.2.840.113549.1.1.8";
export const EC_PUBLIC_KEY: Oid = "1.2.840.10045.2.1";
const ECDSA_WITH_SPECIFIED: Oid = "1.2.840.10045.4.3";

/** Identifiers that name the hash along with the scheme (RFC 8017, A.2.4; RFC 5758, 3.2). */
export const NAMED_SIGNATURE_ALGORITHMS: ReadonlyMap<Oid, SignatureAlgorithm> =
  /* @__PURE__ */ new Map([
    ["1.2.840.113549.1.1.5", { scheme: "RSASSA-PKCS1-v1_5", hash: "SHA-1" }],
    ["1.2.840.113549.1.1.14", { scheme: "RSASSA-PKCS1-v1_5", hash: "SHA-224" }],
    ["1.2.840.113549.1.1.11", { scheme: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }],
    ["1.2.840.113549.1.1.12", { scheme: "RSASSA-PKCS1-v1_5", hash: "SHA-384" }],
    ["1.2.840.113549.1.1.13", { scheme: "RSASSA-PKCS1-v1_5", hash: "SHA-512" }],
    ["1.2.840.10045.4.1", { scheme: "ECDSA", hash: "SHA-1" }],
    ["1.2.840.10045.4.3.1", { scheme: "ECDSA", hash: "SHA-224" }],
    ["1.2.840.10045.4.3.2", { scheme: "ECDSA", hash: "SHA-256" }],
    ["1.2.840.10045.4.3.3", { scheme: "ECDSA", hash: "SHA-384" }],
    ["1.2.840.10045.4.3.4", { scheme: "ECDSA", hash: "SHA-512" }],
  ] as const satisfies readonly (readonly [Oid, SignatureAlgorithm])[]);

const HASH_BY_OID: ReadonlyMap<Oid, HashName> = /* @__PURE__ */ new Map(
  (Object.entries(HASH_OIDS) as [HashName, Oid][]).map(([name, oid]) => [oid, name]),
);

/** The hash function that an identifier names, if it is SHA-1 or of SHA-2. */
export const hashByOid = (oid: Oid): HashName | undefined => HASH_BY_OID.get(oid);

/** Reads an AlgorithmIdentifier; what its parameters mean is for the algorithm to say. */
export const decodeAlgorithmIdentifier = (element: Tlv, path: string): AlgorithmIdentifier => {
  const [algorithm, parameters, ...more] = element.expect(TAG.sequence, path).children();
  if (algorithm === undefined || more.length > 0) {
    throw new EmrtdError(
      "DER_INVALID",
      `expected one or two elements for ${path} at offset ${element.start}`,
      { offset: element.start, path },
    );
  }
  return { algorithm: readOid(algorithm, `${path}.algorithm`), parameters };
};

/** @throws EmrtdError `ALGORITHM_UNKNOWN` for anything but SHA-1 and SHA-2. */
export const hashAlgorithmOf = (identifier: AlgorithmIdentifier, path: string): HashName => {
  const hash = hashByOid(identifier.algorithm);
  if (hash === undefined) throw unknown("a hash function", identifier.algorithm, path);
  return hash;
};

/**
 * What a signature's AlgorithmIdentifier says.
 *
 * @param digest the SignerInfo's digestAlgorithm, which completes an identifier that names a key type
 *   only (`rsaEncryption`, `id-ecPublicKey`: RFC 3370, 3.2). A certificate has none.
 * @throws EmrtdError `ALGORITHM_UNKNOWN` where it is not RSA or ECDSA with SHA-1 or SHA-2.
 */
export const signatureAlgorithmOf = (
  identifier: AlgorithmIdentifier,
  path: string,
  digest?: HashName,
): SignatureAlgorithm => {
  const { algorithm, parameters } = identifier;
  const named = NAMED_SIGNATURE_ALGORITHMS.get(algorithm);
  if (named !== undefined) return named;
  if (algorithm === RSASSA_PSS) {
    return { scheme: "RSASSA-PSS", ...decodePssParameters(parameters, path) };
  }
  if (algorithm === ECDSA_WITH_SPECIFIED && parameters !== undefined) {
    const specified = decodeAlgorithmIdentifier(parameters, `${path}.parameters`);
    return { scheme: "ECDSA", hash: hashAlgorithmOf(specified, path) };
  }
  if (digest !== undefined) {
    if (algorithm === RSA_ENCRYPTION) return { scheme: "RSASSA-PKCS1-v1_5", hash: digest };
    if (algorithm === EC_PUBLIC_KEY) return { scheme: "ECDSA", hash: digest };
  }
  throw unknown("a signature of RSA or ECDSA", algorithm, path);
};

/** For reports: `RSASSA-PSS with SHA-256`. */
export const formatSignatureAlgorithm = (algorithm: SignatureAlgorithm): string =>
  `${algorithm.scheme} with ${algorithm.hash}`;

const PSS_DEFAULTS: PssParameters = {
  hash: "SHA-1",
  mgfHash: "SHA-1",
  saltLength: 20,
  trailerField: 1,
};

/**
 * ```asn1
 * RSASSA-PSS-params ::= SEQUENCE {
 *   hashAlgorithm    [0] HashAlgorithm    DEFAULT sha1Identifier,
 *   maskGenAlgorithm [1] MaskGenAlgorithm DEFAULT mgf1SHA1Identifier,
 *   saltLength       [2] INTEGER          DEFAULT 20,
 *   trailerField     [3] INTEGER          DEFAULT 1 }
 * ```
 * Absent parameters are the defaults as well: RFC 4055 forbids it for signatures, old signers do it.
 */
const decodePssParameters = (parameters: Tlv | undefined, path: string): PssParameters => {
  if (parameters === undefined || parameters.tag === TAG.null) return PSS_DEFAULTS;
  const where = `${path}.parameters`;
  let { hash, mgfHash, saltLength, trailerField } = PSS_DEFAULTS;
  let last = 0;
  for (const field of parameters.expect(TAG.sequence, where).children()) {
    const [value, ...more] = field.constructed ? field.children() : [];
    if (field.tag <= last || value === undefined || more.length > 0) {
      throw unknown("parameters [0] to [3] in order", RSASSA_PSS, where);
    }
    last = field.tag;
    if (field.tag === 0xa0) hash = hashAlgorithmOf(decodeAlgorithmIdentifier(value, where), where);
    else if (field.tag === 0xa1) mgfHash = decodeMaskGeneration(value, where);
    else if (field.tag === 0xa2) saltLength = readSmallInteger(value, `${where}.saltLength`);
    else if (field.tag === 0xa3) trailerField = readSmallInteger(value, `${where}.trailerField`);
    else throw unknown("parameters [0] to [3] in order", RSASSA_PSS, where);
  }
  return { hash, mgfHash, saltLength, trailerField };
};

const decodeMaskGeneration = (element: Tlv, path: string): HashName => {
  const { algorithm, parameters } = decodeAlgorithmIdentifier(element, path);
  if (algorithm !== MGF1) throw unknown("mask generation function MGF1", algorithm, path);
  if (parameters === undefined) return PSS_DEFAULTS.mgfHash;
  return hashAlgorithmOf(decodeAlgorithmIdentifier(parameters, path), path);
};

const unknown = (expected: string, found: Oid, path: string): EmrtdError =>
  new EmrtdError("ALGORITHM_UNKNOWN", `expected ${expected} for ${path}, found ${found}`, { path });
