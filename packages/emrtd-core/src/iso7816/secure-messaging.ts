import { equalBytes } from "../bytes.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";
import { APDU_LIMITS, type CommandApdu, needsExtendedLength } from "./command-apdu.js";
import type { ResponseApdu } from "./response-apdu.js";
import {
  createSmCipher,
  incremented,
  type SecureMessagingSession,
  type SmCipher,
} from "./sm-cipher.js";
import { beginsProtected, readSmDataObjects, SM_TAG } from "./sm-data-objects.js";
import { answerRoom, decryptCryptogram, expectedChecksum, protectMessage } from "./sm-message.js";
import { formatStatus } from "./status-word.js";

/** CLA of secure messaging with the header authenticated (ISO/IEC 7816-4, 5.4.1). */
export const SM_CLASS = 0x0c;

/**
 * The terminal's side of a session. One command at a time: every `protect` is followed by the
 * `unprotect` of its answer. Whatever goes wrong in between, in the answer or on the way, ends the
 * session, because nobody can know which counter the chip is at.
 */
export interface SecureMessaging {
  /** The session as it stands, with the counter moved on: another machine can continue from it. */
  readonly session: SecureMessagingSession;
  readonly ended: boolean;
  /** Most data that a protected answer to a short command can hold: 231 with 3DES, 223 with AES. */
  readonly shortAnswerRoom: number;
  /** @throws EmrtdError `SM_SESSION_ENDED` when over, or when the last answer is still out. */
  protect(command: CommandApdu): CommandApdu;
  /**
   * Checks the checksum, then decrypts. A status word of the chip inside is returned, not thrown.
   *
   * @throws EmrtdError `SM_…`; the session is over then. `SM_UNPROTECTED` carries the status word that
   * the chip sent in the clear, for what it is worth: nobody has signed it.
   */
  unprotect(answer: ResponseApdu): ResponseApdu;
  /** Ends the session from this side. */
  end(): void;
}

/**
 * Secure messaging, Doc 9303-11, 9.8: encrypt, then authenticate.
 *
 * ```
 * command  [DO 85 | DO 87] [DO 97] DO 8E     checksum over SSC, padded header, data objects
 * answer   [DO 85 | DO 87]  DO 99  DO 8E     checksum over SSC, data objects
 * ```
 *
 * An answer without DO 99 is refused: its status word would be anybody's.
 */
export const createSecureMessaging = (
  session: SecureMessagingSession,
  crypto: CryptoProvider,
): SecureMessaging => {
  const cipher = createSmCipher(session, crypto);
  let counter: Uint8Array = new Uint8Array(session.sendSequenceCounter);
  let state: "ready" | "waiting" | "ended" = "ready";

  return {
    get session() {
      return { ...session, sendSequenceCounter: new Uint8Array(counter) };
    },
    get ended() {
      return state === "ended";
    },
    shortAnswerRoom: answerRoom(session.cipher, APDU_LIMITS.shortLe),
    protect(command) {
      if (state !== "ready") {
        throw new EmrtdError(
          "SM_SESSION_ENDED",
          state === "ended"
            ? "expected an open session, found one that is over"
            : "expected the answer to the last command first",
        );
      }
      const next = incremented(counter);
      const protectedCommand = protectCommand(command, next, cipher);
      counter = next;
      state = "waiting";
      return protectedCommand;
    },
    unprotect(answer) {
      if (state !== "waiting") {
        throw new EmrtdError("SM_SESSION_ENDED", "expected a command before its answer");
      }
      state = "ended";
      counter = incremented(counter);
      const plain = unprotectAnswer(answer, counter, cipher);
      state = "ready";
      return plain;
    },
    end() {
      state = "ended";
    },
  };
};

const protectCommand = (
  command: CommandApdu,
  counter: Uint8Array,
  cipher: SmCipher,
): CommandApdu => {
  const { ins, p1, p2, data, le } = command;
  if ((command.cla & SM_CLASS) !== 0) {
    throw new EmrtdError("APDU_INVALID", "expected a command without secure messaging in CLA");
  }
  const cla = command.cla | SM_CLASS;
  const header = Uint8Array.of(cla, ins, p1, p2);
  const trailer = le === undefined ? NOTHING : encodeLe(le);
  const whole = protectMessage({ ins, data, trailer, header }, counter, cipher);
  const extended = whole.length > APDU_LIMITS.shortData || needsExtendedLength(command);
  return {
    cla,
    ins,
    p1,
    p2,
    data: whole,
    // As much as the form can ask for: what comes is longer than what was asked for inside.
    le: extended ? APDU_LIMITS.extendedLe : APDU_LIMITS.shortLe,
  };
};

const NOTHING = /* @__PURE__ */ new Uint8Array(0);

const encodeLe = (le: number): Uint8Array =>
  le <= APDU_LIMITS.shortLe
    ? Uint8Array.of(SM_TAG.le, 1, le & 0xff)
    : Uint8Array.of(SM_TAG.le, 2, (le >> 8) & 0xff, le & 0xff);

const unprotectAnswer = (
  answer: ResponseApdu,
  counter: Uint8Array,
  cipher: SmCipher,
): ResponseApdu => {
  const { data, statusWord } = answer;
  if (!beginsProtected(data)) {
    throw new EmrtdError(
      "SM_UNPROTECTED",
      `expected a protected answer, found ${data.length} bytes in the clear and ${formatStatus(statusWord)}`,
      { statusWord },
    );
  }
  const objects = readSmDataObjects(data, SM_TAG.status);
  if (objects?.middle?.length !== 2) {
    throw incomplete("a status word and a checksum around at most one cryptogram", statusWord);
  }
  const expected = expectedChecksum(counter, undefined, objects.checked, cipher);
  if (!equalBytes(expected, objects.checksum)) {
    throw new EmrtdError(
      "SM_MAC_MISMATCH",
      "expected the checksum of the answer, found another one",
      { statusWord },
    );
  }
  const inside = (objects.middle[0]! << 8) | objects.middle[1]!;
  if (inside !== statusWord) {
    throw new EmrtdError(
      "SM_STATUS_MISMATCH",
      `expected the protected ${formatStatus(inside)} outside too, found ${formatStatus(statusWord)}`,
      { statusWord: inside },
    );
  }
  return { data: decryptCryptogram(objects.cryptogram, counter, cipher), statusWord };
};

const incomplete = (expected: string, statusWord?: number): EmrtdError =>
  new EmrtdError(
    "SM_INCOMPLETE",
    `expected ${expected}, found another structure`,
    statusWord === undefined ? {} : { statusWord },
  );
