import type { Clock } from "../clock.js";

/** A clock that a management server sets: "the only trusted time accepted by the device". */
export interface SyncedClock extends Clock {
  /** Whether a server has set it; a device does not capture before that. */
  readonly synced: boolean;
  /**
   * Sets the clock by an answer that was verified. Half of the way there and back is counted as spent.
   *
   * @param sentAt and receivedAt by this clock.
   */
  sync(serverTime: Date, sentAt: Date, receivedAt: Date): void;
}

/** @param monotonic gives the passing of time; what it takes for the date does not matter. */
export const createSyncedClock = (monotonic: Clock): SyncedClock => {
  let offset = 0;
  let synced = false;
  const now = (): Date => new Date(monotonic.now().getTime() + offset);
  return {
    get synced() {
      return synced;
    },
    now,
    sleep: monotonic.sleep,
    sync: (serverTime, sentAt, receivedAt) => {
      const way = Math.max(0, receivedAt.getTime() - sentAt.getTime()) / 2;
      offset += serverTime.getTime() + way - receivedAt.getTime();
      synced = true;
    },
  };
};
