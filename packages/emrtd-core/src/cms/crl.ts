import { equalBytes } from "../bytes.js";
import { readBitStringBytes, readIntegerBytes, readSmallInteger, TAG } from "../der.js";
import { EmrtdError } from "../errors.js";
import type { Oid } from "../oid.js";
import { decodeTlv, type Tlv } from "../tlv.js";
import {
  decodeAlgorithmIdentifier,
  type SignatureAlgorithm,
  signatureAlgorithmOf,
} from "./algorithm.js";
import {
  criticalExtensionsOfEntry,
  decodeRevokedCertificate,
  type RevokedCertificate,
  serialNumberOfEntry,
} from "./crl-entry.js";
import {
  type AuthorityKeyIdentifier,
  decodeAuthorityKeyIdentifier,
  decodeDirectoryNames,
  decodeExtensions,
  EXTENSION,
  type Extension,
} from "./extensions.js";
import { Name } from "./name.js";
import { serialNumberKey } from "./serial-number.js";
import { readTime } from "./time.js";

/** Extensions of a revocation list (RFC 5280, 5.2; Doc 9303-12, 7.1.4, table 10). */
export const CRL_EXTENSION = {
  issuerAltName: EXTENSION.issuerAltName,
  cRLNumber: "2.5.29.20",
  deltaCRLIndicator: "2.5.29.27",
  issuingDistributionPoint: "2.5.29.28",
  authorityKeyIdentifier: EXTENSION.authorityKeyIdentifier,
} as const satisfies Record<string, Oid>;

const KNOWN: ReadonlySet<Oid> = /* @__PURE__ */ new Set(Object.values(CRL_EXTENSION));

/** Lists of changes, and lists of some certificates only or of other issuers': the profile has neither. */
const PARTIAL: ReadonlySet<Oid> = /* @__PURE__ */ new Set([
  CRL_EXTENSION.deltaCRLIndicator,
  CRL_EXTENSION.issuingDistributionPoint,
]);

/**
 * Certificate revocation list (RFC 5280, 5.1; profile of Doc 9303-12, 7.1.4). Its frame is checked by
 * {@link decodeCrl}; a field is read when it is first asked for, the entries when the first serial number
 * is looked up.
 *
 * ```asn1
 * CertificateList ::= SEQUENCE { tbsCertList TBSCertList, signatureAlgorithm AlgorithmIdentifier, signatureValue BIT STRING }
 * TBSCertList ::= SEQUENCE {
 *   version INTEGER OPTIONAL, signature AlgorithmIdentifier, issuer Name,
 *   thisUpdate Time, nextUpdate Time OPTIONAL,
 *   revokedCertificates SEQUENCE OF RevokedCertificate OPTIONAL,
 *   crlExtensions [0] EXPLICIT Extensions OPTIONAL }
 * ```
 */
export class Crl {
  readonly #signed: Tlv;
  readonly #fields: TbsFields;
  readonly #algorithm: Tlv;
  readonly #signature: Tlv;
  #issuer: Name | undefined;
  #extensions: readonly Extension[] | undefined;
  #entries: ReadonlyMap<string, Tlv> | undefined;

