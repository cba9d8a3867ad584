import Database from "libsql";
import { ZkPushError } from "../../errors.js";

/**
 * Holds a file against other processes, for as long as this one lives: the lock is on an empty file
 * beside it, so that a backup or a report can still read the file itself.
 *
 * @returns lets go of it.
 * @throws ZkPushError `STORE_IN_USE` when somebody has it.
 */
export const holdFile = (file: string): (() => void) => {
  const lock = new Database(`${file}-owner`);
  try {
    lock.exec("PRAGMA busy_timeout = 0");
    lock.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    lock.close();
    throw new ZkPushError("STORE_IN_USE", "expected a database that no other process has open", {
      cause,
    });
  }
  return () => lock.close();
};
