import type { ApduTransport } from "../apdu-transport.js";
import { type Clock, systemClock } from "../clock.js";
import { TransportError } from "../errors.js";
import { onAbort } from "../signal.js";

export interface DeadlineOptions {
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * Gives an operation `ms` milliseconds: a `receive`, a `send`, an exchange. The operation is handed a
 * signal that fires then, or when the caller's own does.
 *
 * @throws TransportError `TRANSPORT_TIMEOUT`, even where the operation does not heed its signal.
 */
export const withDeadline = <T>(
  ms: number,
  operation: (signal: AbortSignal) => Promise<T>,
  options: DeadlineOptions = {},
): Promise<T> => {
  const controller = new AbortController();
  return new Promise<T>((resolve, reject) => {
    let stopListening = () => {};
    const settle = () => {
      cancelTimer();
      stopListening();
    };
    const cancelTimer = (options.clock ?? systemClock).schedule(ms, () => {
      const late = new TransportError("TRANSPORT_TIMEOUT", `expected an end in ${ms} ms`, {
        limit: ms,
      });
      settle();
      reject(late);
      controller.abort(late);
    });
    stopListening = onAbort(options.signal, () => controller.abort(options.signal?.reason));
    const work = (async () => operation(controller.signal))();
    work.then(
      (value) => {
        settle();
        resolve(value);
      },
      (error) => {
        settle();
        reject(error);
      },
    );
  });
};

/**
 * Ends each exchange that takes longer than `ms` with `TRANSPORT_TIMEOUT`. The card may still answer:
 * until it does the transport is busy (see `ApduTransport.transceive`).
 */
export const withTimeout = (
  transport: ApduTransport,
  ms: number,
  options: { readonly clock?: Clock } = {},
): ApduTransport => ({
  get card() {
    return transport.card;
  },
  get closed() {
    return transport.closed;
  },
  onCard: (listener) => transport.onCard(listener),
  close: () => transport.close(),
  transceive: (command, { signal } = {}) =>
    withDeadline(ms, (inner) => transport.transceive(command, { signal: inner }), {
      signal,
      clock: options.clock,
    }),
});
