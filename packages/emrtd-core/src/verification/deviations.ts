/**
 * What documents do otherwise than the standard and is put up with, in words. None of it makes a check
 * pass that would fail without: each is a fact for whoever reads the report.
 */
export const DEVIATIONS = {
  SOD_NOT_DER: "the document security object has lengths that DER forbids",
  SOD_CONTENT_TYPE: "the document security object names its content by an identifier of old",
  SIGNED_ATTRIBUTES_ABSENT: "the signature is over the content itself, without signed attributes",
  SIGNATURE_HASH_MISNAMED: "the signature names another hash than the one it was made with",
  KEY_CURVE_MISNAMED: "the signer's key names another curve than the one that its point is of",
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
  DATE_OF_ISSUE_OUTSIDE_VALIDITY:
    "the document's date of issue is not within the validity of its signer's certificate",
  ISSUED_OUTSIDE_VALIDITY: "the certificate was issued while the issuer's own was not valid",
  EXTENSION_MALFORMED: "an extension of a certificate, of no weight here, cannot be read",
  DOCUMENT_TYPE_NOT_LISTED: "the signer's certificate is for other types of document",
  DG1_NOT_LISTED: "the document security object has no hash of DG1",

  // Revocation lists, and lists of what is wrong with documents.
  CRL_MALFORMED: "a revocation list cannot be read, and was ignored",
  CRL_UNSUPPORTED: "a revocation list is partial, indirect or extended, and was ignored",
  CRL_NOT_TRUSTED:
    "a revocation list is not signed by an authority that is trusted, and was ignored",
  CRL_NEXT_UPDATE_ABSENT: "a revocation list does not say by when the next one comes",
  DEVIATION_LIST_NOT_TRUSTED:
    "a deviation list is not signed under an authority that is trusted, and was ignored",
  DEVIATION_LISTED: "the issuing state says that documents like this one deviate",
  DEFECT_LISTED: "a defect list names the signer of the document",

  // Certificates against their profile (Doc 9303-12, 7.1.1).
  PROFILE_VERSION: "a certificate is not of version 3",
  PROFILE_SERIAL_NUMBER: "a serial number is not positive, not minimal, or longer than 20 bytes",
  PROFILE_COUNTRY_NAME: "a name has no country of two capital letters",
  PROFILE_COUNTRIES_DIFFER: "issuer and subject of a certificate are of two countries",
  PROFILE_COMMON_NAME: "a name has no common name",
  PROFILE_NAME_TYPE: "a name has a string of a type that it must not have",
  PROFILE_TIME_ENCODING: "a validity is not written in UTC to the second, or in the wrong type",
  PROFILE_UNIQUE_IDENTIFIER: "a certificate has unique identifiers, which are not to be used",
  PROFILE_NAMED_CURVE: "a key names its curve in place of writing out its parameters",
  PROFILE_HASH_ALGORITHM: "an authority's certificate is signed with SHA-1",
  PROFILE_KEY_USAGE: "a key usage is another one than the role needs",
  PROFILE_PATH_LENGTH: "an authority does not limit the length of paths to 0",
  PROFILE_ALTERNATIVE_NAME: "an alternative name has no country code as the MRZ has it",
  PROFILE_EXTENSION_ABSENT: "a certificate lacks an extension that it must have",
  PROFILE_EXTENSION_FORBIDDEN: "a certificate has an extension that it must not have",
  PROFILE_CRITICALITY: "an extension is critical and must not be, or the other way round",
} as const satisfies Record<string, string>;

/** Stable name of a deviation; see {@link DEVIATIONS}. */
export type DeviationCode = keyof typeof DEVIATIONS;
