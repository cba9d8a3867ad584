export { isLinkCertificate } from "./authority.js";
export type { CountryTrust, RenewedAnchor } from "./countries.js";
export type { CrlRefusal, CrlTrust } from "./crl-trust.js";
export * from "./defect-list.js";
export { DEFECT_TYPES, type DefectTypeName } from "./defect-types.js";
export type {
  DeviationDocuments,
  DocumentSignerIdentifier,
  IssuancePeriod,
} from "./deviation-documents.js";
export * from "./deviation-list.js";
export type { DeviationListTrust } from "./deviation-list-trust.js";
export {
  CERTIFICATE_BODY_FIELDS,
  DEVIATING_MRZ_FIELDS,
  type DeviatingFile,
  type DeviationParameter,
} from "./deviation-parameter.js";
export { DEVIATION_TYPES, type DeviationTypeName } from "./deviation-types.js";
export { decodeCertificates } from "./encoding.js";
export type { IssuerCandidate } from "./issuers.js";
export * from "./master-list.js";
export { type OpenedMasterList, openMasterList } from "./open-master-list.js";
export type { ListRefusal, ListTrust } from "./signed-list.js";
export type {
  CertificateSource,
  CrlSource,
  DefectListSource,
  DeviationListSource,
  LinkCertificateSource,
  MasterListSource,
  TrustSource,
} from "./source.js";
export { createTrustStore, type TrustStore } from "./store.js";
export type { TrustedCertificate } from "./trusted-certificate.js";
