/** A time that something may take, besides whatever else may end it. */
export interface TimeLimit {
  /** Fires when the time is over, or with the signal that was given. */
  readonly signal: AbortSignal;
  /** Whether it was the time. */
  readonly isOver: boolean;
  /** Lets go of the timer and of the other signal. */
  end(): void;
}

/**
 * Starts the time. Not by `AbortSignal.any` of `AbortSignal.timeout`: Node 20 lets the collector take a
 * time-out that nobody else holds, and the joint signal never fires.
 */
export const startTimeLimit = (milliseconds: number, signal?: AbortSignal): TimeLimit => {
  const ending = new AbortController();
  let isOver = false;
  const end = (): void => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  };
  const abort = (): void => {
    end();
    ending.abort(signal?.reason);
  };
  const timer = setTimeout(() => {
    isOver = true;
    end();
    ending.abort(new DOMException(`not done in ${milliseconds} ms`, "TimeoutError"));
  }, milliseconds);
  if (signal?.aborted) abort();
  else signal?.addEventListener("abort", abort, { once: true });
  return {
    signal: ending.signal,
    get isOver() {
      return isOver;
    },
    end,
  };
};
