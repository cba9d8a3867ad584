import type { WorldFault } from "../../faults.js";
import type {
  ComparedField,
  FailureCode,
  Notice,
  Refusal,
  SkipReason,
  StepId,
  StepState,
} from "../../story/index.js";

export type Language = "en" | "de";

/** Every word that the page shows. A language that lacks one does not compile. */
export interface Messages {
  readonly language: Language;
  readonly title: string;
  readonly skipToContent: string;
  readonly otherLanguage: string;
  readonly stepsTitle: string;
  readonly peopleTitle: string;
  readonly comparisonTitle: string;
  readonly nowTitle: string;
  readonly steps: Readonly<
    Record<StepId, { readonly title: string; readonly waits: string; readonly runs: string }>
  >;
  readonly states: Readonly<Record<StepState["state"], string>>;
  readonly failures: Readonly<
    Record<FailureCode, { readonly reason: string; readonly remedy: string }>
  >;
  readonly refusals: Readonly<Record<Refusal | "FORM" | "KEY", string>>;
  readonly notices: Readonly<Record<Notice, string>>;
  readonly skipReasons: Readonly<Record<Extract<SkipReason, { code: string }>["code"], string>>;
  readonly next: {
    readonly startCapture: string;
    readonly startUnproved: string;
    readonly startEnrolment: string;
    readonly nobody: string;
    readonly locked: string;
    readonly done: string;
    readonly removing: string;
  };
  readonly actions: {
    readonly startCapture: string;
    readonly startEnrolment: string;
    readonly retry: string;
    readonly skip: string;
    readonly skipReason: string;
    readonly override: string;
    readonly overrideReason: string;
    readonly overrideMeans: string;
    readonly typeKey: string;
    readonly openWithKey: string;
    readonly openWithCan: string;
    readonly documentNumber: string;
    readonly dateOfBirth: string;
    readonly dateOfExpiry: string;
    readonly dateHint: string;
    readonly can: string;
    readonly cancel: string;
    readonly nextVisitor: string;
    readonly remove: string;
    readonly receipt: string;
    readonly print: string;
    readonly back: string;
    readonly stay: string;
  };
  readonly verdicts: Readonly<Record<"authentic" | "not-authentic" | "undetermined", string>>;
  /** What the DocVal result and the reports of devices name. */
  readonly checks: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<ComparedField, string>>;
  readonly columns: {
    readonly field: string;
    readonly printed: string;
    readonly zone: string;
    readonly chip: string;
    readonly agree: string;
  };
  readonly agrees: string;
  readonly differs: string;
  readonly portraits: {
    readonly page: string;
    readonly chip: string;
    readonly capture: string;
    readonly none: string;
  };
  readonly modalities: Readonly<Record<"finger" | "face" | "iris", string>>;
  readonly notMatched: string;
  readonly proved: string;
  readonly chipUnproved: string;
  readonly signedBy: string;
  readonly closerLook: string;
  readonly optical: string;
  readonly skipped: string;
  readonly overridden: string;
  readonly quality: string;
  readonly device: string;
  readonly pin: string;
  readonly terminal: string;
  readonly returning: string;
  readonly removed: string;
  readonly remains: string;
  readonly removalFailed: string;
  readonly removing: string;
  readonly punchAt: string;
  readonly forgets: string;
  readonly visitor: string;
  readonly receiptTitle: string;
  readonly receiptEmpty: string;
  readonly receiptAt: string;
  readonly receiptData: string;
  readonly connectionLost: string;
  readonly withoutScript: { readonly text: string; readonly reload: string };
  readonly simulator: {
    readonly title: string;
    readonly visitor: string;
    /** Before a date. */
    readonly expires: string;
    readonly chip: string;
    readonly noChip: string;
    readonly page: string;
    readonly pageRight: string;
    readonly pageFaults: Readonly<Record<"wrong-mrz" | "unreadable", string>>;
    readonly lay: string;
    readonly takeAway: string;
    readonly punch: string;
    readonly faults: Readonly<Record<WorldFault, string>>;
    readonly on: string;
    readonly off: string;
  };
}
