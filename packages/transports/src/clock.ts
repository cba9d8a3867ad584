/** Time as an input, so that a test can play an hour in a moment. */
export interface Clock {
  /** Milliseconds since some fixed moment; never runs backwards. */
  now(): number;
  /** Calls back once after `ms` milliseconds; the returned function calls it off. */
  schedule(ms: number, callback: () => void): () => void;
}

/** The platform's own time. */
export const systemClock: Clock = {
  now: () => performance.now(),
  schedule(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
