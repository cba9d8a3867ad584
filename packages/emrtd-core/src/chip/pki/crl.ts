import { CRL_EXTENSION } from "../../cms/crl.js";
import { CRL_ENTRY_EXTENSION, CRL_REASONS, type CrlReason } from "../../cms/crl-entry.js";
import { encodeSignatureAlgorithm } from "../../cms/encode-algorithm.js";
import { derTime, generalizedTimeContent } from "../../cms/time.js";
import { derBitString, derSequence, derUnsigned, TAG } from "../../der.js";
import { encodeTlv } from "../../tlv.js";
import { type ExtensionContent, encodeExtensions } from "./extensions.js";
import { encodeName, type NameContent } from "./name.js";
import { type SigningKey, type SigningTools, signMessage } from "./sign.js";

/** What a revocation list is to say (Doc 9303-12, 7.1.4). Nothing is made up. */
export interface CrlContent {
  readonly issuer: NameContent;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  readonly revoked?: readonly RevokedContent[];
  readonly extensions?: readonly ExtensionContent[];
}

export interface RevokedContent {
  readonly serialNumber: bigint;
  readonly revocationDate: Date;
  /** Doc 9303-12 wants no extensions of entries; lists of states have them all the same. */
  readonly extensions?: readonly ExtensionContent[];
}

/** Makes a certificate revocation list, version 2. */
export const issueCrl = (
  content: CrlContent,
  issuer: SigningKey,
  tools: SigningTools,
): Uint8Array<ArrayBuffer> => {
  const { thisUpdate, nextUpdate, revoked = [], extensions = [] } = content;
  const algorithm = encodeSignatureAlgorithm(issuer.algorithm);
  const signed = derSequence(
    derUnsigned(1),
    algorithm,
    encodeName(content.issuer),
    derTime(thisUpdate),
    ...(nextUpdate === undefined ? [] : [derTime(nextUpdate)]),
    // Without entries the list must not be there (RFC 5280, 5.1.2.6).
    ...(revoked.length === 0 ? [] : [derSequence(...revoked.map(encodeRevoked))]),
    ...(extensions.length === 0 ? [] : [encodeTlv(0xa0, encodeExtensions(extensions))]),
  );
  return derSequence(signed, algorithm, derBitString(signMessage(issuer, signed, tools)));
};

const encodeRevoked = ({ serialNumber, revocationDate, extensions = [] }: RevokedContent) =>
  derSequence(
    derUnsigned(serialNumber),
    derTime(revocationDate),
    ...(extensions.length === 0 ? [] : [encodeExtensions(extensions)]),
  );

export const crlNumber = (number: bigint): ExtensionContent => ({
  id: CRL_EXTENSION.cRLNumber,
  critical: false,
  value: derUnsigned(number),
});

export const reasonCode = (reason: CrlReason): ExtensionContent => ({
  id: CRL_ENTRY_EXTENSION.reasonCode,
  critical: false,
  value: encodeTlv(TAG.enumerated, Uint8Array.of(CRL_REASONS.indexOf(reason))),
});

export const invalidityDate = (date: Date): ExtensionContent => ({
  id: CRL_ENTRY_EXTENSION.invalidityDate,
  critical: false,
  value: encodeTlv(TAG.generalizedTime, generalizedTimeContent(date)),
});
