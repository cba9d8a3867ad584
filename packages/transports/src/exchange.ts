import { abortedError, closedError, TransportError } from "./errors.js";

/**
 * Keeps an APDU transport honest: one exchange at a time, no second owner of an answer, and no
 * listener left on a signal. Every APDU transport of this package goes through one of these.
 */
export interface ExchangeGate {
  /** Runs `work` if nothing runs; see `ApduTransport.transceive` for what an abort means. */
  run(signal: AbortSignal | undefined, work: () => Promise<Uint8Array>): Promise<Uint8Array>;
  /** Refuses what comes and ends what runs. False if it was closed already. */
  close(): boolean;
  readonly closed: boolean;
}

export const createExchangeGate = (what: string): ExchangeGate => {
  let closed = false;
  let busy = false;
  let failWaiting: ((error: TransportError) => void) | undefined;

  const refusal = (signal: AbortSignal | undefined): TransportError | undefined => {
    if (closed) return closedError(what);
    if (busy)
      return new TransportError("TRANSPORT_BUSY", "expected the exchange before to be over");
    return signal?.aborted ? abortedError(signal) : undefined;
  };

  return {
    get closed() {
      return closed;
    },
    run(signal, work) {
      const refused = refusal(signal);
      if (refused) return Promise.reject(refused);
      busy = true;
      return new Promise((resolve, reject) => {
        let waiting = true;
        const endWait = (): boolean => {
          if (!waiting) return false;
          waiting = false;
          failWaiting = undefined;
          signal?.removeEventListener("abort", onAbort);
          return true;
        };
        const fail = (error: unknown) => {
          if (endWait()) reject(error);
        };
        const onAbort = () => fail(abortedError(signal!));
        failWaiting = fail;
        signal?.addEventListener("abort", onAbort);
        // Only the end of the work frees the line: until then an answer may still be under way.
        work().then(
          (answer) => {
            busy = false;
            if (endWait()) resolve(answer);
          },
          (error) => {
            busy = false;
            fail(error);
          },
        );
      });
    },
    close() {
      if (closed) return false;
      closed = true;
      failWaiting?.(closedError(what));
      return true;
    },
  };
};
