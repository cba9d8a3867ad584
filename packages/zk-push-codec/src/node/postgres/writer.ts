import type { Pool, PoolClient } from "pg";
import { ZkPushError } from "../../errors.js";
import type { OperationName } from "../../sql/operations.js";
import { isLost } from "./connection.js";
import { transaction, withClient } from "./transaction.js";

/** Something that writes. */
export interface Call {
  readonly name: OperationName;
  readonly args: readonly unknown[];
}

/** Carries out calls with a connection whose transaction is open. @returns their results. */
export type Work = (client: PoolClient, calls: readonly Call[]) => Promise<readonly unknown[]>;

/** Calls in one commit at most: the last of them waits for the first. */
const MOST = 200;

/**
 * Writers of all instances take turns: rows get their ids in the order in which they are committed,
 * so that who reads on from the last id he saw misses none, and no two wait for each other in a ring.
 */
const BEGIN = "BEGIN; SELECT pg_advisory_xact_lock(2052418352)";

interface Waiting extends Call {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** Carries out what writes, whatever waits in one commit. */
export interface Writer {
  write(call: Call): Promise<unknown>;
  /** Refuses more, and resolves when everything before is done. */
  close(): Promise<void>;
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

export const createWriter = (pool: Pool, work: Work): Writer => {
  let pending: Waiting[] = [];
  let running: Promise<void> | undefined;
  let closed = false;

  /** All in one transaction or, when one of them fails, each in its own. */
  const perform = (batch: readonly Waiting[]): Promise<readonly Outcome[]> =>
    withClient(pool, async (client) => {
      try {
        const values = await transaction(client, BEGIN, () => work(client, batch));
        return values.map((value) => ({ value }));
      } catch (error) {
        // Without an answer nobody knows whether it was committed: doing it again could double it.
        if (batch.length === 1 || isLost(error)) throw error;
      }
      const outcomes: Outcome[] = [];
      for (const call of batch) {
        try {
          const [value] = await transaction(client, BEGIN, () => work(client, [call]));
          outcomes.push({ value });
        } catch (error) {
          outcomes.push({ error });
          // What is left is refused without being tried.
          if (isLost(error)) break;
        }
      }
      return outcomes;
    });

  const run = async (): Promise<void> => {
    // What comes in the same turn of the loop goes into the same commit.
    await new Promise((resolve) => setImmediate(resolve));
    while (pending.length > 0) {
      const batch = pending.slice(0, MOST);
      pending = pending.slice(MOST);
      const outcomes = await perform(batch).catch((error: unknown) => batch.map(() => ({ error })));
      batch.forEach(({ resolve, reject }, i) => {
        const outcome = outcomes[i] ?? outcomes.at(-1)!;
        if ("error" in outcome) reject(outcome.error);
        else resolve(outcome.value);
      });
    }
    running = undefined;
  };

  return {
    write: (call) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new ZkPushError("STORE_CLOSED", "expected an open store"));
        pending.push({ ...call, resolve, reject });
        running ??= run();
      }),
    async close() {
      closed = true;
      await running;
    },
  };
};
