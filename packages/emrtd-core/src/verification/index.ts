export { sameCountry } from "./countries.js";
export { DEVIATION_RULES, type DeviationRule, type ListedType } from "./deviation-rules.js";
export { DEVIATIONS, type DeviationCode } from "./deviations.js";
export type { VerificationPolicy } from "./policy.js";
export { REASONS, type ReasonCode } from "./reasons.js";
export * from "./report.js";
export { VERDICT_RULES, verdictOf } from "./verdict.js";
export {
  type VerificationOptions,
  verifyDocument,
} from "./verify-document.js";
