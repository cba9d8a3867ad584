import { equalBytes } from "../bytes.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";
import { APDU_LIMITS, type CommandApdu } from "./command-apdu.js";
import type { ResponseApdu } from "./response-apdu.js";
import { SM_CLASS } from "./secure-messaging.js";
import { createSmCipher, incremented, type SecureMessagingSession } from "./sm-cipher.js";
import { readSmDataObjects, SM_TAG } from "./sm-data-objects.js";
import { decryptCryptogram, expectedChecksum, protectMessage } from "./sm-message.js";

/**
 * The chip's side of a session. A command that breaks the rules throws, and its error carries the
 * status word that the chip answers in the clear while it forgets the session (Doc 9303-11, 9.8.5).
 */
export interface ChipSecureMessaging {
  readonly session: SecureMessagingSession;
  /** @throws EmrtdError `SM_…` with status word 6987 or 6988. */
  unprotect(command: CommandApdu): CommandApdu;
  /** Protects an answer, whatever its status word. */
  protect(answer: ResponseApdu): ResponseApdu;
}

/** Secure messaging, Doc 9303-11, 9.8, as the chip does it. */
export const createChipSecureMessaging = (
  session: SecureMessagingSession,
  crypto: CryptoProvider,
): ChipSecureMessaging => {
  const cipher = createSmCipher(session, crypto);
  let counter: Uint8Array = new Uint8Array(session.sendSequenceCounter);
  let ins = 0;

  return {
    get session() {
      return { ...session, sendSequenceCounter: new Uint8Array(counter) };
    },
    unprotect(command) {
      counter = incremented(counter);
      ({ ins } = command);
      const { cla, p1, p2, data = new Uint8Array(0) } = command;
      if ((cla & SM_CLASS) !== SM_CLASS) throw refusal("CLA with an authenticated header", MISSING);
      const objects = readSmDataObjects(data, SM_TAG.le);
      if (!objects) throw refusal("data objects that end in a checksum", MISSING);
      const { cryptogram, cryptogramTag, middle } = objects;
      const expectedTag = (ins & 1) === 0 ? SM_TAG.cryptogram : SM_TAG.cryptogramTlv;
      if (cryptogramTag !== undefined && cryptogramTag !== expectedTag) {
        throw refusal("the cryptogram that the parity of INS asks for", INCORRECT);
      }
      const header = Uint8Array.of(cla, ins, p1, p2);
      const expected = expectedChecksum(counter, header, objects.checked, cipher);
      if (!equalBytes(expected, objects.checksum)) {
        throw new EmrtdError("SM_MAC_MISMATCH", "expected the checksum of the command", {
          statusWord: INCORRECT,
        });
      }
      const le = middle && decodeLe(middle);
      const plain = cryptogram && decrypted(cryptogram);
      return {
        cla: cla & ~SM_CLASS,
        ins,
        p1,
        p2,
        ...(plain && plain.length > 0 ? { data: plain } : {}),
        ...(le === undefined ? {} : { le }),
      };
    },
    protect({ data, statusWord }) {
      counter = incremented(counter);
      const trailer = Uint8Array.of(SM_TAG.status, 2, statusWord >> 8, statusWord & 0xff);
      return { data: protectMessage({ ins, data, trailer }, counter, cipher), statusWord };
    },
  };

  function decrypted(cryptogram: Uint8Array): Uint8Array {
    try {
      return decryptCryptogram(cryptogram, counter, cipher);
    } catch (cause) {
      throw refusal("a cryptogram that decrypts", INCORRECT, cause);
    }
  }
};

const MISSING = 0x6987;
const INCORRECT = 0x6988;

const refusal = (expected: string, statusWord: number, cause?: unknown): EmrtdError =>
  new EmrtdError("SM_INCOMPLETE", `expected ${expected}`, { statusWord, cause });

const decodeLe = (bytes: Uint8Array): number => {
  if (bytes.length === 1) return bytes[0] || APDU_LIMITS.shortLe;
  if (bytes.length === 2) return (bytes[0]! << 8) | bytes[1]! || APDU_LIMITS.extendedLe;
  throw refusal("Le of one or two bytes", INCORRECT);
};
