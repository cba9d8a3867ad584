import type { DeviationRule } from "./deviation-rules.js";
import type { CheckId } from "./report.js";

/** What a verifier asks for beyond, or instead of, the rules that hold for everyone. */
export interface VerificationPolicy {
  /** Checks without which no document is `authentic`: `revocation`, `country-consistency`, ... */
  readonly required?: readonly CheckId[];
  /**
   * What a deviation or defect changes that a list names for the document: the first rule that fits a
   * check decides. Default `DEVIATION_RULES`, none of which makes a check pass.
   */
  readonly deviationRules?: readonly DeviationRule[];
  /**
   * What a revocation means that came after the document was signed. `failed`, the default: whoever has
   * the key can write any time of signing. `undetermined`: the document is not contradicted.
   */
  readonly revokedAfterSigning?: "failed" | "undetermined";
  /**
   * When the signer's certificate must be valid. `reading`, the default: at the time of judgement, as Doc
   * 9303-12, D.1.1.3 has it. `signing`: when the document was signed, as far as that is known; for
   * documents that are judged long after.
   */
  readonly signerValidAt?: "reading" | "signing";
}
