import type { Certificate } from "../cms/certificate.js";
import type { NameComparison } from "../cms/name.js";
import { readable } from "../cms/readable.js";
import type { SignatureVerifier } from "../cms/signature.js";
import type { TrustedCertificate } from "./source.js";
import type { TrustStore } from "./store.js";

export type CertificationPath =
  | {
      readonly found: true;
      readonly anchor: TrustedCertificate;
      /** How the certificate's issuer compares to the anchor's subject. */
      readonly name: NameComparison;
      readonly matchedBy: "key-identifier" | "name";
    }
  | {
      readonly found: false;
      readonly reason: "NO_TRUST_ANCHOR" | "ISSUER_SIGNATURE_INVALID";
      /** Anchors whose key was tried. */
      readonly tried: number;
    };

/**
 * Looks for the anchor that issued a certificate: a path of one certificate, as Doc 9303-12, D.1 has it.
 * Names and key identifiers propose, the signature decides. Dates and usage are not looked at.
 *
 * `ISSUER_SIGNATURE_INVALID`: an anchor has the key identifier and the name that the certificate gives
 * its issuer, and did not sign it. A name alone does not tell: authorities keep it when they change keys.
 *
 * @throws EmrtdError where the certificate's own fields cannot be read, or name an unknown algorithm.
 */
export const findCertificationPath = (
  certificate: Certificate,
  trust: TrustStore,
  verify: SignatureVerifier,
): CertificationPath => {
  const { signatureAlgorithm, signedBytes, signature } = certificate;
  let tried = 0;
  let contradicted = false;
  for (const { anchor, keyIdentifierMatches, name } of trust.issuersOf(certificate)) {
    // An anchor whose key has foreign curve parameters, or cannot be read, vouches for nothing.
    const key = readable(() => anchor.certificate.publicKey);
    if (key === undefined) continue;
    tried++;
    if (verify(key, signatureAlgorithm, signedBytes, signature)) {
      const matchedBy = keyIdentifierMatches ? "key-identifier" : "name";
      return { found: true, anchor, name, matchedBy };
    }
    contradicted ||= keyIdentifierMatches && name !== "different";
  }
  const reason = contradicted ? "ISSUER_SIGNATURE_INVALID" : "NO_TRUST_ANCHOR";
  return { found: false, reason, tried };
};
