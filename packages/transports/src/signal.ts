import { abortedError } from "./errors.js";

/** @throws TransportError `TRANSPORT_ABORTED` where the signal has fired. */
export const throwIfAborted = (signal: AbortSignal | undefined): void => {
  if (signal?.aborted) throw abortedError(signal);
};

/**
 * A promise that also ends when the signal fires. Its listener on the signal is gone as soon as the
 * promise is settled, whichever way: a signal may live as long as the program.
 */
export const abortable = <T>(
  signal: AbortSignal | undefined,
  start: (resolve: (value: T) => void, reject: (error: unknown) => void) => void,
): Promise<T> => {
  if (!signal) return new Promise<T>(start);
  return new Promise<T>((resolve, reject) => {
    throwIfAborted(signal);
    const stopListening = () => signal.removeEventListener("abort", onAbort);
    const onAbort = () => {
      stopListening();
      reject(abortedError(signal));
    };
    signal.addEventListener("abort", onAbort);
    start(
      (value) => {
        stopListening();
        resolve(value);
      },
      (error) => {
        stopListening();
        reject(error);
      },
    );
  });
};

/** Calls back once when the signal fires, at once if it has; returns how to stop listening. */
export const onAbort = (signal: AbortSignal | undefined, callback: () => void): (() => void) => {
  if (!signal) return () => {};
  if (signal.aborted) {
    callback();
    return () => {};
  }
  signal.addEventListener("abort", callback, { once: true });
  return () => signal.removeEventListener("abort", callback);
};
