import { type DataGroupNumber, dataGroupName, type FileName } from "../lds/files.js";
import type { LeRung } from "./le-ladder.js";
import type { AccessPolicy } from "./open-chip.js";

/** One thing to do with a chip, in the order of the plan. */
export type ReadStep =
  /**
   * `listed`: only where EF.SOD or EF.COM names it, or neither can be read. `after-pace`: only where PACE
   * opened the chip. `for-terminal`: only where the terminal has certificates and does not know yet which
   * authorities the chip knows.
   */
  | {
      readonly step: "read";
      readonly file: FileName;
      readonly when: "always" | "listed" | "after-pace" | "for-terminal";
    }
  /** Selects the eMRTD application and opens it; what is read before is of the master file. */
  | { readonly step: "access" }
  /** With a key of DG14, where there is one and chip authentication mapping has not proved the chip. */
  | { readonly step: "chip-authentication" }
  /** With the key of DG15, where there is one; `challenge` is that of whoever will judge, else drawn. */
  | { readonly step: "active-authentication"; readonly challenge?: Uint8Array }
  /** With the terminal's certificates, where it has some and a guarded group is still to be read. */
  | { readonly step: "terminal-authentication" };

/** What is read and tried, in which order, and with what patience. */
export interface ReadPlan {
  readonly steps: readonly ReadStep[];
  readonly access: AccessPolicy;
  /**
   * Bytes to ask for at once, the best first: one that a chip cannot serve is followed by the next.
   * Above 256 needs extended length. `stated` is as many as EF.ATR/INFO says that an answer can hold (Doc
   * 9303-10, 3.6.4.2), and nothing where the plan does not read that file, or it says no more than 256.
   */
  readonly le: readonly LeRung[];
  /**
   * Whether files are selected by reading them by their short identifier, which saves a command for each:
   * chips have been seen that say they have no such file. `stated`: where EF.ATR/INFO says that the chip
   * takes it; what it refuses then is asked for by SELECT all the same.
   */
  readonly shortIdentifiers: "never" | "stated";
  /** Bytes of one file at most, whatever its header declares. */
  readonly maxFileSize: number;
}

const always = (file: FileName): ReadStep => ({ step: "read", file, when: "always" });

const listed = (...groups: readonly DataGroupNumber[]): ReadStep[] =>
  groups.map((group) => ({ step: "read", file: dataGroupName(group), when: "listed" }));

/**
 * The signed list first, then the keys of the chip, listed or not, and its proofs: what follows chip
 * authentication is bound to the chip. Small groups before large ones, and last those that terminal
 * authentication guards.
 */
export const DEFAULT_READ_PLAN: ReadPlan = /* @__PURE__ */ (() => ({
  steps: [
    always("CardAccess"),
    { step: "access" },
    { step: "read", file: "CardSecurity", when: "after-pace" },
    always("COM"),
    always("SOD"),
    always("DG14"),
    { step: "chip-authentication" },
    always("DG15"),
    { step: "active-authentication" },
    ...listed(1, 11, 12, 13, 16, 8, 9, 10, 2, 5, 6, 7),
    { step: "read", file: "CVCA", when: "for-terminal" },
    { step: "terminal-authentication" },
    ...listed(3, 4),
  ],
  access: { protocol: "auto", bacAfterPaceFailure: false },
  le: [256, 223, 192, 160, 128, 112, 96, 64],
  shortIdentifiers: "never",
  maxFileSize: 1_048_576,
}))();

/**
 * The same with as few commands as the chip says that it can do with: EF.ATR/INFO is read first, and
 * believed. Not for readers whose driver or radio cannot carry long answers.
 */
export const FAST_READ_PLAN: ReadPlan = /* @__PURE__ */ (() => ({
  ...DEFAULT_READ_PLAN,
  steps: [{ step: "read", file: "ATR/INFO", when: "always" }, ...DEFAULT_READ_PLAN.steps],
  le: ["stated", ...DEFAULT_READ_PLAN.le],
  shortIdentifiers: "stated",
}))();
