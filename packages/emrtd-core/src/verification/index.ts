export { sameCountry } from "./countries.js";
export { DEVIATIONS, type DeviationCode } from "./deviations.js";
export { REASONS, type ReasonCode } from "./reasons.js";
export * from "./report.js";
export { VERDICT_RULES, verdictOf } from "./verdict.js";
export {
  type VerificationOptions,
  type VerificationPolicy,
  verifyDocument,
} from "./verify-document.js";
