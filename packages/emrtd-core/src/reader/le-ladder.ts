import { APDU_LIMITS } from "../iso7816/command-apdu.js";

/**
 * How many bytes are asked for at once. It only ever goes down: what a chip could not serve once it is
 * not asked for again.
 */
export interface LeLadder {
  readonly current: number;
  /** Keeps below what a protected answer to a short command holds. */
  fit(room: number): void;
  /** Goes down below `le`; false where no rung is left. */
  below(le: number): boolean;
}

export const createLeLadder = (rungs: readonly number[]): LeLadder => {
  let room: number = APDU_LIMITS.shortLe;
  let ceiling: number = APDU_LIMITS.extendedLe;
  const reachable = (most: number): number | undefined => {
    const fitting = rungs
      .map((rung) => (rung > APDU_LIMITS.shortLe ? rung : Math.min(rung, room)))
      .filter((rung) => rung >= 1 && rung <= most);
    return fitting.length === 0 ? undefined : Math.max(...fitting);
  };
  return {
    get current() {
      return reachable(ceiling) ?? Math.min(ceiling, room);
    },
    fit(most) {
      room = most;
    },
    below(le) {
      const next = reachable(Math.min(ceiling, le - 1));
      if (next === undefined) return false;
      ceiling = next;
      return true;
    },
  };
};
