import {
  derSetOf,
  readIntegerBytes,
  readOctetString,
  readOid,
  readSmallInteger,
  TAG,
} from "../der.js";
import { EmrtdError } from "../errors.js";
import type { Oid } from "../oid.js";
import { encodeTlv, type Tlv } from "../tlv.js";
import { type AlgorithmIdentifier, decodeAlgorithmIdentifier } from "./algorithm.js";
import { Name } from "./name.js";
import { readTime } from "./time.js";

/** How a SignerInfo names the certificate of its signer. */
export type SignerIdentifier =
  | { readonly issuer: Name; readonly serialNumber: Uint8Array }
  | { readonly subjectKeyIdentifier: Uint8Array };

/** Attribute types of RFC 5652, 11. */
export const CMS_ATTRIBUTE = {
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
} as const satisfies Record<string, Oid>;

export interface SignedAttributes {
  /**
   * What the signature is over: the SET OF as received, its own tag in place of the context tag it came
   * with (RFC 5652, 5.4). Order and encoding are the signer's, not put right.
   */
  readonly signedBytes: Uint8Array;
  readonly contentType: Oid;
  readonly messageDigest: Uint8Array;
  /** What the signer says of the time; nobody vouches for it. */
  readonly signingTime: Date | undefined;
}

/**
 * SignerInfo (RFC 5652, 5.3).
 *
 * ```asn1
 * SignerInfo ::= SEQUENCE {
 *   version INTEGER, sid CHOICE { IssuerAndSerialNumber, [0] SubjectKeyIdentifier },
 *   digestAlgorithm AlgorithmIdentifier, signedAttrs [0] IMPLICIT SET OF Attribute OPTIONAL,
 *   signatureAlgorithm AlgorithmIdentifier, signature OCTET STRING,
 *   unsignedAttrs [1] IMPLICIT SET OF Attribute OPTIONAL }
 * Attribute ::= SEQUENCE { attrType OBJECT IDENTIFIER, attrValues SET OF ANY }
 * ```
 */
export interface SignerInfo {
  readonly version: number;
  readonly sid: SignerIdentifier;
  readonly digestAlgorithm: AlgorithmIdentifier;
  readonly signedAttributes: SignedAttributes | undefined;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
}

/** Signed attributes that are read at most. */
const MAX_ATTRIBUTES = 64;

export const decodeSignerInfo = (element: Tlv, path: string): SignerInfo => {
  const fields = element.expect(TAG.sequence, path).children();
  const [version, sid, digestAlgorithm, ...rest] = fields;
  const signedAttributes = rest[0]?.tag === 0xa0 ? rest.shift() : undefined;
  const [signatureAlgorithm, signature, unsignedAttributes, ...more] = rest;
  if (
    version === undefined ||
    sid === undefined ||
    digestAlgorithm === undefined ||
    signatureAlgorithm === undefined ||
    signature === undefined ||
    more.length > 0
  ) {
    throw invalid("five to seven elements", path);
  }
  unsignedAttributes?.expect(0xa1, `${path}.unsignedAttrs`);
  return {
    version: readSmallInteger(version, `${path}.version`),
    sid: decodeSignerIdentifier(sid, `${path}.sid`),
    digestAlgorithm: decodeAlgorithmIdentifier(digestAlgorithm, `${path}.digestAlgorithm`),
    signedAttributes:
      signedAttributes && decodeSignedAttributes(signedAttributes, `${path}.signedAttrs`),
    signatureAlgorithm: decodeAlgorithmIdentifier(signatureAlgorithm, `${path}.signatureAlgorithm`),
    signature: readOctetString(signature, `${path}.signature`),
  };
};

export const decodeSignerIdentifier = (element: Tlv, path: string): SignerIdentifier => {
  if (element.tag === 0x80) return { subjectKeyIdentifier: element.value };
  // Some encoders tag the octet string explicitly.
  if (element.tag === 0xa0) {
    const [identifier] = element.children();
    if (identifier !== undefined) {
      return { subjectKeyIdentifier: readOctetString(identifier, path) };
    }
  }
  const [issuer, serialNumber, ...more] = element.expect(TAG.sequence, path).children();
  if (issuer === undefined || serialNumber === undefined || more.length > 0) {
    throw invalid("an issuer and a serial number", path);
  }
  return {
    issuer: new Name(issuer, `${path}.issuer`),
    serialNumber: readIntegerBytes(serialNumber, `${path}.serialNumber`),
  };
};

/** The other way: as SignerInfo has it, an identifier of a key with the context tag [0]. */
export const encodeSignerIdentifier = (sid: SignerIdentifier): Uint8Array<ArrayBuffer> =>
  "issuer" in sid
    ? encodeTlv(TAG.sequence, sid.issuer.bytes, encodeTlv(TAG.integer, sid.serialNumber))
    : encodeTlv(0x80, sid.subjectKeyIdentifier);

const decodeSignedAttributes = (element: Tlv, path: string): SignedAttributes => {
  const attributes = element.children();
  if (attributes.length > MAX_ATTRIBUTES) {
    throw invalid(`at most ${MAX_ATTRIBUTES} attributes`, path);
  }
  const values = new Map<Oid, Tlv>();
  for (const attribute of attributes) {
    const [type, set, ...more] = attribute.expect(TAG.sequence, path).children();
    if (type === undefined || set === undefined || more.length > 0) {
      throw invalid("a type and its values", path);
    }
    const oid = readOid(type, `${path}.attrType`);
    if (!SINGLE_VALUED.has(oid)) continue;
    const [value, ...others] = set.expect(TAG.set, `${path}.attrValues`).children();
    if (value === undefined || others.length > 0 || values.has(oid)) {
      throw invalid(`attribute ${oid} once, with one value`, path);
    }
    values.set(oid, value);
  }
  const contentType = values.get(CMS_ATTRIBUTE.contentType);
  const messageDigest = values.get(CMS_ATTRIBUTE.messageDigest);
  const signingTime = values.get(CMS_ATTRIBUTE.signingTime);
  if (contentType === undefined || messageDigest === undefined) {
    throw invalid("contentType and messageDigest", path);
  }
  return {
    signedBytes: asSetOf(element),
    contentType: readOid(contentType, `${path}.contentType`),
    messageDigest: readOctetString(messageDigest, `${path}.messageDigest`),
    signingTime: signingTime && readTime(signingTime, `${path}.signingTime`),
  };
};

const SINGLE_VALUED: ReadonlySet<Oid> = /* @__PURE__ */ (() =>
  new Set(Object.values(CMS_ATTRIBUTE)))();

/** The element with the tag of SET OF; an indefinite length, which no signer hashes, made definite. */
const asSetOf = (element: Tlv): Uint8Array => {
  const indefinite = element.end !== element.valueEnd;
  if (indefinite) return encodeTlv(TAG.set, element.value);
  // A copy for certain: `slice` of a Buffer of Node is a window on the bytes of whoever called.
  const bytes = new Uint8Array(element.bytes);
  bytes[0] = TAG.set;
  return bytes;
};

/** Attribute with one value. */
export const encodeAttribute = (type: Uint8Array, value: Uint8Array): Uint8Array<ArrayBuffer> =>
  encodeTlv(TAG.sequence, type, derSetOf(value));

const invalid = (expected: string, path: string): EmrtdError =>
  new EmrtdError("CMS_INVALID", `expected ${expected} for ${path}`, { path });
