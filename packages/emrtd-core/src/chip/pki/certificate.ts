import { encodeSignatureAlgorithm } from "../../cms/encode-algorithm.js";
import type { CryptoProvider } from "../../crypto/provider.js";
import { encodeSubjectPublicKeyInfo, type PublicKey } from "../../crypto/public-key.js";
import { readBitStringBytes } from "../../der.js";
import { decodeTlv } from "../../tlv.js";
import * as asn1 from "./asn1.js";
import { type ExtensionContent, extensionsOf } from "./extensions.js";
import { type NameContent, nameOf } from "./name.js";
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
  const algorithm = asn1.encoded(encodeSignatureAlgorithm(issuer.algorithm));
  const signed = asn1.sequence(
    asn1.tagged(0, asn1.integer(2)),
    asn1.integer(content.serialNumber),
    algorithm,
    nameOf(content.issuer),
    asn1.sequence(asn1.time(content.notBefore), asn1.time(content.notAfter)),
    nameOf(content.subject),
    asn1.encoded(
      publicKey instanceof Uint8Array ? publicKey : encodeSubjectPublicKeyInfo(publicKey),
    ),
    asn1.tagged(3, extensionsOf(content.extensions)),
  );
  const signature = signMessage(issuer, asn1.encode(signed), tools);
  return asn1.encode(asn1.sequence(signed, algorithm, asn1.bitString(signature)));
};

/** Identifier of a key: SHA-1 of its bits (RFC 5280, 4.2.1.2, method 1). */
export const keyIdentifier = (key: PublicKey, crypto: CryptoProvider): Uint8Array => {
  const [, bits] = decodeTlv(encodeSubjectPublicKeyInfo(key)).children();
  return crypto.hash("SHA-1", readBitStringBytes(bits!, "subjectPublicKey"));
};
