import { equalBytes } from "../bytes.js";
import { decodeSubjectPublicKeyInfo, type PublicKey } from "../crypto/public-key.js";
import { readBitStringBytes, readIntegerBytes, readSmallInteger, TAG } from "../der.js";
import { EmrtdError } from "../errors.js";
import type { Oid } from "../oid.js";
import { decodeTlv, type Tlv } from "../tlv.js";
import {
  type AlgorithmIdentifier,
  decodeAlgorithmIdentifier,
  type SignatureAlgorithm,
  signatureAlgorithmOf,
} from "./algorithm.js";
import {
  type AuthorityKeyIdentifier,
  type BasicConstraints,
  decodeAuthorityKeyIdentifier,
  decodeBasicConstraints,
  decodeDirectoryNames,
  decodeDocumentTypeList,
  decodeExtensions,
  decodeExtKeyUsage,
  decodeKeyUsage,
  decodePrivateKeyUsagePeriod,
  decodeSubjectKeyIdentifier,
  EXTENSION,
  type Extension,
  type KeyUsage,
  type PrivateKeyUsagePeriod,
} from "./extensions.js";
import { Name } from "./name.js";
import { readTbsFields, type TbsFields } from "./tbs-certificate.js";
import { readTime } from "./time.js";

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Extensions that {@link Certificate} reads; any other that is critical is one it does not know. */
const KNOWN_EXTENSIONS: ReadonlySet<Oid> = /* @__PURE__ */ (() =>
  new Set(Object.values(EXTENSION)))();

/**
 * X.509 certificate (RFC 5280, 4.1; profiles of Doc 9303-12, 7.1.1). Its frame is checked by
 * {@link decodeCertificate}; each field is read when it is first asked for, and keeps its result, so that
 * thousands can be indexed by one field. Asking for a malformed field throws EmrtdError.
 *
 * ```asn1
 * Certificate ::= SEQUENCE { tbsCertificate TBSCertificate, signatureAlgorithm AlgorithmIdentifier, signatureValue BIT STRING }
 * TBSCertificate ::= SEQUENCE {
 *   version [0] EXPLICIT INTEGER DEFAULT v1, serialNumber INTEGER, signature AlgorithmIdentifier,
 *   issuer Name, validity SEQUENCE { notBefore Time, notAfter Time }, subject Name,
 *   subjectPublicKeyInfo SubjectPublicKeyInfo,
 *   issuerUniqueID [1] OPTIONAL, subjectUniqueID [2] OPTIONAL, extensions [3] EXPLICIT OPTIONAL }
 * ```
 */
export class Certificate {
  readonly #signed: Tlv;
  readonly #fields: TbsFields;
  readonly #algorithm: Tlv;
  readonly #signature: Tlv;
  readonly #cache = new Map<string, unknown>();

  /** Use {@link decodeCertificate}. */
  constructor(
    /** The whole certificate, as received. */
    readonly bytes: Uint8Array,
    signed: Tlv,
    fields: TbsFields,
    algorithm: Tlv,
    signature: Tlv,
  ) {
    this.#signed = signed;
    this.#fields = fields;
    this.#algorithm = algorithm;
    this.#signature = signature;
  }

  /** What the signature is over: tbsCertificate as received. */
  get signedBytes(): Uint8Array {
    return this.#signed.bytes;
  }

  /** 1, 2 or 3; Doc 9303 wants 3. */
  get version(): number {
    const { version } = this.#fields;
    return version === undefined
      ? 1
      : 1 + readSmallInteger(onlyChild(version, "version"), "version");
  }

