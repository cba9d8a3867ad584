/** What the command lines of others say of chips, keys and trust as well; help needs nothing else. */
export { CHIP_FORMS, CHIP_HELP } from "./chips/forms.js";
export { PASSWORD_FLAGS, type PasswordFlagValues } from "./password-flags.js";
export { TRUST_FLAGS, type TrustFlagValues } from "./trust-flags.js";
