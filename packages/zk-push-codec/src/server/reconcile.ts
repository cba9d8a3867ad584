import type { ServerEvent } from "../engine/server/events.js";
import { ZkPushError } from "../errors.js";
import type { ServerStore } from "../server-store.js";

/** Compares what a terminal has with what is stored. */
export interface Reconciler {
  /**
   * Asks a terminal how many records a day has (VERIFY SUM, 12.3.3).
   *
   * @param day `YYYY-MM-DD` by the terminal's clock.
   * @param id of the command; default a new one.
   */
  check(sn: string, day: string, now: number, id?: string): Promise<void>;
  /**
   * Looks for answers among what happened, and notes them with the terminal. Where it has more than
   * is stored, the day is asked for again (DATA QUERY ATTLOG); nothing is stored twice.
   */
  take(events: readonly ServerEvent[], now: number): Promise<readonly Reconciliation[]>;
}

/** The count of a day, on both sides. */
export interface Reconciliation {
  readonly sn: string;
  readonly startTime: string;
  readonly endTime: string;
  /** Records of the terminal. Two that say the same are counted twice there and stored once. */
  readonly onTerminal: number;
  readonly stored: number;
  /** Whether the day is asked for again. */
  readonly asked: boolean;
}

/** How long a terminal may take to come for such a command. */
const EXPIRES_MS = 7 * 24 * 60 * 60 * 1_000;

export const createReconciler = (options: {
  readonly store: ServerStore;
  readonly newCommandId: () => string;
}): Reconciler => {
  const { store, newCommandId } = options;
  const terms = (now: number) =>
    ({
      id: newCommandId(),
      guarantee: "atLeastOnce",
      endsBatch: false,
      expiresAt: now + EXPIRES_MS,
    }) as const;
  return {
    async check(sn, day, now, id) {
      if (!/^\d{4}-\d\d-\d\d$/.test(day)) {
        throw new ZkPushError("FIELD_INVALID", "expected a day as YYYY-MM-DD");
      }
      const [startTime, endTime] = [`${day} 00:00:00`, `${day} 23:59:59`];
      const command = { command: "VERIFY SUM ATTLOG", startTime, endTime } as const;
      await store.enqueue(sn, [{ ...terms(now), ...(id === undefined ? {} : { id }), command }]);
    },
    async take(events, now) {
      const done: Reconciliation[] = [];
      for (const event of events) {
        if (event.event !== "verifySum") continue;
        const { sn, startTime, endTime, count } = event;
        const stored = await store.countAttendance({ sn, from: startTime, to: endTime });
        const asked = count > stored;
        if (asked) {
          const command = { command: "DATA QUERY ATTLOG", startTime, endTime } as const;
          await store.enqueue(sn, [{ ...terms(now), command }]);
        }
        const day = startTime.slice(0, 10);
        await store.changeDevice(sn, {
          reconciled: { day, onTerminal: count, stored, at: now },
        });
        done.push({ sn, startTime, endTime, onTerminal: count, stored, asked });
      }
      return done;
    },
  };
};
