import { encodeSignatureAlgorithm } from "../../cms/encode-algorithm.js";
import { derTime } from "../../cms/time.js";
import type { CryptoProvider } from "../../crypto/provider.js";
import { encodeSubjectPublicKeyInfo, type PublicKey } from "../../crypto/public-key.js";
import { derBitString, derSequence, derUnsigned, readBitStringBytes } from "../../der.js";
import { decodeTlv, encodeTlv } from "../../tlv.js";
import { type ExtensionContent, encodeExtensions } from "./extensions.js";
import { encodeName, type NameContent } from "./name.js";
import { type SigningKey, type SigningTools, signMessage } from "./sign.js";

/** What a certificate is to say (Doc 9303-12, 7.1.1, table 5). Nothing is made up. */
export interface CertificateContent {
  readonly serialNumber: bigint;
  readonly issuer: NameContent;
  readonly subject: NameContent;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** The key, or SubjectPublicKeyInfo as it is to stand. */
  readonly publicKey: PublicKey | Uint8Array;
  readonly extensions: readonly ExtensionContent[];
}

/** Makes an X.509 certificate, version 3. */
export const issueCertificate = (
  content: CertificateContent,
  issuer: SigningKey,
  tools: SigningTools,
): Uint8Array<ArrayBuffer> => {
  const { publicKey } = content;
  const algorithm = encodeSignatureAlgorithm(issuer.algorithm);
  const signed = derSequence(
    encodeTlv(0xa0, derUnsigned(2)),
    derUnsigned(content.serialNumber),
    algorithm,
    encodeName(content.issuer),
    derSequence(derTime(content.notBefore), derTime(content.notAfter)),
    encodeName(content.subject),
    publicKey instanceof Uint8Array ? publicKey : encodeSubjectPublicKeyInfo(publicKey),
    encodeTlv(0xa3, encodeExtensions(content.extensions)),
  );
  return derSequence(signed, algorithm, derBitString(signMessage(issuer, signed, tools)));
};

/** Identifier of a key: SHA-1 of its bits (RFC 5280, 4.2.1.2, method 1). */
export const keyIdentifier = (key: PublicKey, crypto: CryptoProvider): Uint8Array => {
  const [, bits] = decodeTlv(encodeSubjectPublicKeyInfo(key)).children();
  return crypto.hash("SHA-1", readBitStringBytes(bits!, "subjectPublicKey"));
};
