import { type OperationName, sqlOperations } from "../../sql/operations.js";
import type { Sql } from "../../sql/query.js";
import { migrate, SQLITE } from "../../sql/schema.js";
import { openSqliteDatabase, type SqliteDatabase } from "./database.js";
import { holdFile } from "./hold.js";
import { type Call, type Outcome, tellError, type WorkerSettings } from "./messages.js";

/** The owner of a file: carries out what it is told, a batch at a time. */
export interface SqliteOwner {
  /**
   * Carries out calls, all in one transaction or, when one of them fails, each in its own: what
   * succeeded is on the disk when this returns.
   */
  perform(calls: readonly Call[]): readonly Outcome[];
  close(): void;
}

/**
 * @throws ZkPushError `STORE_IN_USE` when somebody has the file, `STORE_NEWER` when a later version
 * of this program had it.
 */
export const ownSqliteFile = ({ file, sinks }: WorkerSettings): SqliteOwner => {
  const release = holdFile(file);
  const database = opened(file, release);
  const close = (): void => {
    database.close();
    release();
  };
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
      return { error: tellError(error) };
    }
  };

  try {
    transaction(() => database.run(migrate(SQLITE)));
  } catch (error) {
    close();
    throw error;
  }
  return {
    perform(calls) {
      try {
        return transaction(() => calls.map(one));
      } catch {
        return calls.map(alone);
      }
    },
    close,
  };
};

const opened = (file: string, release: () => void): SqliteDatabase => {
  try {
    return openSqliteDatabase(file);
  } catch (error) {
    release();
    throw error;
  }
};
