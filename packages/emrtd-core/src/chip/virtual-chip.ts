import type { TerminalTrust } from "../authentication/terminal-chip.js";
import { portableCrypto } from "../crypto/portable.js";
import type { CryptoProvider, RandomBytes } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";
import { APDU_LIMITS, type CommandApdu, decodeCommand } from "../iso7816/command-apdu.js";
import { CHAINING_BIT, receiveChained } from "../iso7816/command-chaining.js";
import { encodeResponseApdu, type ResponseApdu, statusOnly } from "../iso7816/response-apdu.js";
import { SM_CLASS } from "../iso7816/secure-messaging.js";
import { answerRoom } from "../iso7816/sm-message.js";
import { encodeCvca } from "../lds/cvca.js";
import type { ChipFiles } from "../lds/files.js";
import { type ChipContext, type ChipState, endSession, poweredOn } from "./chip-context.js";
import { commandOf } from "./commands/index.js";
import { createFaultInjector } from "./fault-injector.js";
import { faultyDocument } from "./faults/faulty-document.js";
import type { FaultyAnswer } from "./faults/instead.js";
import type { ChipFault } from "./faults.js";
import type { ChipPersonalisation } from "./personalisation.js";

/** A chip in software: what it is sent, it answers as a chip would. */
export interface VirtualChip {
  /**
   * Answers one command.
   *
   * @throws EmrtdError `TRANSPORT_FAILED` when the chip is not in the field (fault `tag-lost`).
   */
  receive(command: Uint8Array): Uint8Array;
  /** Milliseconds that its last answer took (faults `delay`, `password-delay`), for whoever carries it. */
  readonly delay: number;
  /** Power off and on: the session is gone, and so is what a fault took away. */
  reset(): void;
}

export interface VirtualChipOptions {
  readonly random: RandomBytes;
  readonly crypto?: CryptoProvider;
  readonly faults?: readonly ChipFault[];
}

/**
 * A virtual chip: the master file and the eMRTD application of Doc 9303-10 with the protocols of Doc
 * 9303-11 from the chip's side. It refuses what it does not understand, loudly.
 *
 * @throws EmrtdError `CHIP_PERSONALISATION` for a fault that the files do not allow.
 */
export const createVirtualChip = (
  personalisation: ChipPersonalisation,
  options: VirtualChipOptions,
): VirtualChip => {
  const { random, crypto = portableCrypto, faults = [] } = options;
  let made = faultyDocument(personalisation, faults, crypto);
  made = { ...made, files: withAuthorities(made.files, made.terminalTrust) };
  const injector = createFaultInjector(faults);
  let state = injector.powerOn(poweredOn());

  const context = (room: number): ChipContext => ({
    personalisation: made,
    state,
    crypto,
    random,
    remember: (terminalTrust) => {
      made = { ...made, terminalTrust, files: withAuthorities(made.files, terminalTrust) };
    },
    room,
  });

  /** The chip's own answer, or what a fault makes of it. */
  const answerOpen = (command: CommandApdu, room: number): FaultyAnswer => {
    const faulty = injector.instead(command, state);
    if (faulty) return faulty;
    const answer = dispatch(command, context(injector.room(command, room)));
    return { answer: injector.after(command, answer, room, state) };
  };

  const answerPlain = (command: CommandApdu): ResponseApdu => {
    // A plain command inside a session ends it (Doc 9303-11, 9.8.3); then it is a command like any other.
    if (state.session) endSession(state);
    return answerOpen(command, command.le ?? APDU_LIMITS.shortLe).answer;
  };

  const answerProtected = (command: CommandApdu): ResponseApdu => {
    const { session } = state;
    if (!session) return statusOnly(0x6882);
    let inside: CommandApdu;
    try {
      inside = session.unprotect(command);
    } catch (error) {
      if (!(error instanceof EmrtdError)) throw error;
      endSession(state);
      return statusOnly(error.statusWord ?? 0x6988);
    }
    const pieces = injector.pieces.protected;
    const rest = pieces.next(inside);
    if (rest) return injector.protect(session, rest);
    const room = answerRoom(session.session.cipher, command.le ?? APDU_LIMITS.shortLe);
    const { answer, plain = false } = answerOpen(inside, room);
    if (!plain) return injector.protect(session, pieces.first(answer));
    endSession(state);
    return answer;
  };

  const answer = (bytes: Uint8Array): ResponseApdu => {
    let decoded: ReturnType<typeof decodeCommand>;
    try {
      decoded = decodeCommand(bytes);
    } catch (error) {
      if (!(error instanceof EmrtdError)) throw error;
      return statusOnly(0x6700);
    }
    const { command, extended } = decoded;
    if (extended && made.extendedLength === false) {
      endSession(state);
      return statusOnly(0x6700);
    }
    const pieces = injector.pieces.outside;
    if ((command.cla & SM_CLASS) === SM_CLASS) return pieces.first(answerProtected(command));
    return pieces.next(command) ?? pieces.first(answerPlain(command));
  };

  return {
    get delay() {
      return injector.delay;
    },
    receive(command) {
      injector.command();
      return encodeResponseApdu(answer(command));
    },
    reset() {
      injector.reset();
      state = injector.powerOn(poweredOn());
    },
  };
};

/** EF.CVCA names the authorities as they are now, where there is one (Doc 9303-11, K.2). */
const withAuthorities = (files: ChipFiles, trust: TerminalTrust | undefined): ChipFiles =>
  files.CVCA && trust
    ? {
        ...files,
        CVCA: encodeCvca({ references: trust.trustPoints.map(({ reference }) => reference) }),
      }
    : files;

/** One command after secure messaging: its class, its chain, then the command itself. */
const dispatch = (piece: CommandApdu, context: ChipContext): ResponseApdu => {
  const { state } = context;
  const classError = refuseClass(piece.cla);
  if (classError) return statusOnly(classError);
  const known = commandOf(piece.ins);
  if (!known) return statusOnly(0x6d00);
  const command =
    known.chaining === "steps" ? piece : gather(piece, known.chaining === "data", state);
  return typeof command === "number" ? statusOnly(command) : known.answer(command, context);
};

/** Bits of CLA beside the chaining bit (ISO/IEC 7816-4, 5.4.1): none of them is ours. */
const refuseClass = (cla: number): number | undefined => {
  if ((cla & ~CHAINING_BIT) === 0) return undefined;
  if ((cla & 0xe0) !== 0) return 0x6e00;
  return (cla & 0x0c) === 0 ? 0x6881 : 0x6882;
};

/** A whole command, or the status word that a piece of one is answered with. */
const gather = (piece: CommandApdu, chained: boolean, state: ChipState): CommandApdu | number => {
  const { chain } = state;
  state.chain = undefined;
  if ((piece.cla & CHAINING_BIT) !== 0 && !chained) return 0x6884;
  try {
    const step = receiveChained(chain, piece);
    if (step.state === "complete") return step.command;
    state.chain = step.chain;
    return 0x9000;
  } catch (error) {
    if (!(error instanceof EmrtdError)) throw error;
    return 0x6883;
  }
};
