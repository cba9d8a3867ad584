export type { CertificateSource, TrustedCertificate, TrustSource } from "./source.js";
export { createTrustStore, type IssuerCandidate, type TrustStore } from "./store.js";
