import type { ServerStore } from "../../server-store.js";
import type { CallOperation } from "../../sql/store.js";
import type { Change, Committed, DeviceState } from "../../store.js";

/** Terminals remembered at most. */
const MOST = 200_000;

/**
 * What most requests ask for, kept in memory: the state of a terminal, and whether it has open
 * commands. The file has one owner, so nothing changes but through here. A poll of a terminal
 * without commands needs neither the disk nor the other thread.
 */
export const withCache = async (
  store: ServerStore,
  call: CallOperation,
): Promise<ServerStore & { readonly seen: Map<string, number> }> => {
  const devices = new Map<string, DeviceState>();
  const seen = new Map<string, number>();
  const open = new Set(await call("openDevices"));
  /** Counts changes of a terminal, so that an answer that was under way meanwhile is not kept. */
  const changes = new Map<string, number>();
  const changed = (sn: string): void => {
    devices.delete(sn);
    changes.set(sn, (changes.get(sn) ?? 0) + 1);
  };

  /** Forgets the state before and after: nobody may keep what was read in between. */
  const changing = async <T>(sn: string, work: () => Promise<T>): Promise<T> => {
    changed(sn);
    try {
      return await work();
    } finally {
      changed(sn);
    }
  };
  /** A commit that teaches nothing of a terminal may still be counted in its state. */
  const counted = async (sn: string, change: Change, done: Promise<Committed>) => {
    const committed = await done;
    if (committed.duplicates > 0 || (change.quarantine?.length ?? 0) > 0) changed(sn);
    return committed;
  };
  const isQuiet = ({ device = {}, enqueue = [] }: Change): boolean =>
    Object.keys(device).length === 0 && enqueue.length === 0;

  return {
    ...store,
    seen,
    async device(sn) {
      const known = devices.get(sn);
      if (known !== undefined) return known;
      const before = changes.get(sn);
      const device = await store.device(sn);
      if (device !== undefined && changes.get(sn) === before) {
        devices.set(sn, device);
        if (devices.size > MOST) devices.delete(devices.keys().next().value!);
      }
      return device;
    },
    commit(change) {
      const { sn, receivedAt, enqueue = [] } = change;
      seen.set(sn, receivedAt);
      if (isQuiet(change)) return counted(sn, change, store.commit(change));
      if (enqueue.length > 0) open.add(sn);
      return changing(sn, () => store.commit(change));
    },
    changeDevice: (sn, settings) => changing(sn, () => store.changeDevice(sn, settings)),
    enqueue(sn, commands) {
      open.add(sn);
      return changing(sn, () => store.enqueue(sn, commands));
    },
    async lease(sn, terms) {
      seen.set(sn, terms.now);
      if (!open.has(sn)) return [];
      const before = changes.get(sn);
      const leased = await call("lease", sn, terms);
      if (!leased.open && changes.get(sn) === before) open.delete(sn);
      return leased.commands;
    },
  };
};
