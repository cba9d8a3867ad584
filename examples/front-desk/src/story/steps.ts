/** The steps of a visit, in their order. */
export const STEP_IDS = [
  "document",
  "chip",
  "comparison",
  "capture",
  "enrolment",
  "punch",
] as const;
export type StepId = (typeof STEP_IDS)[number];

/** The protocol that each step speaks; the comparison speaks none, it is the desk's own. */
export const PROTOCOL_OF: Readonly<Record<StepId, string>> = {
  document: "sinosecu",
  chip: "docval",
  comparison: "emrtd",
  capture: "mosip-mds",
  enrolment: "zk-push",
  punch: "zk-push",
};

/** Where a step stands. Times are milliseconds of the clock that the story is given. */
export type StepState =
  | { readonly state: "pending" }
  | { readonly state: "running"; readonly attempt: number; readonly since: number }
  | { readonly state: "done"; readonly ms: number }
  | { readonly state: "failed"; readonly ms: number; readonly failure: Failure }
  | { readonly state: "skipped"; readonly reason: SkipReason };

/** Why a step did not succeed, and codes for whoever looks closer; nothing personal. */
export interface Failure {
  readonly code: FailureCode;
  readonly facts: readonly string[];
}

/** What the person typed, or what made the step needless. */
export type SkipReason = { readonly text: string } | { readonly code: "KEY_TYPED" | "REMOVED" };

/**
 * Every way in which a step can fail, and what helps: `retry` alone, `type-key` where another key may open
 * the chip, `override` where the person at the desk has to answer for going on, `skip` where the story can
 * do without.
 */
export const FAILURES = {
  READER_AWAY: { step: "document", helps: ["retry", "type-key"] },
  READER_UNPLUGGED: { step: "document", helps: ["retry", "type-key"] },
  PAGE_UNREADABLE: { step: "document", helps: ["retry", "type-key"] },
  MRZ_UNREADABLE: { step: "document", helps: ["retry", "type-key"] },
  NO_CHIP: { step: "chip", helps: ["retry", "skip"] },
  WRONG_KEY: { step: "chip", helps: ["type-key", "retry", "skip"] },
  CHIP_LOST: { step: "chip", helps: ["retry", "skip"] },
  DOCVAL_AWAY: { step: "chip", helps: ["retry", "skip"] },
  DOCVAL_REFUSED: { step: "chip", helps: ["retry", "skip"] },
  RESULT_MISSING: { step: "chip", helps: ["retry", "skip"] },
  NOT_AUTHENTIC: { step: "chip", helps: ["retry", "override"] },
  UNDETERMINED: { step: "chip", helps: ["retry", "override"] },
  DOCUMENT_DIFFERS: { step: "comparison", helps: ["override"] },
  DOCUMENT_EXPIRED: { step: "comparison", helps: ["override"] },
  MDS_AWAY: { step: "capture", helps: ["retry", "skip"] },
  MDS_BUSY: { step: "capture", helps: ["retry", "skip"] },
  CAPTURE_TIMED_OUT: { step: "capture", helps: ["retry", "skip"] },
  LOW_QUALITY: { step: "capture", helps: ["retry", "skip"] },
  CAPTURE_REFUSED: { step: "capture", helps: ["retry", "skip"] },
  CAPTURE_NOT_AUTHENTIC: { step: "capture", helps: ["retry", "skip"] },
  CAPTURE_UNDETERMINED: { step: "capture", helps: ["retry", "skip"] },
  CLOCK_AWAY: { step: "enrolment", helps: ["retry", "skip"] },
  CLOCK_OFFLINE: { step: "enrolment", helps: ["retry", "skip"] },
  CLOCK_SILENT: { step: "enrolment", helps: ["retry", "skip"] },
  CLOCK_REFUSED: { step: "enrolment", helps: ["retry", "skip"] },
  PUNCH_UNHEARD: { step: "punch", helps: ["retry", "skip"] },
} as const satisfies Record<string, { readonly step: StepId; readonly helps: readonly Help[] }>;
export type FailureCode = keyof typeof FAILURES;
export type Help = "retry" | "type-key" | "skip" | "override";
