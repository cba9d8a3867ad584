import { concatBytes } from "../bytes.js";
import { EmrtdError } from "../errors.js";
import { type Protocol, runThrough } from "../protocol.js";
import type { CommandApdu } from "./command-apdu.js";
import { isSuccess } from "./status-word.js";

/** Bit 5 of CLA: this command is not the last of its chain (ISO/IEC 7816-4, 5.3.3). */
export const CHAINING_BIT = 0x10;

/** Most data that a receiver gathers: what one extended command could have carried. */
export const MAX_CHAINED_DATA = 65_535;

/**
 * Splits a command whose data one command cannot carry. Only the last piece asks for an answer.
 *
 * @param pieceLength most data bytes of a piece.
 */
export const chainCommand = (command: CommandApdu, pieceLength = 255): CommandApdu[] => {
  if (!(Number.isInteger(pieceLength) && pieceLength >= 1)) {
    throw new EmrtdError("APDU_INVALID", "expected pieces of at least one byte");
  }
  const { data = new Uint8Array(0), le, ...header } = command;
  const pieces: CommandApdu[] = [];
  let offset = 0;
  for (; data.length - offset > pieceLength; offset += pieceLength) {
    pieces.push({
      ...header,
      cla: header.cla | CHAINING_BIT,
      data: data.subarray(offset, offset + pieceLength),
    });
  }
  return [
    ...pieces,
    {
      ...header,
      ...(data.length === 0 ? {} : { data: data.subarray(offset) }),
      ...(le === undefined ? {} : { le }),
    },
  ];
};

/**
 * Runs a conversation so that no command has more data than this: a longer one becomes a chain, whose
 * first refusal is its answer.
 */
export const chained = <Result>(
  protocol: Protocol<Result>,
  pieceLength: number,
): Protocol<Result> =>
  runThrough(protocol, function* (command) {
    if ((command.data?.length ?? 0) <= pieceLength) return yield command;
    const pieces = chainCommand(command, pieceLength);
    for (const piece of pieces.slice(0, -1)) {
      const answer = yield piece;
      if (!isSuccess(answer)) return answer;
    }
    return yield pieces.at(-1)!;
  });

/** A chain that a receiver has the beginning of. */
export interface CommandChain {
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data: Uint8Array;
}

/** `more`: wait for the next piece. `complete`: the command as if it had come in one. */
export type ChainStep =
  | { readonly state: "more"; readonly chain: CommandChain }
  | { readonly state: "complete"; readonly command: CommandApdu };

/**
 * The receiver's side: adds a piece to a chain, or begins one.
 *
 * @throws EmrtdError `CHAINING_INVALID` where the piece belongs to another command, or too much is sent.
 */
export const receiveChained = (chain: CommandChain | undefined, piece: CommandApdu): ChainStep => {
  const { ins, p1, p2, le } = piece;
  if (chain && (chain.ins !== ins || chain.p1 !== p1 || chain.p2 !== p2)) {
    throw new EmrtdError("CHAINING_INVALID", "expected the next piece of the chained command");
  }
  const data = concatBytes(chain?.data ?? new Uint8Array(0), piece.data ?? new Uint8Array(0));
  if (data.length > MAX_CHAINED_DATA) {
    throw new EmrtdError(
      "CHAINING_INVALID",
      `expected at most ${MAX_CHAINED_DATA} bytes in a chain, found ${data.length}`,
    );
  }
  if ((piece.cla & CHAINING_BIT) !== 0) return { state: "more", chain: { ins, p1, p2, data } };
  return {
    state: "complete",
    command: {
      cla: piece.cla,
      ins,
      p1,
      p2,
      ...(data.length === 0 ? {} : { data }),
      ...(le === undefined ? {} : { le }),
    },
  };
};
