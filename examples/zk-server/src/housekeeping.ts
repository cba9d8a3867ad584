import { checkYesterday, type Reconciler, type ServerStore } from "@org/zk-push-codec";
import type { Administration } from "@org/zk-push-codec/http";

export interface HousekeepingOptions {
  readonly store: ServerStore;
  readonly administration: Pick<Administration, "prune">;
  readonly reconciler: Reconciler;
  readonly timeZone: string;
  /** Days after which something goes. */
  readonly keep: Parameters<Administration["prune"]>[0];
  readonly onError: (error: unknown) => void;
}

const EXPIRY_EVERY_MS = 10_000;
const HOUR_MS = 60 * 60 * 1_000;
/** Terminals come first after a start. */
const FIRST_LOOK_MS = 60_000;

/** What is done by the clock: expiry, the count of yesterday, retention. @returns ends it soon. */
export const startHousekeeping = (options: HousekeepingOptions): (() => Promise<void>) => {
  const { store, administration, reconciler, timeZone, keep, onError } = options;
  const end = new AbortController();
  const underWay = new Set<Promise<void>>();
  /** Starts work that the end waits for. */
  const start = (work: () => Promise<unknown>): void => {
    const done: Promise<void> = work()
      .then(() => {}, onError)
      .finally(() => underWay.delete(done));
    underWay.add(done);
  };
  const hourly = async (): Promise<void> => {
    await checkYesterday(store, reconciler, timeZone, Date.now(), end.signal);
    const keeps = Object.keys(keep).length > 0 && !end.signal.aborted;
    if (keeps) await administration.prune(keep);
  };
  const look = (): void => start(hourly);
  const timers = [
    setInterval(() => start(() => store.expireCommands(Date.now())), EXPIRY_EVERY_MS),
    setInterval(look, HOUR_MS),
  ];
  const first = setTimeout(look, FIRST_LOOK_MS);
  return async () => {
    end.abort();
    clearTimeout(first);
    for (const timer of timers) clearInterval(timer);
    await Promise.all(underWay);
  };
};
