import type { ServerStore } from "@org/zk-push-codec";

/** How many records of attendance are stored: of a terminal, or of all. */
export type Counts = (sn?: string) => Promise<number>;

/** A count that took long is good for so many times that: counting takes a twentieth of the store at most. */
const REST = 20;
const LONG_MS = 20;
/** Terminals whose count is remembered at most. */
const MOST = 10_000;

/** Counts in a store. A large one takes long to count, and a page is drawn anew every second. */
export const createCounts = (store: Pick<ServerStore, "countAttendance">): Counts => {
  const known = new Map<string, { readonly count: Promise<number>; until: number }>();
  return (sn = "") => {
    const found = known.get(sn);
    if (found !== undefined && Date.now() <= found.until) return found.count;
    const start = Date.now();
    const count = store.countAttendance(sn === "" ? {} : { sn });
    const entry = { count, until: Number.POSITIVE_INFINITY };
    if (known.size >= MOST) known.clear();
    known.set(sn, entry);
    const forget = (): boolean => known.delete(sn);
    count.then(() => {
      const took = Date.now() - start;
      if (took < LONG_MS) forget();
      else entry.until = Date.now() + REST * took;
    }, forget);
    return count;
  };
};