  /** Content of the INTEGER, as it stands. */
  get serialNumber(): Uint8Array {
    return readIntegerBytes(this.#fields.serialNumber, "serialNumber");
  }

  get issuer(): Name {
    return this.#once("issuer", () => new Name(this.#fields.issuer, "issuer"));
  }

  get subject(): Name {
    return this.#once("subject", () => new Name(this.#fields.subject, "subject"));
  }

  get validity(): Validity {
    return this.#once("validity", () => {
      const path = "validity";
      const [notBefore, notAfter, ...more] = this.#fields.validity
        .expect(TAG.sequence, path)
        .children();
      if (notBefore === undefined || notAfter === undefined || more.length > 0) {
        throw invalid("two times", path);
      }
      return { notBefore: readTime(notBefore, path), notAfter: readTime(notAfter, path) };
    });
  }

  get subjectPublicKeyInfo(): Uint8Array {
    return this.#fields.subjectPublicKeyInfo.bytes;
  }

  /** @throws EmrtdError `EC_PARAMETERS_UNKNOWN` for domain parameters that are no known curve's. */
  get publicKey(): PublicKey {
    return this.#once("publicKey", () => decodeSubjectPublicKeyInfo(this.subjectPublicKeyInfo));
  }

  /** @throws EmrtdError `CERTIFICATE_INVALID` where the signed part names another algorithm (RFC 5280, 4.1.1.2). */
  get signatureAlgorithmIdentifier(): AlgorithmIdentifier {
    return this.#once("signatureAlgorithmIdentifier", () => {
      if (!equalBytes(this.#algorithm.bytes, this.#fields.signature.bytes)) {
        throw invalid("the same algorithm inside and outside of what is signed", "signature");
      }
      return decodeAlgorithmIdentifier(this.#algorithm, "signatureAlgorithm");
    });
  }

  /** @throws EmrtdError `ALGORITHM_UNKNOWN`. */
  get signatureAlgorithm(): SignatureAlgorithm {
    return this.#once("signatureAlgorithm", () =>
      signatureAlgorithmOf(this.signatureAlgorithmIdentifier, "signatureAlgorithm"),
    );
  }

  get signature(): Uint8Array {
    return readBitStringBytes(this.#signature, "signatureValue");
  }

  get extensions(): readonly Extension[] {
    return this.#once("extensions", () => {
      const { extensions } = this.#fields;
      if (extensions === undefined) return [];
      return decodeExtensions(onlyChild(extensions, "extensions"), "extensions");
    });
  }

  get authorityKeyIdentifier(): AuthorityKeyIdentifier | undefined {
    return this.#extension("authorityKeyIdentifier", decodeAuthorityKeyIdentifier);
  }

  get subjectKeyIdentifier(): Uint8Array | undefined {
    return this.#extension("subjectKeyIdentifier", decodeSubjectKeyIdentifier);
  }

  get keyUsage(): readonly KeyUsage[] | undefined {
    return this.#extension("keyUsage", decodeKeyUsage);
  }

  get basicConstraints(): BasicConstraints | undefined {
    return this.#extension("basicConstraints", decodeBasicConstraints);
  }

  get privateKeyUsagePeriod(): PrivateKeyUsagePeriod | undefined {
    return this.#extension("privateKeyUsagePeriod", decodePrivateKeyUsagePeriod);
  }

  get extKeyUsage(): readonly Oid[] | undefined {
    return this.#extension("extKeyUsage", decodeExtKeyUsage);
  }

  /** Document types that the signer may sign, as the MRZ has them. */
  get documentTypeList(): readonly string[] | undefined {
    return this.#extension("documentTypeList", decodeDocumentTypeList);
  }

  /** Directory names of the subject's alternative names: three-letter codes stand there. */
  get subjectAltNames(): readonly Name[] {
    const decode = (value: Uint8Array) => decodeDirectoryNames(value, "subjectAltName");
    return this.#extension("subjectAltName", decode) ?? [];
  }

  get issuerAltNames(): readonly Name[] {
    const decode = (value: Uint8Array) => decodeDirectoryNames(value, "issuerAltName");
    return this.#extension("issuerAltName", decode) ?? [];
  }

  /** CRLDistributionPoints as DER. Nothing is ever fetched from there. */
  get crlDistributionPoints(): Uint8Array | undefined {
    return this.extensions.find(({ id }) => id === EXTENSION.cRLDistributionPoints)?.value;
  }

  /** Critical extensions that nothing here understands: a path through them is no path (RFC 5280, 4.2). */
  get unknownCriticalExtensions(): readonly Oid[] {
    return this.extensions
      .filter(({ id, critical }) => critical && !KNOWN_EXTENSIONS.has(id))
      .map(({ id }) => id);
  }

  #extension<T>(name: keyof typeof EXTENSION, decode: (value: Uint8Array) => T): T | undefined {
    return this.#once(name, () => {
      const extension = this.extensions.find(({ id }) => id === EXTENSION[name]);
      return extension && decode(extension.value);
    });
  }

  #once<T>(field: string, read: () => T): T {
    if (!this.#cache.has(field)) this.#cache.set(field, read());
    return this.#cache.get(field) as T;
  }
}

/**
 * Reads the frame of a certificate.
 *
 * @throws EmrtdError `CERTIFICATE_INVALID` or `TLV_…` where it is no certificate.
 */
export const decodeCertificate = (bytes: Uint8Array): Certificate => {
  const element = decodeTlv(bytes);
  const [tbs, algorithm, signature, ...more] = element
    .expect(TAG.sequence, "Certificate")
    .children();
  if (tbs === undefined || algorithm === undefined || signature === undefined || more.length > 0) {
    throw invalid("three elements", "Certificate");
  }
  const fields = readTbsFields(tbs);
  return new Certificate(bytes, tbs, fields, algorithm, signature);
};

const onlyChild = (element: Tlv, path: string): Tlv => {
  const [child, ...more] = element.children();
  if (child === undefined || more.length > 0) throw invalid("one element", path);
  return child;
};

const invalid = (expected: string, path: string): EmrtdError =>
  new EmrtdError("CERTIFICATE_INVALID", `expected ${expected} for ${path}`, { path });
