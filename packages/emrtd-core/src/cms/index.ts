export {
  type AlgorithmIdentifier,
  formatSignatureAlgorithm,
  type PssParameters,
  type SignatureAlgorithm,
} from "./algorithm.js";
export { type Certificate, decodeCertificate, type Validity } from "./certificate.js";
export type {
  AuthorityKeyIdentifier,
  BasicConstraints,
  Extension,
  KeyUsage,
  PrivateKeyUsagePeriod,
} from "./extensions.js";
export {
  ATTRIBUTE,
  attributeOf,
  compareNames,
  formatName,
  type Name,
  type NameAttribute,
  type NameComparison,
} from "./name.js";
export { verifySignature } from "./signature.js";
export { decodeSignedData, SIGNED_DATA_LIMITS, type SignedData } from "./signed-data.js";
export type { SignedAttributes, SignerIdentifier, SignerInfo } from "./signer-info.js";
