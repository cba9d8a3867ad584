export { bac } from "./access/bac.js";
export * from "./access/pace.js";
export { compareStrength, type PaceOffer, paceOffers } from "./access/pace-offers.js";
export * from "./access/pace-protocol.js";
export type {
  CanPassword,
  MrzPassword,
  Password,
  PinPassword,
  PukPassword,
} from "./access/password.js";
export * from "./authentication/active.js";
export * from "./authentication/chip-authentication.js";
export { verifyChipAuthenticationMapping } from "./authentication/chip-authentication-mapping.js";
export * from "./authentication/chip-authentication-offers.js";
export * from "./authentication/create-terminal.js";
export type * from "./authentication/evidence.js";
export * from "./authentication/evidence-json.js";
export * from "./authentication/replay-evidence.js";
export * from "./authentication/terminal.js";
export {
  chipIdentifierOfMrz,
  compressKey,
  type TerminalBinding,
} from "./authentication/terminal-binding.js";
export * from "./authentication/terminal-credentials.js";
export {
  type TerminalProof,
  verifyTerminalAuthentication,
} from "./authentication/terminal-verify.js";
export {
  type ChipProof,
  verifyChipAuthentication,
} from "./authentication/verify-chip-authentication.js";
export * from "./biometrics/index.js";
export * from "./bytes.js";
export * from "./cms/index.js";
export * from "./crypto/curves.js";
export type { DhGroup } from "./crypto/dh-groups.js";
export {
  type KeyAgreementGroup,
  type KeyAgreementParameters,
  keyAgreementGroup,
} from "./crypto/key-agreement.js";
export { portableCrypto } from "./crypto/portable.js";
export * from "./crypto/private-key.js";
export * from "./crypto/provider.js";
export * from "./crypto/public-key.js";
export * from "./cvc/index.js";
export * from "./errors.js";
export * from "./iso7816/index.js";
export * from "./lds/index.js";
export * from "./mrz/index.js";
export * from "./oid.js";
export { drive, type Protocol, type Transceive } from "./protocol.js";
export { QUIRKS, type Quirk, type QuirkId } from "./quirks/quirks.js";
export * from "./reader/index.js";
export * from "./tape/index.js";
export * from "./tlv.js";
export * from "./trust/index.js";
export * from "./verification/index.js";
