/**
 * Why a check is not `passed`: every reason that a report gives, in words. The documentation's table is
 * made from this one.
 */
export const REASONS = {
  // Nothing to judge.
  NO_CHIP: "files were judged, no chip was present: nothing is said about a chip",
  NOT_OFFERED: "the signed data promises no such proof",
  NO_ACCESS_CONTROL: "the chip was read without access control",
  NO_SOD: "there is no document security object, so nothing is signed",
  SOD_NOT_VERIFIED: "it depends on the document security object, which did not verify",

  // The document security object and its signature.
  SOD_MALFORMED: "the document security object cannot be read, so nothing is signed",
  SIGNATURE_INVALID: "the signature does not fit the signed data and the signer's key",
  MESSAGE_DIGEST_MISMATCH: "the signed digest is not that of the content",
  CONTENT_TYPE_MISMATCH: "the signed content type is not that of the content",
  SIGNER_CERTIFICATE_MISSING: "the certificate of the signer is neither in the file nor known",
  ALGORITHM_UNSUPPORTED: "an algorithm is used that is not known here",
  LIMIT_EXCEEDED: "there is more to try than a document may ask for",

  // Keys and certificates.
  CERTIFICATE_MALFORMED: "a certificate, or a field of it that counts, cannot be read",
  KEY_MALFORMED: "a public key cannot be read or is out of range",
  EC_PARAMETERS_UNKNOWN: "a key has curve parameters, or a generator, of no known curve",
  NO_TRUST_ANCHOR: "no certificate that is trusted issued the signer's",
  ISSUER_SIGNATURE_INVALID:
    "the signer's certificate names a trusted key as its issuer's, and that key did not sign it",
  NOT_YET_VALID: "the time of judgement is before the signer's certificate becomes valid",
  EXPIRED: "the time of judgement is after the signer's certificate expired",
  CERTIFICATE_USAGE: "the signer's certificate is not one for signing documents",
  CRITICAL_EXTENSION_UNKNOWN: "a certificate has a critical extension that is not known here",
  NO_CRL: "there is no revocation list of the issuer",
  CRL_STALE: "the newest revocation list of the issuer is out of date",
  REVOKED: "the issuer has taken a certificate of the path back",
  REVOKED_AFTER_SIGNING:
    "the issuer has taken a certificate back after the document was signed, which the policy puts up with",

  // What lists say of the document.
  EXPLAINED_BY_DEVIATION: "what failed is what a list says is wrong with documents like this one",
  KEY_COMPROMISED: "a list says that the key of the proof is in other hands",
  DEFECT_UNKNOWN: "a list says of the document what is not known here",

  // Data groups.
  HASH_MISMATCH: "the content of a data group is not what was signed",
  DG1_NOT_READ: "the data group with the machine readable zone was not read, or is not listed",
  DG1_MALFORMED: "the machine readable zone in DG1 cannot be read",
  DG1_NOT_COVERED: "DG1 is not covered by passive authentication",
  CHECK_DIGIT_WRONG: "a check digit of the machine readable zone is wrong",
  MRZ_MISMATCH: "DG1 has another machine readable zone than the one that opened the chip",
  COUNTRY_MISMATCH: "document, signer and trust anchor are not of one country",
  COUNTRY_UNKNOWN: "document, signer or trust anchor do not say of which country they are",

  // Proofs by the chip.
  DOWNGRADED: "the chip offers a stronger way to open it than the one that was taken",
  KEY_NOT_COVERED: "the chip's key is in a file that passive authentication does not cover",
  CHIP_PROOF_WITHHELD: "the signed data promises a proof that the chip did not give",
  CHIP_PROOF_INCOMPLETE: "the chip's answer is shorter than any signature by its key",
  CHIP_PROOF_INVALID: "the chip's answer does not fit its signed key",
  CARD_SECURITY_NOT_READ: "EF.CardSecurity, which holds the chip's key, was not read",
  CARD_SECURITY_MALFORMED: "EF.CardSecurity, which holds the chip's key, cannot be read",
  CARD_SECURITY_NOT_TRUSTED: "EF.CardSecurity is not signed by a signer that is trusted",
  NOT_ATTEMPTED: "the proof was not asked for",

  // Proofs by the terminal.
  TERMINAL_CHAIN_MISSING:
    "no certificate of the terminal leads to an authority that the chip knows",
  TERMINAL_KEY_NOT_BOUND: "the chip was not authenticated before the terminal",
  TERMINAL_REFUSED: "the chip refused the terminal, or a certificate of it",
  TERMINAL_PROOF_INVALID: "what the terminal is said to have signed does not fit its certificates",
} as const satisfies Record<string, string>;

/** Stable name of a reason; see {@link REASONS}. */
export type ReasonCode = keyof typeof REASONS;
