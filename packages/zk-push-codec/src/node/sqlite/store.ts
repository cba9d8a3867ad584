import { Worker } from "node:worker_threads";
import { ZkPushError } from "../../errors.js";
import type { ServerStore } from "../../server-store.js";
import { type CallOperation, sqlStore } from "../../sql/store.js";
import { withCache } from "./cache.js";
import { type Call, errorOf, packCall, type Report, type WorkerSettings } from "./messages.js";

/** How a SQLite store is opened. */
export interface SqliteStoreOptions {
  /** Path of the file; it is made when there is none. One process at a time. */
  readonly file: string;
  /** Names of the sinks that new punches are published to; default none. */
  readonly sinks?: readonly string[];
  /** Milliseconds since 1970; default the platform's clock. */
  readonly now?: () => number;
}

/** Calls that wait for the worker. */
interface Waiting extends Call {
  resolve(value: never): void;
  reject(error: unknown): void;
}

/** Terminals that only poll are noted on the disk this often: a poll needs none. */
const TOUCH_MS = 30_000;

/**
 * Opens a store in one SQLite file: no server, no set-up. Writing happens in a thread of its own.
 * While it commits, whatever else arrives waits and is then committed in one go, so that many
 * terminals share each write to the disk.
 *
 * @throws ZkPushError `STORE_IN_USE` when another process has the file, `STORE_NEWER` when a later
 * version of this program had it, `STORE_FAILED` when it cannot be opened.
 */
export const openSqliteStore = async (options: SqliteStoreOptions): Promise<ServerStore> => {
  const { file, sinks = [], now = Date.now } = options;
  const worker = startWorker({ file, sinks });
  let pending: Waiting[] = [];
  /** Nothing is sent before the file is open. */
  let underWay: Waiting[] | undefined = [];
  let failure: ZkPushError | undefined;
  let ready = () => {};

  const send = (): void => {
    if (underWay !== undefined || pending.length === 0) return;
    underWay = pending;
    pending = [];
    worker.postMessage(underWay.map(packCall));
  };
  const fail = (error: ZkPushError): void => {
    failure ??= error;
    for (const { reject } of [...(underWay ?? []), ...pending]) reject(failure);
    underWay = undefined;
    pending = [];
    ready();
  };
  worker.on("message", (report: Report) => {
    if ("error" in report) return fail(errorOf(report.error));
    const done = underWay ?? [];
    underWay = undefined;
    ready();
    send();
    if ("opened" in report) return;
    report.forEach((outcome, i) => {
      const waiting = done[i];
      if ("error" in outcome) waiting?.reject(errorOf(outcome.error));
      else waiting?.resolve(outcome.value as never);
    });
  });
  worker.on("error", (cause) =>
    fail(new ZkPushError("STORE_FAILED", "expected the thread of the store to live", { cause })),
  );
  worker.on("exit", () => fail(new ZkPushError("STORE_CLOSED", "expected an open store")));

  const call: CallOperation = (name, ...args) =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) return reject(failure);
      pending.push({ name, args, resolve, reject });
      // What comes in the same turn of the loop goes into the same batch.
      if (pending.length === 1) setImmediate(send);
    });

  await new Promise<void>((resolve) => {
    ready = resolve;
  });
  if (failure !== undefined) throw failure;

  const store = await withCache(
    sqlStore(call, async () => {}, now),
    call,
  );
  const flush = async (): Promise<void> => {
    const entries = [...store.seen];
    store.seen.clear();
    if (entries.length > 0) await call("touch", entries);
  };
  const timer = setInterval(() => void flush().catch(() => {}), TOUCH_MS);
  timer.unref();
  return {
    ...store,
    async close() {
      clearInterval(timer);
      await flush();
      await new Promise<void>((resolve) => {
        worker.once("exit", () => resolve());
        worker.postMessage("close");
      });
    },
  };
};

/**
 * In the published package the worker is `worker.js`. Beside the sources it is `worker.ts`, and the
 * loader that reads it is started inside the thread, which does not take it over from the program.
 */
const startWorker = (settings: WorkerSettings): Worker => {
  const options = { workerData: settings };
  if (!import.meta.url.endsWith(".ts")) {
    return new Worker(new URL("./worker.js", import.meta.url), options);
  }
  const entry = JSON.stringify(new URL("./worker.ts", import.meta.url).href);
  const code = `import("tsx/esm/api").then(({ register }) => (register(), import(${entry})));`;
  return new Worker(code, { ...options, eval: true });
};