  /** Use {@link decodeCrl}. */
  constructor(
    /** The whole list, as received. */
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

  /** What the signature is over: tbsCertList as received. */
  get signedBytes(): Uint8Array {
    return this.#signed.bytes;
  }

  /** 1 or 2; Doc 9303 wants 2. */
  get version(): number {
    const { version } = this.#fields;
    return version === undefined ? 1 : 1 + readSmallInteger(version, "version");
  }

  get issuer(): Name {
    this.#issuer ??= new Name(this.#fields.issuer, "issuer");
    return this.#issuer;
  }

  get thisUpdate(): Date {
    return readTime(this.#fields.thisUpdate, "thisUpdate");
  }

  /** By when the next list is issued: Doc 9303 wants it to be there. */
  get nextUpdate(): Date | undefined {
    const { nextUpdate } = this.#fields;
    return nextUpdate && readTime(nextUpdate, "nextUpdate");
  }

  /** @throws EmrtdError `CRL_INVALID` where the signed part names another algorithm, `ALGORITHM_UNKNOWN`. */
  get signatureAlgorithm(): SignatureAlgorithm {
    if (!equalBytes(this.#algorithm.bytes, this.#fields.signature.bytes)) {
      throw invalid("the same algorithm inside and outside of what is signed", "signature");
    }
    const identifier = decodeAlgorithmIdentifier(this.#algorithm, "signatureAlgorithm");
    return signatureAlgorithmOf(identifier, "signatureAlgorithm");
  }

  get signature(): Uint8Array {
    return readBitStringBytes(this.#signature, "signatureValue");
  }

  get extensions(): readonly Extension[] {
    this.#extensions ??= readExtensions(this.#fields.extensions);
    return this.#extensions;
  }

  get authorityKeyIdentifier(): AuthorityKeyIdentifier | undefined {
    const value = this.#extension("authorityKeyIdentifier");
    return value && decodeAuthorityKeyIdentifier(value);
  }

  /** Names that the issuer had before, where it says so (Doc 9303-12, 7.1.4, note 1). */
  get issuerAltNames(): readonly Name[] {
    const value = this.#extension("issuerAltName");
    return value === undefined ? [] : decodeDirectoryNames(value, "issuerAltName");
  }

  /** Content of the INTEGER cRLNumber. */
  get crlNumber(): Uint8Array | undefined {
    const value = this.#extension("cRLNumber");
    return value && readIntegerBytes(decodeTlv(value), "cRLNumber");
  }

  /**
   * Extensions, of the list or of an entry, because of which it tells nothing of any certificate: it is
   * partial, or says something critical that is not known here (RFC 5280, 5.2 and 5.3).
   */
  get unsupportedExtensions(): readonly Oid[] {
    const ofList = this.extensions
      .filter(({ id, critical }) => PARTIAL.has(id) || (critical && !KNOWN.has(id)))
      .map(({ id }) => id);
    const ofEntries = [...this.#index().values()].flatMap(criticalExtensionsOfEntry);
    return [...new Set([...ofList, ...ofEntries])];
  }

  /** How many certificates are taken back. */
  get size(): number {
    return this.#index().size;
  }

  /** The entry of a serial number; undefined where the certificate is not taken back. */
  entryOf(serialNumber: Uint8Array): RevokedCertificate | undefined {
    const element = this.#index().get(serialNumberKey(serialNumber));
    return element && decodeRevokedCertificate(element);
  }

  /** Every entry, in the order of the list. */
  *entries(): Generator<RevokedCertificate> {
    for (const element of this.#index().values()) yield decodeRevokedCertificate(element);
  }

  #extension(name: keyof typeof CRL_EXTENSION): Uint8Array | undefined {
    return this.extensions.find(({ id }) => id === CRL_EXTENSION[name])?.value;
  }

  #index(): ReadonlyMap<string, Tlv> {
    this.#entries ??= indexEntries(this.#fields.revokedCertificates);
    return this.#entries;
  }
}

interface TbsFields {
  readonly version: Tlv | undefined;
  readonly signature: Tlv;
  readonly issuer: Tlv;
  readonly thisUpdate: Tlv;
  readonly nextUpdate: Tlv | undefined;
  readonly revokedCertificates: Tlv | undefined;
  readonly extensions: Tlv | undefined;
}

/**
 * Reads the frame of a revocation list.
 *
 * @throws EmrtdError `CRL_INVALID` or `TLV_…` where it is none.
 */
export const decodeCrl = (bytes: Uint8Array): Crl => {
  const [tbs, algorithm, signature, ...more] = decodeTlv(bytes)
    .expect(TAG.sequence, "CertificateList")
    .children();
  if (tbs === undefined || algorithm === undefined || signature === undefined || more.length > 0) {
    throw invalid("three elements", "CertificateList");
  }
  const fields = readTbsFields(tbs.expect(TAG.sequence, "tbsCertList").children());
  return new Crl(bytes, tbs, fields, algorithm, signature);
};

const readTbsFields = (elements: Tlv[]): TbsFields => {
  const path = "tbsCertList";
  const take = (...tags: readonly number[]): Tlv | undefined =>
    tags.includes(elements[0]?.tag ?? 0) ? elements.shift() : undefined;
  const version = take(TAG.integer);
  const [signature, issuer, thisUpdate] = elements.splice(0, 3);
  if (signature === undefined || issuer === undefined || thisUpdate === undefined) {
    throw invalid("an algorithm, an issuer and a time", path);
  }
  const nextUpdate = take(TAG.utcTime, TAG.generalizedTime);
  const revokedCertificates = take(TAG.sequence);
  const extensions = take(0xa0);
  if (elements.length > 0) throw invalid("no more elements", path);
  return {
    version,
    signature: signature.expect(TAG.sequence, `${path}.signature`),
    issuer: issuer.expect(TAG.sequence, `${path}.issuer`),
    thisUpdate,
    nextUpdate,
    revokedCertificates,
    extensions,
  };
};

const readExtensions = (element: Tlv | undefined): readonly Extension[] => {
  const [list, ...more] = element?.children() ?? [];
  if (more.length > 0) throw invalid("one element", "crlExtensions");
  return list === undefined ? [] : decodeExtensions(list, "crlExtensions");
};

/** Entries by serial number, unread: a list may have hundreds of thousands. */
const indexEntries = (element: Tlv | undefined): ReadonlyMap<string, Tlv> => {
  const entries = new Map<string, Tlv>();
  for (const item of element?.children() ?? []) {
    const key = serialNumberKey(serialNumberOfEntry(item));
    // A certificate stays revoked whatever a second entry says.
    if (!entries.has(key)) entries.set(key, item);
  }
  return entries;
};

const invalid = (expected: string, path: string): EmrtdError =>
  new EmrtdError("CRL_INVALID", `expected ${expected} for ${path}`, { path });
