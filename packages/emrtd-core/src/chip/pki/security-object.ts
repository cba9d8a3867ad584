import { decodeCertificate } from "../../cms/certificate.js";
import { encodeHashAlgorithm, encodeSignatureAlgorithm } from "../../cms/encode-algorithm.js";
import { encodeSignedData } from "../../cms/signed-data.js";
import { CMS_ATTRIBUTE } from "../../cms/signer-info.js";
import { derTime } from "../../cms/time.js";
import type { HashName } from "../../crypto/provider.js";
import { derOctetString, derOid, derSequence, derSetOf, derUnsigned, TAG } from "../../der.js";
import { EmrtdError } from "../../errors.js";
import {
  encodeLdsSecurityObject,
  encodeSod,
  LDS_SECURITY_OBJECT,
  type LdsSecurityObject,
} from "../../lds/sod.js";
import type { Oid } from "../../oid.js";
import { encodeTlv } from "../../tlv.js";
import { type SigningKey, type SigningTools, signMessage } from "./sign.js";

/** Who signs: a key, and the certificate of it. */
export interface SecurityObjectSigner extends SigningKey {
  readonly certificate: Uint8Array;
  /** Hash of content and attributes; that of the signature unless said otherwise. */
  readonly digest?: HashName;
  /** Names the certificate by its issuer and serial number, or by its key identifier. */
  readonly sid?: "issuer-and-serial-number" | "subject-key-identifier";
  /** Sign the content itself, as documents of old do. */
  readonly withoutSignedAttributes?: boolean;
  readonly signingTime?: Date;
}

export interface SecurityObjectOptions {
  readonly contentType?: Oid;
  /** Certificates that the file carries; those of its signers unless said otherwise. */
  readonly certificates?: readonly Uint8Array[];
}

/** Makes EF.SOD (Doc 9303-10, 4.6.2, table 37). */
export const issueSecurityObject = (
  content: LdsSecurityObject,
  signers: readonly SecurityObjectSigner[],
  tools: SigningTools,
  options: SecurityObjectOptions = {},
): Uint8Array<ArrayBuffer> =>
  encodeSod(
    signContent(
      options.contentType ?? LDS_SECURITY_OBJECT,
      encodeLdsSecurityObject(content),
      signers,
      tools,
      options.certificates,
    ),
  );

/** Makes a SignedData around any content. */
export const signContent = (
  contentType: Oid,
  content: Uint8Array,
  signers: readonly SecurityObjectSigner[],
  tools: SigningTools,
  certificates: readonly Uint8Array[] = signers.map(({ certificate }) => certificate),
): Uint8Array<ArrayBuffer> =>
  encodeSignedData({
    version: 3,
    digestAlgorithms: derSetOf(...signers.map((signer) => encodeHashAlgorithm(digestOf(signer)))),
    encapsulatedContent: derSequence(derOid(contentType), encodeTlv(0xa0, derOctetString(content))),
    certificates,
    signerInfos: derSetOf(
      ...signers.map((signer) => makeSignerInfo(signer, contentType, content, tools)),
    ),
  });

const digestOf = ({ digest, algorithm }: SecurityObjectSigner): HashName =>
  digest ?? algorithm.hash;

const makeSignerInfo = (
  signer: SecurityObjectSigner,
  contentType: Oid,
  content: Uint8Array,
  tools: SigningTools,
): Uint8Array => {
  const digest = digestOf(signer);
  const attributes = signer.withoutSignedAttributes
    ? undefined
    : derSetOf(
        attribute(CMS_ATTRIBUTE.contentType, derOid(contentType)),
        attribute(CMS_ATTRIBUTE.messageDigest, derOctetString(tools.crypto.hash(digest, content))),
        ...(signer.signingTime === undefined
          ? []
          : [attribute(CMS_ATTRIBUTE.signingTime, derTime(signer.signingTime))]),
      );
  const signature = signMessage(signer, attributes ?? content, tools);
  const sid = signerIdentifier(signer);
  return derSequence(
    // RFC 5652, 5.3: the version follows from the form of the identifier.
    derUnsigned(sid[0] === TAG.sequence ? 1 : 3),
    sid,
    encodeHashAlgorithm(digest),
    // What is signed as a SET OF is sent with a context tag (RFC 5652, 5.4).
    ...(attributes === undefined ? [] : [retag(attributes, 0xa0)]),
    encodeSignatureAlgorithm(signer.algorithm),
    derOctetString(signature),
  );
};

const attribute = (type: Oid, value: Uint8Array): Uint8Array =>
  derSequence(derOid(type), derSetOf(value));

const retag = (bytes: Uint8Array, tag: number): Uint8Array => {
  const copy = new Uint8Array(bytes);
  copy[0] = tag;
  return copy;
};

const signerIdentifier = ({ certificate, sid }: SecurityObjectSigner): Uint8Array => {
  const decoded = decodeCertificate(certificate);
  if (sid !== "subject-key-identifier") {
    return derSequence(decoded.issuer.bytes, encodeTlv(TAG.integer, decoded.serialNumber));
  }
  if (decoded.subjectKeyIdentifier === undefined) {
    throw new EmrtdError("CRYPTO_INPUT", "expected a certificate with a subject key identifier");
  }
  return encodeTlv(0x80, decoded.subjectKeyIdentifier);
};
