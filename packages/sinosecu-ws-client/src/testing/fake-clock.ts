import type { Clock } from "../channel.js";

/** A clock that stands still until it is moved. */
export interface FakeClock extends Clock {
  /**
   * Moves on, calling back in order whatever falls due, and lets promises run in between.
   *
   * @returns when nothing more is due.
   */
  advance(ms: number): Promise<void>;
  /** Lets everything run that waits for no time. */
  settle(): Promise<void>;
  /** How many calls are scheduled. */
  readonly pending: number;
}

export const createFakeClock = (): FakeClock => {
  let now = 0;
  let scheduled: { readonly at: number; readonly callback: () => void }[] = [];

  const settle = async (): Promise<void> => {
    // A message crosses a channel in a few turns of the microtask queue.
    for (let turn = 0; turn < 100; turn++) await Promise.resolve();
  };

  return {
    now: () => now,
    schedule(ms, callback) {
      const entry = { at: now + ms, callback };
      scheduled.push(entry);
      return () => {
        scheduled = scheduled.filter((other) => other !== entry);
      };
    },
    settle,
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const next = scheduled
          .filter(({ at }) => at <= end)
          .reduce<{ at: number; callback: () => void } | undefined>(
            (first, entry) => (first === undefined || entry.at < first.at ? entry : first),
            undefined,
          );
        if (next === undefined) break;
        scheduled = scheduled.filter((entry) => entry !== next);
        now = Math.max(now, next.at);
        next.callback();
        await settle();
      }
      now = end;
    },
    get pending() {
      return scheduled.length;
    },
  };
};
