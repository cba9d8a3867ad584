import type { ChipEvidence, FileOutcome } from "../authentication/evidence.js";
import type { EmrtdError } from "../errors.js";
import type { ChipFiles, FileName } from "../lds/files.js";
import type { AccessFacts } from "../verification/report.js";

/** What a reading got, whole or not. */
export interface DocumentReading {
  /** Files with the bytes as read. */
  readonly files: ChipFiles;
  /** Every file that was asked for. */
  readonly outcomes: { readonly [name in FileName]?: FileOutcome };
  /** Why a file's outcome is `failed`. */
  readonly fileErrors: { readonly [name in FileName]?: EmrtdError };
  readonly access: AccessFacts;
  /** For `verifyDocument`: what the chip did, how it was opened first. */
  readonly evidence: readonly ChipEvidence[];
  /** What ended the reading before its plan was through; null where nothing did. */
  readonly failure: EmrtdError | null;
  /** The file in hand at that moment; a resumed reading goes on at its next byte. */
  readonly partial: PartialFile | null;
}

/** The beginning of a file. */
export interface PartialFile {
  readonly file: FileName;
  readonly bytes: Uint8Array;
}

/** What happens while a chip is read, for whoever shows it. */
export type ReadProgress =
  | { readonly event: "opened"; readonly access: AccessFacts }
  /** `length` is absent until the file's header is read. */
  | {
      readonly event: "reading";
      readonly file: FileName;
      readonly read: number;
      readonly length?: number;
    }
  | { readonly event: "file"; readonly file: FileName; readonly outcome: FileOutcome }
  | { readonly event: "chip-authentication" }
  | { readonly event: "active-authentication" }
  | { readonly event: "terminal-authentication" };
