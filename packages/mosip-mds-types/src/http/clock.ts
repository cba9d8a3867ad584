import type { Clock } from "../clock.js";

/** The platform's clock and timers. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal?.addEventListener("abort", done, { once: true });
      if (signal?.aborted) {
        done();
      }
    }),
};

/** The platform's random bytes. */
export const systemRandom = (length: number): Uint8Array =>
  crypto.getRandomValues(new Uint8Array(length));
