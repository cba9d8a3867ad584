import type { FileOutcome } from "../authentication/evidence.js";
import { EmrtdError } from "../errors.js";
import { type FileName, fileByName } from "../lds/files.js";
import type { Protocol } from "../protocol.js";
import { proveByActiveAuthentication } from "./active-authentication-step.js";
import { proveByChipAuthentication } from "./chip-authentication-step.js";
import { createFileProgress, type FileProgress } from "./file-progress.js";
import { listedGroups } from "./listed-groups.js";
import { isAboutLength, type ReadFileResult, readFile } from "./read-file.js";
import type { ReadStep } from "./read-plan.js";
import { enter, open, type ReadingState, through } from "./reading-state.js";
import { isAboutTheFile, isRefusalInTheClear } from "./refusal.js";
import { checkSameDocument } from "./resume.js";
import { fitLadder, statesShortIdentifiers } from "./stated-capabilities.js";
import {
  authenticateTerminal,
  authorityFile,
  isGuarded,
  wantsReferences,
} from "./terminal-authentication-step.js";

/** Does one step of the plan; what was done in an earlier reading is passed over. */
export function* readStep(state: ReadingState, step: ReadStep): Protocol<void> {
  const { files, outcomes, proofs } = state;
  switch (step.step) {
    case "access": {
      yield* open(state);
      if (files.SOD) {
        yield* enter(state, fileByName("SOD"));
        yield* through(state, checkSameDocument(files.SOD));
      }
      return;
    }
    case "read": {
      const { file, when } = step;
      if (outcomes[file] !== undefined) return;
      if (when === "listed" && listedGroups(files)?.has(file) === false) return;
      if (when === "after-pace" && state.opened?.access.protocol !== "pace") return;
      if (when === "for-terminal" && !wantsReferences(state)) return;
      const outcome = yield* readWhole(state, file);
      outcomes[file] = outcome;
      state.inHand = undefined;
      state.report({ event: "file", file, outcome });
      return;
    }
    case "chip-authentication": {
      const mapped = proofs.some(({ protocol }) => protocol === "chip-authentication-mapping");
      if (!files.DG14 || (mapped && files.CardSecurity)) return;
      if (proofs.some(({ protocol }) => protocol === step.step)) return;
      yield* enter(state, fileByName("DG14"));
      const proof = yield* proveByChipAuthentication(state, files.DG14);
      if (proof) proofs.push(proof);
      return;
    }
    case "active-authentication": {
      if (!files.DG15 || proofs.some(({ protocol }) => protocol === step.step)) return;
      const proof = yield* proveByActiveAuthentication(state, files.DG15, step.challenge);
      if (proof) proofs.push(proof);
      return;
    }
    case "terminal-authentication":
      yield* authenticateTerminal(state);
  }
}

/** How often a chip may end the session by a refusal in the clear before the reading gives up. */
const MAX_REOPENINGS = 8;

/**
 * Reads one file, whatever it takes. A chip that refuses in the clear has ended the session: it is
 * opened again and, if it was about the length, the file goes on at its byte with shorter reads.
 *
 * @throws EmrtdError what ends the whole reading; what concerns only the file is its outcome.
 */
function* readWhole(state: ReadingState, name: FileName): Protocol<FileOutcome> {
  const { ladder, maxFileSize } = state;
  const file = name === "CVCA" ? authorityFile(state) : fileByName(name);
  const begun = state.begun?.file === name ? state.begun.bytes : undefined;
  const progress = createFileProgress(file, begun);
  const onProgress = (at: FileProgress) => state.report(progressEvent(at));
  state.inHand = progress;
  onProgress(progress);
  for (;;) {
    try {
      yield* enter(state, file);
      const byShortIdentifier =
        state.shortIdentifiers === "stated" && statesShortIdentifiers(state);
      const options = { ladder, maxFileSize, byShortIdentifier, onProgress };
      const reading = readFile(file, progress, options);
      const result: ReadFileResult = yield* through(state, reading);
      if (result === "read") state.files[name] = progress.bytes();
      if (name === "ATR/INFO") fitLadder(state);
      return result;
    } catch (error) {
      if (!(error instanceof EmrtdError)) throw error;
      const sessionEnded = isRefusalInTheClear(error);
      if (!sessionEnded && !isAboutTheFile(error)) throw error;
      if (sessionEnded) {
        if (++state.reopenings > MAX_REOPENINGS) throw error;
        yield* open(state);
        // A new session has none of the rights of the one before.
        if (isGuarded(name)) yield* authenticateTerminal(state);
        if (isAboutLength(error.statusWord ?? 0) && ladder.below(progress.wanted)) continue;
      }
      state.fileErrors[name] = error;
      return "failed";
    }
  }
}

const progressEvent = ({ name, read, length }: FileProgress) =>
  ({ event: "reading", file: name, read, ...(length === undefined ? {} : { length }) }) as const;
