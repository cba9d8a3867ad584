import { EmrtdError } from "./errors.js";
import { type CommandApdu, encodeCommandApdu } from "./iso7816/command-apdu.js";
import { decodeResponseApdu, type ResponseApdu } from "./iso7816/response-apdu.js";

/** A conversation with a chip: yields commands, is given answers, returns what it was held for. */
export type Protocol<Result> = Generator<CommandApdu, Result, ResponseApdu>;

/** Whatever carries bytes to a chip and back: a card reader, a phone, a WebSocket, a virtual chip. */
export type Transceive = (command: Uint8Array) => Promise<Uint8Array>;

/**
 * Runs a conversation over whatever carries APDUs.
 *
 * An error of the transport is thrown into the conversation, which may return what it has so far; what
 * it does not catch rejects. Bytes that are no answer are such an error, `TRANSPORT_FAILED`. An abort ends
 * the conversation and rejects with the signal's reason: to keep a part of a reading past a deadline, let
 * the transport fail instead.
 */
export const drive = async <Result>(
  protocol: Protocol<Result>,
  transceive: Transceive,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Result> => {
  const { signal } = options;
  try {
    signal?.throwIfAborted();
    let step = protocol.next();
    while (!step.done) {
      let answer: ResponseApdu;
      try {
        const bytes = transceive(encodeCommandApdu(step.value));
        answer = answerOf(await (signal ? untilAborted(bytes, signal) : bytes));
      } catch (error) {
        signal?.throwIfAborted();
        step = protocol.throw(error);
        continue;
      }
      signal?.throwIfAborted();
      step = protocol.next(answer);
    }
    return step.value;
  } finally {
    // Ends a conversation that was left in the middle; one that is over does not notice.
    protocol.return(undefined as Result);
  }
};

/** Less than a status word is what some drivers give for a chip that has gone. */
const answerOf = (bytes: Uint8Array): ResponseApdu => {
  try {
    return decodeResponseApdu(bytes);
  } catch (cause) {
    const message = `expected an answer with a status word, found ${bytes.length} bytes`;
    throw new EmrtdError("TRANSPORT_FAILED", message, { cause });
  }
};

/** The bytes, or a rejection as soon as the signal aborts. */
const untilAborted = <T>(bytes: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    bytes.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });

/**
 * Runs a conversation inside another: each of its commands becomes a conversation of its own, below it.
 * Whatever is thrown below, a transport's error or a refusal, is thrown into the conversation above.
 */
export function* runThrough<Result>(
  protocol: Protocol<Result>,
  exchange: (command: CommandApdu) => Protocol<ResponseApdu>,
): Protocol<Result> {
  try {
    let step = protocol.next();
    while (!step.done) {
      let answer: ResponseApdu;
      try {
        answer = yield* exchange(step.value);
      } catch (error) {
        step = protocol.throw(error);
        continue;
      }
      step = protocol.next(answer);
    }
    return step.value;
  } finally {
    protocol.return(undefined as Result);
  }
}
