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

const perform = ({ name, args }: Call): Outcome => {
  database.exec("SAVEPOINT one");
  try {
    const value = database.run(operations[name](...(args as readonly never[])));
    database.exec("RELEASE one");
    return { value };
  } catch (error) {
    database.exec("ROLLBACK TO one");
    database.exec("RELEASE one");
    return { error };
  }
};

const performAll = (calls: readonly Call[]): readonly Outcome[] => {
  try {
    database.exec("BEGIN IMMEDIATE");
    const outcomes = calls.map(perform);
    database.exec("COMMIT");
    return outcomes;
  } catch (error) {
    // Nothing of the batch is on the disk, so nobody may hear that it is.
    try {
      database.exec("ROLLBACK");
    } catch {
      // There was no transaction left to roll back.
    }
    return calls.map(() => ({ error }));
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
