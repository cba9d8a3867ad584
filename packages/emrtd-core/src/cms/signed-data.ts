import { derOid, derSequence, readOctetString, readOid, readSmallInteger, TAG } from "../der.js";
import { EmrtdError } from "../errors.js";
import type { Oid } from "../oid.js";
import { decodeTlv, encodeTlv, type Tlv } from "../tlv.js";
import { decodeSignerInfo, type SignerInfo } from "./signer-info.js";

export const ID_SIGNED_DATA: Oid = "1.2.840.113549.1.7.2";

/** What is read of one SignedData at most; a document has one of each. */
export const SIGNED_DATA_LIMITS = {
  certificates: 10_000,
  crls: 1_000,
  signerInfos: 16,
} as const;

/**
 * SignedData in its ContentInfo (RFC 5652, 3 and 5), BER or DER. Certificates and revocation lists are
 * kept as bytes: whoever needs one decodes it.
 *
 * ```asn1
 * ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, content [0] EXPLICIT ANY }
 * SignedData ::= SEQUENCE {
 *   version INTEGER, digestAlgorithms SET OF AlgorithmIdentifier,
 *   encapContentInfo SEQUENCE { eContentType OBJECT IDENTIFIER, eContent [0] EXPLICIT OCTET STRING OPTIONAL },
 *   certificates [0] IMPLICIT SET OF ANY OPTIONAL, crls [1] IMPLICIT SET OF ANY OPTIONAL,
 *   signerInfos SET OF SignerInfo }
 * ```
 */
export interface SignedData {
  readonly version: number;
  /** Whether the lengths down to the content are definite, as DER demands. */
  readonly definite: boolean;
  readonly contentType: Oid;
  /** The octets that were signed; undefined where they are kept elsewhere (detached). */
  readonly content: Uint8Array | undefined;
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly signerInfos: readonly SignerInfo[];
}

/**
 * @throws EmrtdError `CMS_INVALID` where the structure is another one, `TLV_…`, `DER_INVALID` and
 *   `OID_INVALID` where a part is malformed.
 */
export const decodeSignedData = (bytes: Uint8Array): SignedData => readSignedData(decodeTlv(bytes));

/** The same of an element that is already read. */
export const readSignedData = (contentInfo: Tlv): SignedData => {
  const [type, wrapper, ...rest] = contentInfo.expect(TAG.sequence, "ContentInfo").children();
  if (type === undefined || wrapper === undefined || rest.length > 0) {
    throw invalid("a content type and a content", "ContentInfo");
  }
  if (readOid(type, "ContentInfo.contentType") !== ID_SIGNED_DATA) {
    throw invalid(`content type ${ID_SIGNED_DATA}`, "ContentInfo.contentType");
  }
  const signedData = onlyChild(wrapper.expect(0xa0, "ContentInfo.content"), "ContentInfo.content");
  const [version, digestAlgorithms, encapsulated, ...optional] = signedData
    .expect(TAG.sequence, "SignedData")
    .children();
  const signerInfos = optional.pop();
  if (
    version === undefined ||
    digestAlgorithms === undefined ||
    encapsulated === undefined ||
    signerInfos === undefined
  ) {
    throw invalid("four elements at least", "SignedData");
  }
  // What matters of digestAlgorithms stands in each SignerInfo again.
  digestAlgorithms.expect(TAG.set, "SignedData.digestAlgorithms");
  const certificates = optional[0]?.tag === 0xa0 ? optional.shift() : undefined;
  const crls = optional[0]?.tag === 0xa1 ? optional.shift() : undefined;
  if (optional.length > 0) throw invalid("certificates [0] and crls [1] in order", "SignedData");
  const signers = setOf(
    signerInfos.expect(TAG.set, "SignedData.signerInfos"),
    SIGNED_DATA_LIMITS.signerInfos,
    "SignedData.signerInfos",
  );
  return {
    version: readSmallInteger(version, "SignedData.version"),
    definite: [contentInfo, wrapper, signedData, encapsulated].every(
      (element) => element.end === element.valueEnd,
    ),
    ...readEncapsulatedContent(encapsulated),
    certificates: setOf(
      certificates,
      SIGNED_DATA_LIMITS.certificates,
      "SignedData.certificates",
    ).map((element) => element.bytes),
    crls: setOf(crls, SIGNED_DATA_LIMITS.crls, "SignedData.crls").map((element) => element.bytes),
    signerInfos: signers.map((element, index) =>
      decodeSignerInfo(element, `SignedData.signerInfos[${index}]`),
    ),
  };
};

/** The octets of SignedData that are written once everything in it exists as DER. */
export const encodeSignedData = (parts: {
  readonly version: number;
  readonly digestAlgorithms: Uint8Array;
  readonly encapsulatedContent: Uint8Array;
  readonly certificates: readonly Uint8Array[];
  readonly signerInfos: Uint8Array;
}): Uint8Array<ArrayBuffer> =>
  derSequence(
    derOid(ID_SIGNED_DATA),
    encodeTlv(
      0xa0,
      derSequence(
        Uint8Array.of(TAG.integer, 1, parts.version),
        parts.digestAlgorithms,
        parts.encapsulatedContent,
        ...(parts.certificates.length > 0 ? [encodeTlv(0xa0, ...parts.certificates)] : []),
        parts.signerInfos,
      ),
    ),
  );

const readEncapsulatedContent = (element: Tlv): Pick<SignedData, "contentType" | "content"> => {
  const path = "SignedData.encapContentInfo";
  const [type, wrapper, ...more] = element.expect(TAG.sequence, path).children();
  if (type === undefined || more.length > 0) throw invalid("a type and a content", path);
  const content = wrapper && onlyChild(wrapper.expect(0xa0, `${path}.eContent`), path);
  return {
    contentType: readOid(type, `${path}.eContentType`),
    content: content && readOctetString(content, `${path}.eContent`),
  };
};

const setOf = (element: Tlv | undefined, limit: number, path: string): readonly Tlv[] => {
  const items = element?.children() ?? [];
  if (items.length > limit) throw invalid(`at most ${limit} elements`, path);
  return items;
};

const onlyChild = (element: Tlv, path: string): Tlv => {
  const [child, ...more] = element.children();
  if (child === undefined || more.length > 0) throw invalid("one element", path);
  return child;
};

const invalid = (expected: string, path: string): EmrtdError =>
  new EmrtdError("CMS_INVALID", `expected ${expected} for ${path}`, { path });
