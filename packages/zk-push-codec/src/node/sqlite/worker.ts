import { parentPort, workerData } from "node:worker_threads";
import type { Call } from "./messages.js";
import { ownSqliteFile } from "./owner.js";

/**
 * The thread that owns the file. What came while it was busy comes as one batch, and one commit
 * makes all of it durable.
 */
const owner = ownSqliteFile(workerData);

parentPort!.on("message", (calls: readonly Call[] | "close") => {
  if (calls === "close") {
    owner.close();
    parentPort!.close();
  } else parentPort!.postMessage(owner.perform(calls));
});
parentPort!.postMessage([]);
