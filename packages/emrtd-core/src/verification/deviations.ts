/**
 * What documents do otherwise than the standard and is put up with, in words. None of it makes a check
 * pass that would fail without: each is a fact for whoever reads the report.
 */
export const DEVIATIONS = {
  SOD_NOT_DER: "the document security object has lengths that DER forbids",
  SOD_CONTENT_TYPE: "the document security object names its content by an identifier of old",
  SIGNED_ATTRIBUTES_ABSENT: "the signature is over the content itself, without signed attributes",
  SIGNATURE_HASH_MISNAMED: "the signature names another hash than the one it was made with",
  PSS_KEY_MISUSED: "a key for RSASSA-PSS made another signature than it is for",
  SHA1_USED: "SHA-1 is used, which Doc 9303-12 no longer permits",
  SIGNER_UNVERIFIED: "one signer of several could not be verified",
  SIGNER_NAME_RESPELLED: "signer and certificate write the issuer's name in another type or case",
  SIGNER_NAME_REORDERED: "signer and certificate give the issuer's name in another order",
  SIGNER_IDENTIFIER_MISMATCH: "the signer names another certificate than the only one there is",
  SIGNER_CERTIFICATE_ABSENT: "the signer's certificate is not in the file",
  ISSUER_NAME_RESPELLED: "the certificate writes its issuer's name in another type or case",
  ISSUER_NAME_REORDERED: "the certificate gives its issuer's name in another order",
  ISSUER_NAME_DIFFERENT: "the certificate gives its issuer another name, with the right key",
  KEY_USAGE_ABSENT: "the signer's certificate does not say what its key is for",
  SIGNED_OUTSIDE_VALIDITY: "the stated time of signing is not within the certificate's validity",
  SIGNED_OUTSIDE_KEY_USAGE:
    "the stated time of signing is not within the private key's period of use",
  ISSUED_OUTSIDE_VALIDITY: "the certificate was issued while the issuer's own was not valid",
  EXTENSION_MALFORMED: "an extension of a certificate, of no weight here, cannot be read",
  DOCUMENT_TYPE_NOT_LISTED: "the signer's certificate is for other types of document",
  DG1_NOT_LISTED: "the document security object has no hash of DG1",
} as const satisfies Record<string, string>;

/** Stable name of a deviation; see {@link DEVIATIONS}. */
export type DeviationCode = keyof typeof DEVIATIONS;
