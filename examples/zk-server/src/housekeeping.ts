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

/** What is done by the clock: expiry, the count of yesterday, retention. @returns ends it. */
export const startHousekeeping = (options: HousekeepingOptions): (() => void) => {
  const { store, administration, reconciler, timeZone, keep, onError } = options;
  const hourly = async (): Promise<void> => {
    await checkYesterday(store, reconciler, timeZone, Date.now());
    if (Object.keys(keep).length > 0) await administration.prune(keep);
  };
  const look = (): void => void hourly().catch(onError);
  const timers = [
    setInterval(() => void store.expireCommands(Date.now()).catch(onError), EXPIRY_EVERY_MS),
    setInterval(look, HOUR_MS),
  ];
  const first = setTimeout(look, FIRST_LOOK_MS);
  return () => {
    clearTimeout(first);
    for (const timer of timers) clearInterval(timer);
  };
};
