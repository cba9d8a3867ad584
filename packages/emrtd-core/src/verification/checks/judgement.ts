import type { ChipEvidence } from "../../authentication/evidence.js";
import type { PassiveAuthentication } from "../../authentication/passive.js";
import type { CryptoProvider } from "../../crypto/provider.js";
import type { ChipFiles } from "../../lds/files.js";
import type { Mrz } from "../../mrz/mrz.js";
import type { TrustStore } from "../../trust/store.js";
import type { VerificationPolicy } from "../policy.js";
import type { ReasonCode } from "../reasons.js";
import type { Check, Deviation } from "../report.js";

/** Everything that a check may look at. */
export interface Subject {
  readonly files: ChipFiles;
  readonly at: Date;
  readonly crypto: CryptoProvider;
  readonly trust: TrustStore;
  readonly policy: VerificationPolicy;
  readonly passive: PassiveAuthentication;
  /** What the chip did; empty where files were judged and no chip was there. */
  readonly evidence: readonly ChipEvidence[];
  /** DG1, covered by passive authentication, or why there is none to speak of. */
  readonly dg1: Dg1Reading;
}

export type Dg1Reading =
  | { readonly mrz: Mrz }
  | { readonly reason: "DG1_NOT_READ" | "DG1_NOT_COVERED" | "DG1_MALFORMED" };

/** What a check finds. */
export interface Judgement extends Omit<Check, "id"> {
  readonly deviations?: readonly Deviation[];
}
export type Judge = (subject: Subject) => Judgement;

type Detail = Check["detail"];

export const passed = (detail: Detail = {}): Judgement => ({
  status: "passed",
  reason: null,
  detail,
});

export const failed = (reason: ReasonCode, detail: Detail = {}): Judgement => ({
  status: "failed",
  reason,
  detail,
});

export const undetermined = (reason: ReasonCode, detail: Detail = {}): Judgement => ({
  status: "undetermined",
  reason,
  detail,
});

export const notApplicable = (reason: ReasonCode, detail: Detail = {}): Judgement => ({
  status: "not-applicable",
  reason,
  detail,
});
