import { CRL_EXTENSION } from "../../cms/crl.js";
import { CRL_ENTRY_EXTENSION, CRL_REASONS, type CrlReason } from "../../cms/crl-entry.js";
import { encodeSignatureAlgorithm } from "../../cms/encode-algorithm.js";
import * as asn1 from "./asn1.js";
import { type ExtensionContent, extensionsOf } from "./extensions.js";
import { type NameContent, nameOf } from "./name.js";
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
  const algorithm = asn1.encoded(encodeSignatureAlgorithm(issuer.algorithm));
  const signed = asn1.sequence(
    asn1.integer(1),
    algorithm,
    nameOf(content.issuer),
    asn1.time(thisUpdate),
    ...(nextUpdate === undefined ? [] : [asn1.time(nextUpdate)]),
    // Without entries the list must not be there (RFC 5280, 5.1.2.6).
    ...(revoked.length === 0 ? [] : [asn1.sequence(...revoked.map(revokedOf))]),
    ...(extensions.length === 0 ? [] : [asn1.tagged(0, extensionsOf(extensions))]),
  );
  const signature = signMessage(issuer, asn1.encode(signed), tools);
  return asn1.encode(asn1.sequence(signed, algorithm, asn1.bitString(signature)));
};

const revokedOf = ({ serialNumber, revocationDate, extensions = [] }: RevokedContent): asn1.Asn1 =>
  asn1.sequence(
    asn1.integer(serialNumber),
    asn1.time(revocationDate),
    ...(extensions.length === 0 ? [] : [extensionsOf(extensions)]),
  );

export const crlNumber = (number: bigint): ExtensionContent => ({
  id: CRL_EXTENSION.cRLNumber,
  critical: false,
  value: asn1.encode(asn1.integer(number)),
});

export const reasonCode = (reason: CrlReason): ExtensionContent => ({
  id: CRL_ENTRY_EXTENSION.reasonCode,
  critical: false,
  value: asn1.encode(asn1.enumerated(CRL_REASONS.indexOf(reason))),
});

export const invalidityDate = (date: Date): ExtensionContent => ({
  id: CRL_ENTRY_EXTENSION.invalidityDate,
  critical: false,
  value: asn1.encode(asn1.generalizedTime(date)),
});
