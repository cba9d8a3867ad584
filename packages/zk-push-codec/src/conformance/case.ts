import type { ServerStore } from "../server-store.js";
import type { AttendanceRow } from "../store.js";

/** One case: runs to its end, or rejects. */
export interface ConformanceCase {
  readonly name: string;
  run(): Promise<void>;
}

/** Opens a store without anything in it. */
export type OpenStore = (options: { readonly sinks: readonly string[] }) => Promise<ServerStore>;

/** A case before it is given a store. */
export interface StoreCase {
  readonly name: string;
  readonly sinks?: readonly string[];
  run(store: ServerStore): Promise<void>;
}

/** Serial number of the terminal of the cases. */
export const SN = "0316144680030";
/** 30 July 2015, 07:25:38 UTC. */
export const NOW = 1_438_241_138_000;
/** A part of a list that holds all of it. */
export const ALL = { limit: 1_000 } as const;

/** Fails the case. */
export const check = (holds: boolean, expectation: string): void => {
  if (!holds) throw new Error(`expected ${expectation}`);
};

/** Compares plain data, key by key; the order of keys does not count. */
export const same = (found: unknown, wanted: unknown, what: string): void => {
  const [a, b] = [canonical(found), canonical(wanted)];
  if (a !== b) throw new Error(`expected ${what} to be ${b}, found ${a}`);
};

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => {
    if (part instanceof Uint8Array) return [...part];
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });

/** Whether a promise rejects. */
export const rejects = async (promise: Promise<unknown>): Promise<boolean> =>
  promise.then(
    () => false,
    () => true,
  );

/** A punch, different from others by its PIN unless something else is said. */
export const punch = (pin: string, values: Partial<AttendanceRow> = {}): AttendanceRow => ({
  pin,
  idNumber: "",
  kind: "punch",
  time: "2015-07-30 15:16:28",
  utc: 1_438_240_588_000,
  timeZone: "+08:00",
  zoneNote: "",
  status: 0,
  verify: 1,
  workCode: "0",
  sequence: null,
  extra: "",
  ...values,
});

/** Makes the terminal of the cases known and served. */
export const approve = (store: ServerStore, sn = SN): Promise<unknown> =>
  store.commit({ sn, receivedAt: NOW, device: { create: "approved" } });
