import { type Protocol, runThrough } from "../protocol.js";
import type { CommandApdu } from "./command-apdu.js";
import type { ResponseApdu } from "./response-apdu.js";
import { completeAnswer, fetchRest } from "./response-chaining.js";
import type { SecureMessaging } from "./secure-messaging.js";
import { readSmDataObjects, SM_TAG } from "./sm-data-objects.js";

/**
 * Runs a conversation inside a session: its commands leave protected, and it sees answers that were
 * checked. Anything else, a transport's error included, ends the session and is thrown into it.
 *
 * 61xx is served on both levels: a protected 61xx by a protected GET RESPONSE, and a protected answer
 * that the chip hands out in pieces by plain ones, before it is checked as a whole.
 */
export const protectedBy = <Result>(
  channel: SecureMessaging,
  protocol: Protocol<Result>,
): Protocol<Result> =>
  runThrough(protocol, (command) =>
    runThrough(completeAnswer(command), (piece) => exchange(channel, piece)),
  );

function* exchange(channel: SecureMessaging, command: CommandApdu): Protocol<ResponseApdu> {
  const wrapped = channel.protect(command);
  let answer: ResponseApdu;
  try {
    answer = yield wrapped;
    if (answer.statusWord >> 8 === 0x61 && !isWhole(answer)) answer = yield* fetchRest(0, answer);
  } catch (error) {
    channel.end();
    throw error;
  }
  return channel.unprotect(answer);
}

const isWhole = ({ data }: ResponseApdu): boolean =>
  readSmDataObjects(data, SM_TAG.status) !== undefined;
