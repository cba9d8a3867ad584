import { APDU_LIMITS } from "../iso7816/command-apdu.js";

/** A number of bytes to ask for; `stated`: as many as the chip says that its answers hold. */
export type LeRung = number | "stated";

/**
 * How many bytes are asked for at once. It only ever goes down: what a chip could not serve once it is
 * not asked for again.
 */
export interface LeLadder {
  readonly current: number;
  /**
   * Keeps below what the answers of a session hold.
   *
   * @param short data in the answer to a short command.
   * @param stated data in the longest answer of which the chip says that it can make it, if it does.
   */
  fit(short: number, stated?: number): void;
  /** Goes down below `le`; false where no rung is left. */
  below(le: number): boolean;
}

export const createLeLadder = (rungs: readonly LeRung[]): LeLadder => {
  let room: number = APDU_LIMITS.shortLe;
  let longest: number | undefined;
  let ceiling: number = APDU_LIMITS.extendedLe;
  const reachable = (most: number): number | undefined => {
    const fitting = rungs
      .map((rung) => (rung === "stated" ? (longest ?? 0) : rung))
      .map((rung) => (rung > APDU_LIMITS.shortLe ? rung : Math.min(rung, room)))
      .filter((rung) => rung >= 1 && rung <= most);
    return fitting.length === 0 ? undefined : Math.max(...fitting);
  };
  return {
    get current() {
      return reachable(ceiling) ?? Math.min(ceiling, room);
    },
    fit(short, stated) {
      room = short;
      longest = stated;
    },
    below(le) {
      const next = reachable(Math.min(ceiling, le - 1));
      if (next === undefined) return false;
      ceiling = next;
      return true;
    },
  };
};
