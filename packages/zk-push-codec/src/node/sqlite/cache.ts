import type { ServerStore } from "../../server-store.js";
import type { CallOperation } from "../../sql/store.js";
import type { Change, Committed, DeviceState, LeaseTerms, QueuedCommand } from "../../store.js";

/** Terminals remembered at most. */
const MOST = 200_000;

/** What is known of a terminal, and the promise to answer with: most requests need no other. */
interface Known {
  readonly state: DeviceState & { lastSeen: number };
  readonly answer: Promise<DeviceState>;
}

const NO_COMMANDS: Promise<readonly QueuedCommand[]> = Promise.resolve([]);

/**
 * What most requests ask for, kept in memory: the state of a terminal, and whether it has open
 * commands. The file has one owner, so nothing changes but through here. A poll of a terminal
 * without commands needs neither the disk nor the other thread.
 */
export const withCache = async (
  store: ServerStore,
  call: CallOperation,
): Promise<ServerStore & { readonly seen: Map<string, number> }> => {
  const devices = new Map<string, Known>();
  const seen = new Map<string, number>();
  const open = new Set(await call("openDevices"));
  const sawDevice = (sn: string, now: number): void => {
    seen.set(sn, now);
    const known = devices.get(sn);
    if (known !== undefined) known.state.lastSeen = now;
  };
  /** That a terminal was there reaches the disk later than it is known here. */
  const upToDate = (device: DeviceState): Known["state"] => ({
    ...device,
    lastSeen: Math.max(device.lastSeen, seen.get(device.sn) ?? 0),
  });
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
  const look = async (sn: string): Promise<DeviceState | undefined> => {
    const before = changes.get(sn);
    const device = await store.device(sn);
    if (device === undefined) return undefined;
    const state = upToDate(device);
    // One that waits for approval may be forgotten by the file.
    if (changes.get(sn) === before && state.standing !== "pending") {
      devices.set(sn, { state, answer: Promise.resolve(state) });
      if (devices.size > MOST) devices.delete(devices.keys().next().value!);
    }
    return state;
  };
  const lease = async (sn: string, terms: LeaseTerms): Promise<readonly QueuedCommand[]> => {
    const before = changes.get(sn);
    const leased = await call("lease", sn, terms);
    if (!leased.open && changes.get(sn) === before) open.delete(sn);
    return leased.commands;
  };
  const isQuiet = ({ device = {}, enqueue = [] }: Change): boolean =>
    Object.keys(device).length === 0 && enqueue.length === 0;

  return {
    ...store,
    seen,
    device: (sn) => devices.get(sn)?.answer ?? look(sn),
    async devices(page) {
      const { items, next } = await store.devices(page);
      return { items: items.map(upToDate), next };
    },
    commit(change) {
      const { sn, receivedAt, enqueue = [] } = change;
      sawDevice(sn, receivedAt);
      if (isQuiet(change)) return counted(sn, change, store.commit(change));
      if (enqueue.length > 0) open.add(sn);
      return changing(sn, () => store.commit(change));
    },
    changeDevice: (sn, settings) => changing(sn, () => store.changeDevice(sn, settings)),
    enqueue(sn, commands) {
      open.add(sn);
      return changing(sn, () => store.enqueue(sn, commands));
    },
    lease(sn, terms) {
      sawDevice(sn, terms.now);
      return open.has(sn) ? lease(sn, terms) : NO_COMMANDS;
    },
  };
};
