import type { Password } from "../access/password.js";
import type { Terminal } from "../authentication/create-terminal.js";
import { portableCrypto } from "../crypto/portable.js";
import type { CryptoProvider, RandomBytes } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";
import type { CommandApdu } from "../iso7816/command-apdu.js";
import type { ResponseApdu } from "../iso7816/response-apdu.js";
import { createSecureMessaging } from "../iso7816/secure-messaging.js";
import type { SecureMessagingSession } from "../iso7816/sm-cipher.js";
import type { ChipFiles } from "../lds/files.js";
import { type Protocol, runThrough } from "../protocol.js";
import type { DocumentReading, ReadProgress } from "./document-reading.js";
import { createLeLadder } from "./le-ladder.js";
import { openedIn } from "./open-chip.js";
import { DEFAULT_READ_PLAN, type ReadPlan, type ReadStep } from "./read-plan.js";
import { readStep } from "./read-step.js";
import { type ReadingState, readingOf } from "./reading-state.js";
import { keptOf } from "./resume.js";

export interface DocumentReaderOptions {
  /** Nonces and keys of the terminal. */
  readonly random: RandomBytes;
  readonly crypto?: CryptoProvider;
  /** How it is read; whoever goes step by step has steps of his own. */
  readonly plan?: Omit<ReadPlan, "steps">;
  /**
   * What opens fingerprints and irises on chips of authorities that certified this terminal; see
   * `createTerminal`.
   */
  readonly terminal?: Terminal;
  /**
   * Most data bytes of a command inside secure messaging: a longer one is sent as a chain. Default: any
   * number, in extended form where that takes it.
   */
  readonly commandRoom?: number;
  /**
   * An earlier reading of the same document that broke off. What it got is not read again; a file goes
   * on at its next byte.
   */
  readonly resume?: DocumentReading;
  /**
   * A session that another machine opened, inside the eMRTD application: the chip counts as open. Without
   * a password it cannot be opened again once that session is over.
   */
  readonly session?: SecureMessagingSession;
  readonly onProgress?: (event: ReadProgress) => void;
}

/** A reading on its way, for whoever has something to do between its steps. */
export interface DocumentReader {
  /**
   * Does one step; what was done in an earlier reading is passed over.
   *
   * @throws EmrtdError as `readDocument`, and after the chip is open whatever ends the reading.
   */
  step(step: ReadStep): Protocol<void>;
  /**
   * What was got so far.
   *
   * @throws EmrtdError `ACCESS_UNSUPPORTED` where the chip was never opened.
   */
  reading(failure?: EmrtdError | null): DocumentReading;
  readonly opened: boolean;
  /** With the bytes as read. */
  readonly files: ChipFiles;
  /** The session as it stands: all that another machine needs to go on. Absent without access control. */
  readonly session: SecureMessagingSession | undefined;
  /** Goes on in a session that another machine moved on, or agreed anew. */
  continueIn(session: SecureMessagingSession): void;
}

/**
 * Begins a reading that is led from outside, step by step.
 *
 * @param access what opens the chip; of several the first that fits is tried, and no other after it.
 */
export const createDocumentReader = (
  access: Password | readonly Password[],
  options: DocumentReaderOptions,
): DocumentReader => {
  const { plan = DEFAULT_READ_PLAN, crypto = portableCrypto } = options;
  const kept = keptOf(options.resume);
  const state: ReadingState = {
    passwords: isPasswords(access) ? access : [access],
    random: options.random,
    crypto,
    policy: plan.access,
    terminal: options.terminal,
    maxFileSize: plan.maxFileSize,
    shortIdentifiers: plan.shortIdentifiers,
    commandRoom: options.commandRoom ?? Number.POSITIVE_INFINITY,
    ladder: createLeLadder(plan.le),
    report: options.onProgress ?? (() => {}),
    files: { ...kept.files },
    outcomes: { ...kept.outcomes },
    fileErrors: {},
    proofs: [...kept.evidence],
    begun: kept.partial,
    opened: options.session && openedIn(createSecureMessaging(options.session, crypto)),
    place: options.session && "application",
    inHand: undefined,
    reopenings: 0,
  };
  if (state.opened?.channel) state.ladder.fit(state.opened.channel.shortAnswerRoom);
  return {
    step: (step) => runThrough(readStep(state, step), carry),
    reading(failure = null) {
      if (state.opened) return readingOf(state, state.opened, failure);
      throw new EmrtdError("ACCESS_UNSUPPORTED", "expected a plan that opens the chip");
    },
    get opened() {
      return state.opened !== undefined;
    },
    get files() {
      return { ...state.files };
    },
    get session() {
      return state.opened?.channel?.session;
    },
    continueIn(session) {
      if (!state.opened) {
        throw new EmrtdError("SM_SESSION_ENDED", "expected an open chip to continue with");
      }
      const channel = createSecureMessaging(session, crypto);
      state.opened = { ...state.opened, channel };
      state.ladder.fit(channel.shortAnswerRoom);
    },
  };
};

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
