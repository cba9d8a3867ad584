/** A command for the chip, as bytes; its answer comes back the same way. */
export interface ChipCommand {
  readonly type: "command";
  readonly apdu: Uint8Array;
}

/**
 * A conversation with a chip that somebody else reaches: yields what is to be done, is given the bytes of
 * each answer, returns what it was held for. It does no I/O, and it may be left at any time.
 */
export type Conversation<Step, Result> = Generator<Step, Result, Uint8Array>;

/** What the way to the chip can carry. */
export interface ApduLimits {
  /** Bytes of a command at most; absent: as many as its form can say. */
  readonly command?: number;
  /** Bytes of an answer at most, status word included. */
  readonly response?: number;
  /** Bytes of a file at most that one command may ask for. */
  readonly block?: number;
  /** Whether commands in extended form get through. */
  readonly extendedLength: boolean;
}

/** An answer without data that says nothing but "no diagnosis": what some clients send for a lost chip. */
export const isNoDiagnosis = (answer: Uint8Array): boolean =>
  answer.length === 2 && answer[0] === 0x6f && answer[1] === 0x00;
