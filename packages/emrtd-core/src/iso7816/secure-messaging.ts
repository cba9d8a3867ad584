import { concatBytes, equalBytes } from "../bytes.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";
import { encodeTlv } from "../tlv.js";
import { APDU_LIMITS, type CommandApdu, needsExtendedLength } from "./command-apdu.js";
import { padBlocks, paddedLength, unpadBlocks } from "./padding.js";
import type { ResponseApdu } from "./response-apdu.js";
import {
  createSmCipher,
  incremented,
  MAC_LENGTH,
  type SecureMessagingCipher,
  type SecureMessagingSession,
  SM_CIPHERS,
  type SmCipher,
} from "./sm-cipher.js";
import { beginsProtected, readSmDataObjects, SM_TAG } from "./sm-data-objects.js";
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
  let counter: Uint8Array = Uint8Array.from(session.sendSequenceCounter);
  let state: "ready" | "waiting" | "ended" = "ready";

  return {
    get session() {
      return { ...session, sendSequenceCounter: Uint8Array.from(counter) };
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

/** Most data that a protected answer of at most `le` bytes can hold. */
export const answerRoom = (cipher: SecureMessagingCipher, le: number): number => {
  const status = 4;
  const checksumObject = 2 + MAC_LENGTH;
  const rest = le - status - checksumObject;
  // Tag, length and padding indicator of DO 87.
  const header = rest < 0x80 + 3 ? 3 : rest < 0x100 + 4 ? 4 : 5;
  const { block } = SM_CIPHERS[cipher];
  return Math.max(0, Math.floor((rest - header) / block) * block - 1);
};

/** DO 87 for an even INS, DO 85 for an odd one. */
export const encodeCryptogram = (
  ins: number,
  data: Uint8Array,
  counter: Uint8Array,
  cipher: SmCipher,
): Uint8Array => {
  const cryptogram = cipher.encrypt(counter, padBlocks(data, cipher.blockLength));
  return (ins & 1) === 0
    ? encodeTlv(SM_TAG.cryptogram, Uint8Array.of(0x01), cryptogram)
    : encodeTlv(SM_TAG.cryptogramTlv, cryptogram);
};

/** Checksum over counter, header block and data objects; only data objects are padded once more. */
export const checksum = (
  counter: Uint8Array,
  header: Uint8Array | undefined,
  objects: Uint8Array,
  cipher: SmCipher,
): Uint8Array => {
  const { blockLength } = cipher;
  const headerLength = header ? blockLength : 0;
  const start = counter.length + headerLength;
  const input = new Uint8Array(
    start + (objects.length === 0 ? 0 : paddedLength(objects.length, blockLength)),
  );
  input.set(counter);
  if (header) {
    input.set(header, counter.length);
    input[counter.length + header.length] = 0x80;
  }
  if (objects.length > 0) {
    input.set(objects, start);
    input[start + objects.length] = 0x80;
  }
  return cipher.mac(input);
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
  const objects = concatBytes(
    data && data.length > 0 ? encodeCryptogram(ins, data, counter, cipher) : NOTHING,
    le === undefined ? NOTHING : encodeLe(le),
  );
  const mac = checksum(counter, Uint8Array.of(cla, ins, p1, p2), objects, cipher);
  return {
    cla,
    ins,
    p1,
    p2,
    data: concatBytes(objects, encodeTlv(SM_TAG.checksum, mac)),
    le: needsExtendedLength(command) ? APDU_LIMITS.extendedLe : APDU_LIMITS.shortLe,
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
  const expected = checksum(counter, undefined, objects.checked, cipher);
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

/** The data of a cryptogram whose checksum is right; no cryptogram is no data. */
export const decryptCryptogram = (
  cryptogram: Uint8Array | undefined,
  counter: Uint8Array,
  cipher: SmCipher,
): Uint8Array => {
  if (!cryptogram) return NOTHING;
  if (cryptogram.length === 0 || cryptogram.length % cipher.blockLength !== 0) {
    throw incomplete(`a cryptogram of whole blocks of ${cipher.blockLength} bytes`);
  }
  const data = unpadBlocks(cipher.decrypt(counter, cryptogram), cipher.blockLength);
  if (!data) throw new EmrtdError("SM_PADDING", "expected padding after the decrypted data");
  return data;
};

const incomplete = (expected: string, statusWord?: number): EmrtdError =>
  new EmrtdError(
    "SM_INCOMPLETE",
    `expected ${expected}, found another structure`,
    statusWord === undefined ? {} : { statusWord },
  );
