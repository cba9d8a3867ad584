import { decodeAlgorithmIdentifier } from "../cms/algorithm.js";
import { readSignedData, type SignedData } from "../cms/signed-data.js";
import {
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derUnsigned,
  readOctetString,
  readSmallInteger,
  TAG,
} from "../der.js";
import { EmrtdError } from "../errors.js";
import type { Oid } from "../oid.js";
import { decodeTlv, encodeTlv, type Tlv } from "../tlv.js";
import type { DataGroupNumber } from "./files.js";

/** EF.SOD, Doc 9303-10, 4.6.2. */
const SOD_TAG = 0x77;

/** id-icao-mrtd-security-ldsSecurityObject. */
export const LDS_SECURITY_OBJECT: Oid = "2.23.136.1.1.1";

/** What documents of old name in its place: id-data (CN), and identifiers of makers (FR, BE; NL). */
const OLD_CONTENT_TYPES: ReadonlySet<Oid> = /* @__PURE__ */ new Set([
  "1.2.840.113549.1.7.1",
  "1.3.27.1.1.1",
  "1.2.528.1.1006.1.20.1",
]);

/**
 * What a document security object says: the hash of each data group that its issuer vouches for.
 *
 * ```asn1
 * LDSSecurityObject ::= SEQUENCE {
 *   version INTEGER { v0(0), v1(1) }, hashAlgorithm AlgorithmIdentifier,
 *   dataGroupHashValues SEQUENCE SIZE (2..16) OF SEQUENCE { dataGroupNumber INTEGER, dataGroupHashValue OCTET STRING },
 *   ldsVersionInfo SEQUENCE { ldsVersion PrintableString, unicodeVersion PrintableString } OPTIONAL }
 * ```
 */
export interface LdsSecurityObject {
  readonly version: number;
  readonly hashAlgorithm: Oid;
  /** In the order of the encoding. */
  readonly dataGroupHashes: ReadonlyMap<DataGroupNumber, Uint8Array>;
  /** With version 1: `{ ldsVersion: "0108", unicodeVersion: "040000" }`. */
  readonly ldsVersionInfo?: { readonly ldsVersion: string; readonly unicodeVersion: string };
}

/** EF.SOD: the signed object and what it says. That it is signed by anyone is for verification to say. */
export interface Sod extends LdsSecurityObject {
  /** The whole file, as read. */
  readonly bytes: Uint8Array;
  readonly signedData: SignedData;
  /** What is signed. */
  readonly encapsulated: { readonly contentType: Oid; readonly content: Uint8Array };
  /** Whether it names its content as the standard does, and not in one of the ways of old. */
  readonly contentTypeIsStandard: boolean;
}

/**
 * Reads EF.SOD, BER or DER.
 *
 * @throws EmrtdError `SOD_INVALID` where it lists a data group twice or none, or holds other content;
 *   `CMS_INVALID`, `TLV_…`, `DER_INVALID`, `OID_INVALID` where a part is malformed.
 */
export const decodeSod = (bytes: Uint8Array): Sod => {
  const [contentInfo, ...more] = decodeTlv(bytes).expect(SOD_TAG, "EF.SOD").children();
  if (contentInfo === undefined || more.length > 0) throw invalid("one SignedData", "EF.SOD");
  const signedData = readSignedData(contentInfo);
  const { contentType, content } = signedData;
  const contentTypeIsStandard = contentType === LDS_SECURITY_OBJECT;
  if (!contentTypeIsStandard && !OLD_CONTENT_TYPES.has(contentType)) {
    throw invalid(`content type ${LDS_SECURITY_OBJECT}, found ${contentType}`, "eContentType");
  }
  if (content === undefined) throw invalid("the content inside", "eContent");
  if (signedData.signerInfos.length === 0) throw invalid("at least one signer", "signerInfos");
  return {
    bytes,
    signedData,
    encapsulated: { contentType, content },
    contentTypeIsStandard,
    ...decodeLdsSecurityObject(content),
  };
};

