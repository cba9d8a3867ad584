import { type OperationName, sqlOperations } from "../../sql/operations.js";
import type { Sql } from "../../sql/query.js";
import { migrate, SQLITE } from "../../sql/schema.js";
import { openSqliteDatabase } from "./database.js";
import type { Call, Outcome, WorkerSettings } from "./messages.js";

/** The owner of a file: carries out what it is told, a batch at a time. */
export interface SqliteOwner {
  /**
   * Carries out calls, all in one transaction or, when one of them fails, each in its own: what
   * succeeded is on the disk when this returns.
   */
  perform(calls: readonly Call[]): readonly Outcome[];
  close(): void;
}

export const ownSqliteFile = ({ file, sinks }: WorkerSettings): SqliteOwner => {
  const database = openSqliteDatabase(file);
  const operations = sqlOperations(sinks) as Readonly<
    Record<OperationName, (...args: readonly never[]) => Sql<unknown>>
  >;

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
  const rollback = (): void => {
    try {
      database.exec("ROLLBACK");
    } catch {
      // A failed commit may have ended the transaction: then there is nothing to take back.
    }
  };
  const one = ({ name, args }: Call): Outcome => ({
    value: database.run(operations[name](...(args as readonly never[]))),
  });
  const alone = (call: Call): Outcome => {
    try {
      return transaction(() => one(call));
    } catch (error) {
      return { error };
    }
  };

  transaction(() => database.run(migrate(SQLITE)));
  return {
    perform(calls) {
      try {
        return transaction(() => calls.map(one));
      } catch {
        return calls.map(alone);
      }
    },
    close: () => database.close(),
  };
};
