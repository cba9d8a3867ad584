import type { DataGroupNumber } from "../lds/files.js";
import type { DeviationCode } from "./deviations.js";
import type { ReasonCode } from "./reasons.js";

/** The checks of a document, in the order in which a report lists them. */
export const CHECK_IDS = [
  "access-control",
  "sod-signature",
  "document-signer-chain",
  "certificate-validity",
  "revocation",
  "data-group-hashes",
  "chip-authentication",
  "active-authentication",
  "terminal-authentication",
  "mrz-consistency",
  "country-consistency",
] as const;
export type CheckId = (typeof CHECK_IDS)[number];

/** `undetermined`: it could not be judged, and the reason says why. Never a synonym of `passed`. */
export type CheckStatus = "passed" | "failed" | "undetermined" | "not-applicable";

export interface Check {
  readonly id: CheckId;
  readonly status: CheckStatus;
  /** Why it is not `passed`; null where there is nothing to say. */
  readonly reason: ReasonCode | null;
  /** Facts behind the status, JSON values only, without personal data. */
  readonly detail: Readonly<Record<string, unknown>>;
}

export type Verdict = "authentic" | "not-authentic" | "undetermined";

/** How a data group stands to the hash that the signed SOD lists for it. */
export type DataGroupHash = "match" | "mismatch" | "not-in-sod" | "not-read";

/** Something that differs from the standard, was tolerated, and is said. */
export interface Deviation {
  readonly code: DeviationCode;
  /** The file, structure or field. */
  readonly where: string;
}

/** The holder and the document as DG1 says, only where passive authentication lists DG1. */
export interface DocumentFacts {
  readonly type: string | null;
  readonly documentCode: string | null;
  readonly issuer: string | null;
  readonly number: string | null;
  readonly surname: string | null;
  readonly givenNames: string | null;
  readonly nationality: string | null;
  /** YYMMDD as the MRZ has it. */
  readonly birth: string | null;
  readonly sex: string | null;
  readonly expiry: string | null;
}

/** The document signer's certificate. */
export interface SignerFacts {
  readonly country: string | null;
  readonly subject: string | null;
  /** Hexadecimal. */
  readonly serialNumber: string | null;
  /** ISO 8601. */
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  readonly signatureAlgorithm: string | null;
}

/** How the chip was opened. */
export interface AccessFacts {
  readonly protocol: "pace" | "bac" | "none";
  readonly variant: "ecdh-gm" | "dh-gm" | "ecdh-im" | "dh-im" | "ecdh-cam" | null;
  /** `3DES`, `AES-128`, …; null without access control. */
  readonly cipher: string | null;
  readonly domainParameters: string | null;
  /** A stronger way was on offer by authenticated data and was not taken. */
  readonly downgraded: boolean;
}

/** Everything that `verifyDocument` found. */
export interface VerificationReport {
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
  readonly dataGroups: { readonly [group in DataGroupNumber]?: { readonly hash: DataGroupHash } };
  readonly document: DocumentFacts;
  readonly signer: SignerFacts;
  readonly deviations: readonly Deviation[];
  readonly access: AccessFacts;
}
