import type { ClientBase } from "pg";
import { type PackedChange, storeAllAttendance, storeRest } from "../../sql/operations.js";
import type { Committed } from "../../store.js";
import { runSql } from "./connection.js";

/**
 * Carries out the commits of a batch inside one transaction. They do not wait for each other, so
 * they have no order among them, and go over the connection side by side: those of different
 * terminals, since what is read of a row must not change before it is written. Attendance goes in
 * one statement at the end.
 */
export const commitAll = async (
  client: ClientBase,
  changes: readonly PackedChange[],
  sinks: readonly string[],
): Promise<readonly Committed[]> => {
  const unknownCommands = new Map<PackedChange, readonly string[]>();
  const inTurn = async (chain: readonly PackedChange[]): Promise<void> => {
    for (const change of chain) {
      unknownCommands.set(change, await runSql(client, storeRest(change)));
    }
  };
  // All of them end before the transaction does, also where one failed.
  const ended = await Promise.allSettled(chainsOf(changes).map(inTurn));
  for (const one of ended) if (one.status === "rejected") throw one.reason;
  const stored = await runSql(client, storeAllAttendance(changes, sinks));
  return changes.map((change, i) => ({
    ...stored[i]!,
    unknownCommands: unknownCommands.get(change) ?? [],
  }));
};

/**
 * Changes that touch the same rows, in their order: those of a terminal. Those that bring people
 * are one chain, since the same person is on many terminals.
 */
const chainsOf = (changes: readonly PackedChange[]): readonly (readonly PackedChange[])[] => {
  const hasPeople = new Set(
    changes.filter(({ records = [] }) => records.length > 0).map(({ sn }) => sn),
  );
  const chains = new Map<string, PackedChange[]>();
  for (const change of changes) {
    const name = hasPeople.has(change.sn) ? "" : change.sn;
    const chain = chains.get(name);
    if (chain === undefined) chains.set(name, [change]);
    else chain.push(change);
  }
  return [...chains.values()];
};
