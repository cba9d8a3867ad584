/** The issuing side of passive authentication: certificates, security objects, and the simulator's own. */
export {
  type CertificateContent,
  issueCertificate,
  keyIdentifier,
} from "./pki/certificate.js";
export {
  type CrlContent,
  crlNumber,
  invalidityDate,
  issueCrl,
  type RevokedContent,
  reasonCode,
} from "./pki/crl.js";
export { type CvSigningKey, cvPublicKey, issueCvCertificate } from "./pki/cv-certificate.js";
export * as certificateExtension from "./pki/extensions.js";
export { derivedBytes, derivedEcKey, derivedRandom, simulatorRsaKey } from "./pki/keys.js";
export {
  issueDefectList,
  issueDeviationList,
  issueMasterList,
  type ListSigner,
} from "./pki/lists.js";
export { encodeName, type NameContent } from "./pki/name.js";
export {
  issueSecurityObject,
  type SecurityObjectOptions,
  type SecurityObjectSigner,
  signContent,
} from "./pki/security-object.js";
export { type SigningKey, type SigningTools, signMessage } from "./pki/sign.js";
export {
  type SimulatorSigner,
  type SimulatorSignerName,
  simulatorAnchors,
  simulatorSigner,
} from "./pki/simulator.js";
export {
  type SimulatorCrlContent,
  type SimulatorList,
  simulatorCrl,
  simulatorDeviationList,
  simulatorMasterList,
} from "./pki/simulator-lists.js";
export { simulatorTerminal, simulatorTerminalAuthority } from "./pki/terminal-simulator.js";
