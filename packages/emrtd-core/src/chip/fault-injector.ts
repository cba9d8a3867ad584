import { EmrtdError } from "../errors.js";
import { type CommandApdu, needsExtendedLength } from "../iso7816/command-apdu.js";
import { type ResponseApdu, statusOnly } from "../iso7816/response-apdu.js";
import type { ChipSecureMessaging } from "../iso7816/secure-messaging-chip.js";
import type { ChipState } from "./chip-context.js";
import { answerInstead, type FaultyAnswer, INTERNAL_AUTHENTICATE } from "./faults/instead.js";
import { createPasswordDelay } from "./faults/password-delay.js";
import { createResponsePieces, type ResponsePieces } from "./faults/response-pieces.js";
import { type ChipFault, faultsOf } from "./faults.js";

/** The places at which a virtual chip asks what goes wrong now. */
export interface FaultInjector {
  /** Milliseconds that the last answer took. */
  readonly delay: number;
  /** Answers that leave in pieces: as they leave the chip, and before they are protected. */
  readonly pieces: { readonly outside: ResponsePieces; readonly protected: ResponsePieces };
  /**
   * A command comes.
   *
   * @throws EmrtdError `TRANSPORT_FAILED` once the chip has left the field.
   */
  command(): void;
  /** The chip is laid on the reader again. */
  reset(): void;
  /** What the chip is like when it has power. */
  powerOn(state: ChipState): ChipState;
  /** What the chip says without looking further at a command, protection taken off. */
  instead(command: CommandApdu, state: ChipState): FaultyAnswer | undefined;
  /** Bytes of data that the chip puts into an answer that has room for so many. */
  room(command: CommandApdu, room: number): number;
  /** What becomes of the chip's own answer. */
  after(command: CommandApdu, answer: ResponseApdu, room: number, state: ChipState): ResponseApdu;
  protect(session: ChipSecureMessaging, answer: ResponseApdu): ResponseApdu;
}

export const createFaultInjector = (faults: readonly ChipFault[]): FaultInjector => {
  const of = <Name extends ChipFault["fault"]>(name: Name) => faultsOf(faults, name);
  const [chaining] = of("response-chaining");
  const pieceAt = (level: "outside" | "protected") =>
    createResponsePieces(chaining?.level === level ? chaining.piece : Number.POSITIVE_INFINITY);
  const [signing] = of("signing");
  const always = of("delay").reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const passwords = createPasswordDelay(of("password-delay")[0]?.milliseconds ?? 0);
  let commands = 0;
  let protectedAnswers = 0;
  let present = true;

  return {
    get delay() {
      return always + passwords.delay;
    },
    pieces: { outside: pieceAt("outside"), protected: pieceAt("protected") },
    command() {
      if (present && of("tag-lost").some(({ after }) => after === commands)) present = false;
      if (!present) {
        throw new EmrtdError("TRANSPORT_FAILED", "expected a chip in the field, found none");
      }
      commands++;
    },
    reset() {
      if (!present) commands++;
      present = true;
    },
    powerOn(state) {
      if (of("application-first").length > 0) state.directory = "application";
      return state;
    },
    instead: (command, state) => answerInstead(command, faults, state),
    room(command, room) {
      const signs = command.ins === INTERNAL_AUTHENTICATE;
      if (chaining || (signs && signing?.habit === "cut")) return Number.POSITIVE_INFINITY;
      const cut = of("le-limit").filter(({ answer }) => answer === "cut");
      return Math.min(room, ...cut.map(({ limit }) => limit));
    },
    after(command, answer, room, state) {
      passwords.after(command, answer, state);
      if (command.ins !== INTERNAL_AUTHENTICATE || answer.statusWord !== 0x9000) return answer;
      const extended = needsExtendedLength(command);
      const { data } = answer;
      switch (signing?.habit) {
        case "cut":
          return extended
            ? answer
            : { ...answer, data: data.subarray(0, Math.min(signing.bytes, room)) };
        case "empty":
          return extended ? statusOnly(0x9000) : answer;
        case "zero":
          return { ...answer, data: Uint8Array.of(0, ...data) };
        default:
          return answer;
      }
    },
    protect(session, answer) {
      const number = ++protectedAnswers;
      const here = <F extends { readonly at: number }>(found: readonly F[]): F | undefined =>
        found.find(({ at }) => at === number);
      if (here(of("unprotected-answer"))) return answer;
      if (here(of("wrong-ssc"))) session.protect(answer);
      const whole = session.protect(answer);
      const flipped = here(of("flipped-bit"));
      if (flipped) return flipBit(whole, flipped.bit);
      const cut = here(of("truncated-answer"));
      return cut ? { ...whole, data: whole.data.slice(0, -cut.bytes) } : whole;
    },
  };
};

const flipBit = ({ data, statusWord }: ResponseApdu, bit: number): ResponseApdu => {
  const place = bit % (8 * data.length);
  return {
    data: data.map((byte, i) => (i === place >> 3 ? byte ^ (0x80 >> (place & 7)) : byte)),
    statusWord,
  };
};
