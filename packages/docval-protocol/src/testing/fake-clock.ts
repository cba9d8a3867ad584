import type { Clock } from "../channel.js";

/** A clock that stands still until it is told to move. */
export interface FakeClock extends Clock {
  /** Moves on; what falls due is called at its own moment, and promises get their turn in between. */
  advance(ms: number): Promise<void>;
  /** Timers that are still to come. */
  readonly pending: number;
}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** Turns that promises get after each timer; the longest chain here needs some twenty. */
const TURNS = 50;

export const createFakeClock = (start = 0): FakeClock => {
  let now = start;
  const timers = new Set<Timer>();
  const settle = async () => {
    for (let turn = 0; turn < TURNS; turn++) await Promise.resolve();
  };
  const next = (until: number): Timer | undefined =>
    [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
  return {
    now: () => now,
    schedule(ms, callback) {
      const timer = { at: now + ms, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async advance(ms) {
      const until = now + ms;
      await settle();
      for (let timer = next(until); timer; timer = next(until)) {
        timers.delete(timer);
        now = timer.at;
        timer.callback();
        await settle();
      }
      now = until;
      await settle();
    },
    get pending() {
      return timers.size;
    },
  };
};
