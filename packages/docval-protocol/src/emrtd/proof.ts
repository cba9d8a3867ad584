import type { ChipEvidence, ChipFiles } from "@org/emrtd-core";

/** What a chip did to prove itself, and files that only its proofs need. */
export interface EmrtdProof {
  readonly evidence: readonly ChipEvidence[];
  /** EF.CardSecurity, for chip authentication mapping. */
  readonly files: ChipFiles;
}
