import { concat, fromUtf8 } from "../bytes.js";
import type { Clock } from "../clock.js";
import { MdsError } from "../errors.js";

/** A request as the client wants it sent: the verb may be one that HTTP does not know. */
export interface HttpCall {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export interface HttpReply {
  readonly status: number;
  header(name: string): string | undefined;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Whatever sends HTTP requests with any verb: `fetch`, Node's client, a raw socket.
 *
 * Rejects with MdsError `UNREACHABLE` when there is no connection, and with the signal's reason when it
 * aborts. One request a connection: device services close it.
 */
export type Send = (call: HttpCall) => Promise<HttpReply>;

/** Longest answer that is read, in bytes: ten fingers and a face in lossless images stay below it. */
export const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** The body as text. @throws MdsError `BODY_TOO_LARGE`, `JSON_MALFORMED` when it is not UTF-8. */
export const readText = async (reply: HttpReply, limit = MAX_ANSWER_BYTES): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of reply.body) {
    length += chunk.length;
    if (length > limit) {
      throw new MdsError("BODY_TOO_LARGE", `expected at most ${limit} bytes of answer, found more`);
    }
    chunks.push(chunk);
  }
  try {
    return fromUtf8(concat(...chunks));
  } catch (cause) {
    throw new MdsError("JSON_MALFORMED", "expected an answer in UTF-8", { cause });
  }
};

/**
 * Runs something for at most so long.
 *
 * @throws MdsError `TIMED_OUT`; the caller's own reason when its signal aborts.
 */
export const withDeadline = async <T>(
  run: (signal: AbortSignal) => Promise<T>,
  milliseconds: number,
  clock: Clock,
  outer: AbortSignal | undefined,
): Promise<T> => {
  outer?.throwIfAborted();
  const inner = new AbortController();
  const timer = new AbortController();
  const timedOut = new MdsError("TIMED_OUT", `expected an answer within ${milliseconds} ms`);
  const abort = (): void => inner.abort(outer?.reason);
  outer?.addEventListener("abort", abort, { once: true });
  try {
    return await new Promise<T>((resolve, reject) => {
      inner.signal.addEventListener("abort", () => reject(inner.signal.reason), { once: true });
      void clock.sleep(milliseconds, timer.signal).then(() => {
        if (!timer.signal.aborted) {
          inner.abort(timedOut);
        }
      });
      run(inner.signal).then(resolve, reject);
    });
  } finally {
    timer.abort();
    outer?.removeEventListener("abort", abort);
  }
};
