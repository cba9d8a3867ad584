import { isCovered } from "../../authentication/passive.js";
import { accessEvidence } from "./access-control.js";
import { type Judgement, notApplicable, type Subject, undetermined } from "./judgement.js";

/** A file whose keys count, or why no proof with a key of it can. */
export type ChipKeyFile =
  | { readonly covered: Uint8Array; readonly detail: { readonly signerTrusted: boolean } }
  /** Present, but nothing says that the issuer put it there. */
  | { readonly uncovered: Uint8Array }
  | { readonly judgement: Judgement };

/**
 * The file of a chip's key, as far as passive authentication vouches for it: DG14 or DG15. Without that,
 * a chip that answers rightly only proves that it has the key it brought along (Doc 9303-11, 6.1, 6.2).
 */
export const chipKeyFile = (subject: Subject, group: 14 | 15): ChipKeyFile => {
  const { passive, files, evidence } = subject;
  if (evidence.length === 0) return { judgement: notApplicable("NO_CHIP") };
  const file = files[`DG${group}`];
  if (file !== undefined) {
    return isCovered(passive, group)
      ? { covered: file, detail: { signerTrusted: passive.path.status === "passed" } }
      : { uncovered: file };
  }
  // What is promised is for the signed list to say, and for no other file.
  if (passive.sod === undefined)
    return { judgement: undetermined(passive.signer.reason ?? "NO_SOD") };
  if (!passive.sod.dataGroupHashes.has(group)) return { judgement: notApplicable("NOT_OFFERED") };
  const asked = accessEvidence(subject)?.outcomes[`DG${group}`] !== undefined;
  return { judgement: undetermined(asked ? "CHIP_PROOF_WITHHELD" : "NOT_ATTEMPTED") };
};
