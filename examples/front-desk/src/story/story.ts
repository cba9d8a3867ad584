import type { FailureCode, StepId, StepState } from "./steps.js";
import type {
  CapturedSample,
  ChipKey,
  Enrolment,
  PrintedPage,
  ProvedChip,
  Punch,
  Visitor,
} from "./visitor.js";

/** One visit from the passport on the reader to the first punch. Plain data. */
export interface Story {
  /** Counts visits, so that nothing of one is taken for another's. */
  readonly visit: number;
  readonly steps: Readonly<Record<StepId, StepState>>;
  readonly visitor: Visitor;
  /** Counts what was begun; an outcome of anything but the latest attempt is late and dropped. */
  readonly attempts: number;
  /** When somebody last did something. */
  readonly active: number;
  /** How the visit before this one ended, where the desk ought to know. */
  readonly notice?: Notice;
}

export type Notice =
  /** Nobody did anything for long. */
  | "IDLE"
  | "CANCELLED"
  /** An enrolment was on its way when the visit ended: the clock may know the person. */
  | "ENROLMENT_UNCERTAIN";

/** What a person does. */
export type PersonInput =
  | { readonly input: "start"; readonly step: "capture" | "enrolment" }
  | { readonly input: "retry"; readonly step: StepId }
  | { readonly input: "skip"; readonly step: StepId; readonly reason: string }
  | { readonly input: "type-key"; readonly key: ChipKey }
  | { readonly input: "override"; readonly reason: string }
  | { readonly input: "remove" }
  /** Somebody is still there. */
  | { readonly input: "stay" }
  | { readonly input: "cancel" }
  | { readonly input: "next-visitor" };

/** What comes back of an effect. */
export type Outcome =
  | { readonly step: "document"; readonly page: PrintedPage }
  | { readonly step: "chip"; readonly chip: ProvedChip }
  | { readonly step: "capture"; readonly sample: CapturedSample }
  | { readonly step: "enrolment"; readonly enrolment: Omit<Enrolment, "removal"> }
  | { readonly step: "punch"; readonly punch: Punch }
  | FailedOutcome;

export interface FailedOutcome {
  readonly step: StepId;
  readonly failure: FailureCode;
  readonly facts?: readonly string[];
  /** What is known in spite of it: a chip that is not authentic still said something. */
  readonly known?: Pick<Visitor, "page" | "chip" | "capture">;
}

export type StoryInput =
  | PersonInput
  | { readonly input: "outcome"; readonly attempt: number; readonly outcome: Outcome }
  | { readonly input: "removed"; readonly pin: string; readonly ok: boolean }
  | { readonly input: "punched"; readonly pin: string; readonly punch: Punch }
  /** Nothing but time went by. */
  | { readonly input: "tick" };

/** What is to be done outside. Only `enrol` sends a command that enrols anybody. */
export type Effect =
  | { readonly effect: "read-page"; readonly attempt: number }
  | { readonly effect: "read-chip"; readonly attempt: number; readonly key: ChipKey }
  | { readonly effect: "capture"; readonly attempt: number }
  | { readonly effect: "enrol"; readonly attempt: number; readonly person: Enrollee }
  | { readonly effect: "await-punch"; readonly attempt: number; readonly pin: string }
  | { readonly effect: "remove"; readonly pin: string }
  /** Ends whatever runs for this visit. */
  | { readonly effect: "abort" };

/** What the time clock is told of a person. */
export interface Enrollee {
  readonly name: string;
  /** What the PIN is derived from. */
  readonly identity: string;
}

/** Why an input changed nothing. */
export const REFUSALS = {
  NOT_NOW: "the step is not where this can be done",
  LOCKED: "the document was not found authentic and nobody answered for going on",
  NOBODY: "neither page nor chip said who the visitor is",
  REASON_NEEDED: "a reason of at least three letters is needed",
} as const;
export type Refusal = keyof typeof REFUSALS;

export interface StoryStep {
  readonly story: Story;
  readonly effects: readonly Effect[];
  readonly refused?: Refusal;
}