/** Wraps a SignedData as the file. */
export const encodeSod = (signedData: Uint8Array): Uint8Array<ArrayBuffer> =>
  encodeTlv(SOD_TAG, signedData);

/** Reads the content alone; errors as {@link decodeSod}. */
export const decodeLdsSecurityObject = (bytes: Uint8Array): LdsSecurityObject => {
  const path = "LDSSecurityObject";
  const [version, hashAlgorithm, hashes, versionInfo, ...more] = decodeTlv(bytes)
    .expect(TAG.sequence, path)
    .children();
  if (
    version === undefined ||
    hashAlgorithm === undefined ||
    hashes === undefined ||
    more.length > 0
  ) {
    throw invalid("three or four elements", path);
  }
  const dataGroupHashes = new Map<DataGroupNumber, Uint8Array>();
  for (const element of hashes.expect(TAG.sequence, `${path}.dataGroupHashValues`).children()) {
    const [group, hash] = readDataGroupHash(element, `${path}.dataGroupHashValues`);
    // Of two hashes for one group nobody can say which one the issuer meant.
    if (dataGroupHashes.has(group)) throw invalid(`data group ${group} once`, path);
    dataGroupHashes.set(group, hash);
  }
  if (dataGroupHashes.size === 0) throw invalid("at least one data group", path);
  return {
    version: readSmallInteger(version, `${path}.version`),
    hashAlgorithm: decodeAlgorithmIdentifier(hashAlgorithm, `${path}.hashAlgorithm`).algorithm,
    dataGroupHashes,
    ...(versionInfo === undefined ? {} : { ldsVersionInfo: readVersionInfo(versionInfo) }),
  };
};

/** Writes the content; the hash algorithm's parameters are NULL. */
export const encodeLdsSecurityObject = (object: LdsSecurityObject): Uint8Array<ArrayBuffer> =>
  derSequence(
    derUnsigned(object.version),
    derSequence(derOid(object.hashAlgorithm), derNull()),
    derSequence(
      ...[...object.dataGroupHashes].map(([group, hash]) =>
        derSequence(derUnsigned(group), derOctetString(hash)),
      ),
    ),
    ...(object.ldsVersionInfo === undefined
      ? []
      : [
          derSequence(
            printable(object.ldsVersionInfo.ldsVersion),
            printable(object.ldsVersionInfo.unicodeVersion),
          ),
        ]),
  );

const readDataGroupHash = (element: Tlv, path: string): [DataGroupNumber, Uint8Array] => {
  const [number, hash, ...more] = element.expect(TAG.sequence, path).children();
  if (number === undefined || hash === undefined || more.length > 0) {
    throw invalid("a number and a hash", path);
  }
  const group = readSmallInteger(number, `${path}.dataGroupNumber`);
  if (group < 1 || group > 16) throw invalid("a data group from 1 to 16", path);
  return [group as DataGroupNumber, readOctetString(hash, `${path}.dataGroupHashValue`)];
};

const readVersionInfo = (element: Tlv): { ldsVersion: string; unicodeVersion: string } => {
  const path = "LDSSecurityObject.ldsVersionInfo";
  const [ldsVersion, unicodeVersion, ...more] = element.expect(TAG.sequence, path).children();
  if (ldsVersion === undefined || unicodeVersion === undefined || more.length > 0) {
    throw invalid("two versions", path);
  }
  return {
    ldsVersion: readVersion(ldsVersion, path),
    unicodeVersion: readVersion(unicodeVersion, path),
  };
};

const readVersion = (element: Tlv, path: string): string => {
  const text = element.expect(TAG.printableString, path).value;
  if (text.length > 16) throw invalid("a version of at most 16 characters", path);
  return String.fromCharCode(...text);
};

const printable = (text: string): Uint8Array =>
  encodeTlv(TAG.printableString, new TextEncoder().encode(text));

const invalid = (expected: string, path: string): EmrtdError =>
  new EmrtdError("SOD_INVALID", `expected ${expected} for ${path}`, { path });
