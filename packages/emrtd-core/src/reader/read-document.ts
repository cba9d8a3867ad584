import type { Password } from "../access/password.js";
import type { Terminal } from "../authentication/create-terminal.js";
import { portableCrypto } from "../crypto/portable.js";
import type { CryptoProvider, RandomBytes } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";
import type { CommandApdu } from "../iso7816/command-apdu.js";
import type { ResponseApdu } from "../iso7816/response-apdu.js";
import { type Protocol, runThrough } from "../protocol.js";
import type { DocumentReading, ReadProgress } from "./document-reading.js";
import { createLeLadder } from "./le-ladder.js";
import { DEFAULT_READ_PLAN, type ReadPlan } from "./read-plan.js";
import { readStep } from "./read-step.js";
import { type ReadingState, readingOf } from "./reading-state.js";
import { keptOf } from "./resume.js";

export interface ReadDocumentOptions {
  /** Nonces and keys of the terminal. */
  readonly random: RandomBytes;
  readonly crypto?: CryptoProvider;
  readonly plan?: ReadPlan;
  /**
   * What opens fingerprints and irises on chips of authorities that certified this terminal; see
   * `createTerminal`.
   */
  readonly terminal?: Terminal;
  /**
   * An earlier reading of the same document that broke off. What it got is not read again; a file goes
   * on at its next byte.
   */
  readonly resume?: DocumentReading;
  readonly onProgress?: (event: ReadProgress) => void;
}

/**
 * Reads a document: opens the chip, reads its files by the plan, and lets it prove itself.
 *
 * Once the chip is open this always returns: what went wrong after that is the `failure` of the reading,
 * which keeps what was read until then. Nothing is judged here; that is `verifyDocument`'s.
 *
 * @param access what opens the chip; of several the first that fits is tried, and no other after it.
 * @throws EmrtdError before the chip is open: `ACCESS_…`, `PASSWORD_INVALID`, `APDU_STATUS` for a chip
 *   without eMRTD application, `TRANSPORT_FAILED`; and `RESUME_MISMATCH`.
 */
export function* readDocument(
  access: Password | readonly Password[],
  options: ReadDocumentOptions,
): Generator<CommandApdu, DocumentReading, ResponseApdu> {
  const { plan = DEFAULT_READ_PLAN } = options;
  const kept = keptOf(options.resume);
  const state: ReadingState = {
    passwords: isPasswords(access) ? access : [access],
    random: options.random,
    crypto: options.crypto ?? portableCrypto,
    policy: plan.access,
    terminal: options.terminal,
    maxFileSize: plan.maxFileSize,
    shortIdentifiers: plan.shortIdentifiers,
    ladder: createLeLadder(plan.le),
    report: options.onProgress ?? (() => {}),
    files: { ...kept.files },
    outcomes: { ...kept.outcomes },
    fileErrors: {},
    proofs: [...kept.evidence],
    begun: kept.partial,
    opened: undefined,
    place: undefined,
    inHand: undefined,
    reopenings: 0,
  };
  return yield* runThrough(readByPlan(state, plan), carry);
}

function* readByPlan(state: ReadingState, plan: ReadPlan): Protocol<DocumentReading> {
  let failure: EmrtdError | null = null;
  try {
    for (const step of plan.steps) yield* readStep(state, step);
  } catch (error) {
    if (!state.opened || !(error instanceof EmrtdError) || error.code === "RESUME_MISMATCH") {
      throw error;
    }
    failure = error;
  }
  if (!state.opened) {
    throw new EmrtdError("ACCESS_UNSUPPORTED", "expected a plan that opens the chip");
  }
  return readingOf(state, state.opened, failure);
}

const isPasswords = (access: Password | readonly Password[]): access is readonly Password[] =>
  Array.isArray(access);

/** One exchange; whatever the transport throws is told from what we throw ourselves. */
function* carry(command: CommandApdu): Protocol<ResponseApdu> {
  try {
    return yield command;
  } catch (cause) {
    if (cause instanceof EmrtdError) throw cause;
    throw new EmrtdError("TRANSPORT_FAILED", "expected an answer of the chip, found none", {
      cause,
    });
  }
}
