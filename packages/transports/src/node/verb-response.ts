import { type Clock, systemClock } from "../clock.js";
import { abortedError, TransportError } from "../errors.js";
import { onAbort } from "../signal.js";

/** An answer whose head has come. Read the body, or `cancel` it: the connection is held until then. */
export interface VerbResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  /** The body as it comes, once. Leaving the loop ends the connection. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The whole body. @throws TransportError `HTTP_LIMIT` beyond `maxBody` bytes. */
  bytes(): Promise<Uint8Array>;
  /** The whole body as text of UTF-8. */
  text(): Promise<string>;
  cancel(): void;
}

export interface ResponseHead {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
}

export const verbResponse = (
  { status, statusText, headers }: ResponseHead,
  body: AsyncIterable<Uint8Array>,
  maxBody: number,
  cancel: () => void,
): VerbResponse => {
  const bytes = async () => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of body) {
      length += chunk.length;
      if (length > maxBody) {
        throw new TransportError("HTTP_LIMIT", `expected a body of at most ${maxBody} bytes`, {
          limit: maxBody,
        });
      }
      chunks.push(chunk);
    }
    return new Uint8Array(Buffer.concat(chunks));
  };
  return {
    status,
    statusText,
    headers,
    body,
    bytes,
    text: async () => new TextDecoder().decode(await bytes()),
    cancel,
  };
};

/** Ends a conversation that the caller gives up, or in which the peer is silent for too long. */
export interface Watchdog {
  /** The peer was heard, or is waited for again. */
  feed(): void;
  /** Nobody waits for the peer. */
  hold(): void;
  stop(): void;
}

/** @param end is called once, with `TRANSPORT_TIMEOUT` or `TRANSPORT_ABORTED`. */
export const startWatchdog = (
  idleMs: number,
  options: { readonly signal?: AbortSignal | undefined; readonly clock?: Clock | undefined },
  end: (error: TransportError) => void,
): Watchdog => {
  const clock = options.clock ?? systemClock;
  let cancelTimer = () => {};
  const late = () =>
    end(
      new TransportError("TRANSPORT_TIMEOUT", `expected to hear the peer within ${idleMs} ms`, {
        limit: idleMs,
      }),
    );
  const feed = () => {
    cancelTimer();
    cancelTimer = clock.schedule(idleMs, late);
  };
  feed();
  const stopListening = onAbort(options.signal, () => end(abortedError(options.signal!)));
  return {
    feed,
    hold: () => cancelTimer(),
    stop() {
      cancelTimer();
      stopListening();
    },
  };
};
