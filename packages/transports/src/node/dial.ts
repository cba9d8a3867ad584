import { connect, type Socket } from "node:net";
import { type Clock, systemClock } from "../clock.js";
import { abortedError, TransportError } from "../errors.js";
import { onAbort } from "../signal.js";
import { checkPort } from "./listen.js";

export interface DialOptions {
  readonly host: string;
  readonly port: number;
  /** Milliseconds in which a refused connection is tried again; default 0: one attempt. */
  readonly redialMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock | undefined;
}

/** Wait between two attempts. */
const REDIAL_PAUSE_MS = 200;

/**
 * Opens a TCP connection, without delay of small writes.
 *
 * @throws TransportError `CONNECT_FAILED` after the last attempt, `TRANSPORT_ABORTED`.
 */
export const dial = async (options: DialOptions): Promise<Socket> => {
  checkPort(options.port);
  const clock = options.clock ?? systemClock;
  const lastTry = clock.now() + (options.redialMs ?? 0);
  for (;;) {
    try {
      return await dialOnce(options);
    } catch (error) {
      if (!(error instanceof TransportError) || error.code !== "CONNECT_FAILED") throw error;
      if (clock.now() + REDIAL_PAUSE_MS > lastTry) throw error;
      await pause(REDIAL_PAUSE_MS, clock, options.signal);
    }
  }
};

const dialOnce = ({ host, port, signal }: DialOptions): Promise<Socket> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) throw abortedError(signal);
    const socket = connect({ host, port, noDelay: true });
    const stopListening = onAbort(signal, () => {
      socket.destroy();
      reject(abortedError(signal!));
    });
    const onError = (cause: Error) => {
      stopListening();
      reject(
        new TransportError(
          "CONNECT_FAILED",
          `expected a listener on ${host}:${port}: ${cause.message}`,
          {
            cause,
          },
        ),
      );
    };
    socket.once("error", onError);
    socket.once("connect", () => {
      stopListening();
      socket.off("error", onError);
      resolve(socket);
    });
  });

/** Waits; an abort ends the wait with `TRANSPORT_ABORTED`. */
export const pause = (ms: number, clock: Clock, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    let stopListening = () => {};
    const cancel = clock.schedule(ms, () => {
      stopListening();
      resolve();
    });
    stopListening = onAbort(signal, () => {
      cancel();
      reject(abortedError(signal!));
    });
  });
