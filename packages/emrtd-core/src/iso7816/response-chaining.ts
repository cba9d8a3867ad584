import { concatBytes } from "../bytes.js";
import { EmrtdError } from "../errors.js";
import { type Protocol, runThrough } from "../protocol.js";
import type { CommandApdu } from "./command-apdu.js";
import { CHAINING_BIT } from "./command-chaining.js";
import type { ResponseApdu } from "./response-apdu.js";

/** What a chip may make us fetch for one command, in answers and in bytes. */
export const RESPONSE_CHAIN_LIMITS = { answers: 512, bytes: 131_072 } as const;

/**
 * Asks the rest of an answer with GET RESPONSE while SW1 is 61, and repeats a command once with the Le
 * that SW1 6C names (ISO/IEC 7816-4, 5.3.4 and 5.6).
 *
 * @throws EmrtdError `CHAINING_INVALID` where the chip keeps promising more.
 */
export function* completeAnswer(command: CommandApdu): Protocol<ResponseApdu> {
  let answer = yield command;
  if (answer.statusWord >> 8 === 0x6c) {
    answer = yield { ...command, le: answer.statusWord & 0xff || 256 };
  }
  // GET RESPONSE is no piece of a chain, even where the command was.
  return yield* fetchRest(command.cla & ~CHAINING_BIT, answer);
}

/** GET RESPONSE until SW1 is no longer 61. */
export function* fetchRest(cla: number, first: ResponseApdu): Protocol<ResponseApdu> {
  const parts = [first.data];
  let length = first.data.length;
  let { statusWord } = first;
  while (statusWord >> 8 === 0x61) {
    const next = yield { cla, ins: 0xc0, p1: 0, p2: 0, le: statusWord & 0xff || 256 };
    parts.push(next.data);
    length += next.data.length;
    statusWord = next.statusWord;
    if (parts.length > RESPONSE_CHAIN_LIMITS.answers || length > RESPONSE_CHAIN_LIMITS.bytes) {
      throw new EmrtdError(
        "CHAINING_INVALID",
        `expected an answer of at most ${RESPONSE_CHAIN_LIMITS.bytes} bytes in ${RESPONSE_CHAIN_LIMITS.answers} parts`,
      );
    }
  }
  return { data: parts.length === 1 ? first.data : concatBytes(...parts), statusWord };
}

/** Runs a conversation so that it sees whole answers only: 61xx and 6Cxx are dealt with below it. */
export const withWholeAnswers = <Result>(protocol: Protocol<Result>): Protocol<Result> =>
  runThrough(protocol, completeAnswer);
