import type { Check, CheckId, CheckStatus, Verdict } from "./report.js";

interface VerdictRule {
  /** For the documentation. */
  readonly because: string;
  readonly holds: (status: (id: CheckId) => CheckStatus, required: readonly CheckId[]) => boolean;
  readonly verdict: Verdict;
}

/** A failure of one of these contradicts the document. An expired signer's certificate does not. */
const CONTRADICTS: readonly CheckId[] = [
  "sod-signature",
  "document-signer-chain",
  "revocation",
  "data-group-hashes",
  "chip-authentication",
  "active-authentication",
];

const PROOFS_OF_DATA: readonly CheckId[] = [
  "sod-signature",
  "document-signer-chain",
  "certificate-validity",
  "data-group-hashes",
];

/** Proofs that a chip gives where its signed data promises them. */
const PROOFS_OF_CHIP: readonly CheckId[] = ["chip-authentication", "active-authentication"];

/** The first rule that holds decides: a contradiction outweighs every proof, a gap outweighs silence. */
export const VERDICT_RULES: readonly VerdictRule[] = [
  {
    because: "something that was proved contradicts the document",
    holds: (status) => CONTRADICTS.some((id) => status(id) === "failed"),
    verdict: "not-authentic",
  },
  {
    because:
      "the data is signed, trusted, valid and whole, and the chip proved all that was promised",
    holds: (status, required) =>
      [...PROOFS_OF_DATA, ...required].every((id) => status(id) === "passed") &&
      PROOFS_OF_CHIP.every((id) => ["passed", "not-applicable"].includes(status(id))),
    verdict: "authentic",
  },
  {
    because: "something was neither proved nor contradicted",
    holds: () => true,
    verdict: "undetermined",
  },
];

/**
 * @param required checks that must be `passed` beside those that the rules name. A check that is not
 *   there is `undetermined`.
 */
export const verdictOf = (checks: readonly Check[], required: readonly CheckId[] = []): Verdict => {
  const status = (id: CheckId): CheckStatus =>
    checks.find((check) => check.id === id)?.status ?? "undetermined";
  return VERDICT_RULES.find((rule) => rule.holds(status, required))?.verdict ?? "undetermined";
};
