import type { CommandApdu } from "../../iso7816/command-apdu.js";
import { CHAINING_BIT } from "../../iso7816/command-chaining.js";
import type { ResponseApdu } from "../../iso7816/response-apdu.js";

/** Hands answers out in pieces (ISO/IEC 7816-4, 5.3.4). */
export interface ResponsePieces {
  /** The first piece of an answer; all of it where it is small enough. */
  first(answer: ResponseApdu): ResponseApdu;
  /** The next piece, to GET RESPONSE; any other command forgets the rest and is not answered here. */
  next(command: CommandApdu): ResponseApdu | undefined;
}

const GET_RESPONSE = 0xc0;

/** @param piece bytes of a piece; Infinity for answers as they are. */
export const createResponsePieces = (piece: number): ResponsePieces => {
  let rest: ResponseApdu | undefined;
  const first = ({ data, statusWord }: ResponseApdu): ResponseApdu => {
    rest = data.length > piece ? { data: data.subarray(piece), statusWord } : undefined;
    if (!rest) return { data, statusWord };
    return { data: data.subarray(0, piece), statusWord: 0x6100 | Math.min(rest.data.length, 0xff) };
  };
  return {
    first,
    next(command) {
      const left = rest;
      rest = undefined;
      const asks = command.ins === GET_RESPONSE && (command.cla & CHAINING_BIT) === 0;
      return left && asks ? first(left) : undefined;
    },
  };
};
