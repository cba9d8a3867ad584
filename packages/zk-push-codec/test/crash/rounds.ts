import type { ServerStore } from "../../src/index.js";
import { openHome, SN } from "./home.js";
import { type Instance, startInstance } from "./instance.js";

export interface CrashReport {
  readonly acknowledged: number;
  /** Acknowledged, and not stored. */
  readonly lost: readonly string[];
  /** Stored more than once. */
  readonly double: readonly string[];
  /** Commands that came. */
  readonly commands: number;
  /** Commands to be given at most once, and given again. */
  readonly doubleCommands: readonly string[];
}

export interface CrashTerms {
  /** Path of a file, or an address of PostgreSQL. */
  readonly home: string;
  readonly rounds: number;
  /** Servers over the same database; the last one outlives the others for a while. Default 1. */
  readonly instances?: number;
  /** Servers that say yes before the commit. */
  readonly lying?: boolean;
}

const IN_FLIGHT = 32;
/** Commands of one round. */
const COMMANDS = 40;

const line = (pin: string, at: number): string =>
  `${pin}\t${new Date(at * 1000).toISOString().slice(0, 19).replace("T", " ")}\t0\t1\t0\t0\t0\n`;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Kills servers with requests in flight at random moments, and counts by the client's own log of
 * OKs what is stored afterwards. A body that was not acknowledged is sent again, to whichever server
 * is left or in the next round, as a terminal does.
 */
export const crashRounds = async (terms: CrashTerms): Promise<CrashReport> => {
  const { home, rounds, instances = 1, lying = false } = terms;
  const acknowledged = new Set<string>();
  const given: string[] = [];
  const waiting: string[] = [];
  let next = 0;
  for (let round = 0; round < rounds; round++) {
    const alive = await Promise.all(
      Array.from({ length: instances }, () => startInstance(home, lying, IN_FLIGHT)),
    );
    if (instances > 1) await queueDoors(home, round);
    const worker = async (): Promise<void> => {
      for (let turn = 0; alive.length > 0; turn++) {
        const instance = alive[Math.floor(Math.random() * alive.length)] as Instance;
        if (turn % 8 === 0) given.push(...(await instance.poll()));
        const pin = waiting.pop() ?? `p${next++}`;
        const body = line(pin, 1_700_000_000 + Number(pin.slice(1)));
        if (await instance.upload(body)) acknowledged.add(pin);
        else waiting.push(pin);
      }
    };
    const workers = Array.from({ length: IN_FLIGHT }, worker);
    for (const doomed of [...alive]) {
      await pause(200 + Math.random() * 600);
      alive.shift();
      await doomed.kill();
    }
    await Promise.all(workers);
  }
  const store = await openHome(home);
  const counts = await countByPin(store);
  await store.close();
  return {
    acknowledged: acknowledged.size,
    lost: [...acknowledged].filter((pin) => !counts.has(pin)),
    double: [...counts].filter(([, count]) => count > 1).map(([pin]) => pin),
    commands: given.length,
    doubleCommands: given.filter((id, i) => given.indexOf(id) !== i),
  };
};

/** Doors to be opened, each at most once. */
const queueDoors = async (home: string, round: number): Promise<void> => {
  const store = await openHome(home);
  await store.enqueue(
    SN,
    Array.from({ length: COMMANDS }, (_, i) => ({
      id: `r${round}d${i}`,
      command: { command: "AC_UNLOCK" },
      guarantee: "atMostOnce",
      endsBatch: false,
      expiresAt: Date.now() + 60_000,
    })),
  );
  await store.close();
};

const countByPin = async (store: ServerStore): Promise<Map<string, number>> => {
  const counts = new Map<string, number>();
  for (let cursor: string | null = "0"; cursor !== null; ) {
    const part: Awaited<ReturnType<typeof store.attendance>> = await store.attendance(
      {},
      { cursor, limit: 1_000 },
    );
    for (const { pin } of part.items) counts.set(pin, (counts.get(pin) ?? 0) + 1);
    cursor = part.next;
  }
  return counts;
};
