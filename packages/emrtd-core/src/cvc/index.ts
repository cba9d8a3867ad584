export {
  type HolderAuthorization,
  type HolderRole,
  holderAuthorization,
  limitAuthorization,
} from "./authorization.js";
export {
  type CvCertificate,
  type CvCertificateContent,
  decodeCvCertificate,
  encodeCvCertificate,
} from "./certificate.js";
export { type CvDate, cvDateOf } from "./date.js";
export type { ApplicationRights, CvExtension } from "./extensions.js";
export { type CvKey, trustPointOf } from "./key.js";
export {
  TERMINAL_AUTHENTICATION_PROTOCOLS,
  type TerminalAuthenticationProtocol,
  terminalAuthenticationProtocol,
} from "./protocol.js";
export type { CvEcPublicKey, CvPublicKey, CvRsaPublicKey } from "./public-key.js";
export { type CvReferenceParts, parseCvReference } from "./reference.js";
export type { AccessRight, TerminalType } from "./rights.js";
export {
  CV_REASONS,
  type CvChainResult,
  type CvImport,
  type CvReason,
  type CvVerifierState,
  importCvCertificate,
  verifyCvChain,
} from "./verify.js";
