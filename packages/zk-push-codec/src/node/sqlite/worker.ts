import { parentPort, workerData } from "node:worker_threads";
import { type OperationName, sqlOperations } from "../../sql/operations.js";
import type { Sql } from "../../sql/query.js";
import { migrate, SQLITE } from "../../sql/schema.js";
import { openSqliteDatabase } from "./database.js";
import type { Call, Outcome, WorkerSettings } from "./messages.js";

/**
 * The thread that owns the file. What came while it was busy comes as one batch, and one commit
 * makes all of it durable; an operation that fails takes nobody else's work with it.
 */
const { file, sinks }: WorkerSettings = workerData;
const database = openSqliteDatabase(file);
database.exec("BEGIN IMMEDIATE");
database.run(migrate(SQLITE));
database.exec("COMMIT");

const operations = sqlOperations(sinks) as Readonly<
  Record<OperationName, (...args: readonly never[]) => Sql<unknown>>
>;

const perform = ({ name, args }: Call): unknown =>
  database.run(operations[name](...(args as readonly never[])));

/** Runs work in a transaction: on the disk when this returns, or not at all when it throws. */
const transaction = <T>(work: () => T): T => {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    rollback();
    throw error;
  }
};

/** A failed commit may have ended the transaction already. */
const rollback = (): void => {
  try {
    database.exec("ROLLBACK");
  } catch {
    // Then there is nothing to take back.
  }
};

const alone = (call: Call): Outcome => {
  try {
    return { value: transaction(() => perform(call)) };
  } catch (error) {
    return { error };
  }
};

/** All in one transaction, or, when one of them fails, each in its own. */
const performAll = (calls: readonly Call[]): readonly Outcome[] => {
  try {
    return transaction(() => calls.map((call) => ({ value: perform(call) })));
  } catch {
    return calls.map(alone);
  }
};

parentPort!.on("message", (calls: readonly Call[] | "close") => {
  if (calls === "close") {
    database.close();
    parentPort!.close();
    return;
  }
  parentPort!.postMessage(performAll(calls));
});
parentPort!.postMessage([]);
