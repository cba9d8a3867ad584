import { parentPort, workerData } from "node:worker_threads";
import { type PackedCall, type Report, tellError, unpackCall } from "./messages.js";
import { ownSqliteFile, type SqliteOwner } from "./owner.js";

/**
 * The thread that owns the file. What came while it was busy comes as one batch, and one commit
 * makes all of it durable.
 */
const report = (message: Report): void => parentPort!.postMessage(message);

const open = (): SqliteOwner | undefined => {
  try {
    return ownSqliteFile(workerData);
  } catch (error) {
    report({ error: tellError(error) });
    return undefined;
  }
};

const owner = open();
if (owner === undefined) parentPort!.close();
else {
  parentPort!.on("message", (calls: readonly PackedCall[] | "close") => {
    if (calls === "close") {
      owner.close();
      parentPort!.close();
    } else report(owner.perform(calls.map(unpackCall)));
  });
  report({ opened: true });
}
