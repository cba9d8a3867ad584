import pg from "pg";
import type { ServerStore } from "../../server-store.js";
import { type OperationName, type PackedChange, sqlOperations } from "../../sql/operations.js";
import type { Sql } from "../../sql/query.js";
import { migrate, POSTGRES } from "../../sql/schema.js";
import { type CallOperation, sqlStore } from "../../sql/store.js";
import { commitAll } from "./commit.js";
import { runSql } from "./connection.js";
import { transaction, withClient } from "./transaction.js";
import { createWriter } from "./writer.js";

/** How a PostgreSQL store is opened. */
export interface PostgresStoreOptions {
  /** `postgres://user:password@host:port/database`; what is left out is read from `PG…` variables. */
  readonly url: string;
  /** Names of the sinks that new punches are published to; the same for all instances. Default none. */
  readonly sinks?: readonly string[];
  /** Connections for reading; one more writes. Default 8. */
  readonly connections?: number;
  /** Milliseconds since 1970; default the platform's clock. */
  readonly now?: () => number;
}

/** What only reads: one statement, or several that need not agree to the millisecond. */
const READING: ReadonlySet<OperationName> = new Set<OperationName>([
  "device",
  "devices",
  "hasOpen",
  "commands",
  "attendance",
  "countAttendance",
  "person",
  "people",
  "areasOf",
  "file",
  "records",
  "quarantine",
  "photos",
  "photo",
  "audits",
  "countEvents",
]);

/** What writes without waiting for its turn: it locks rows that nobody else has, or takes long. */
const APART: ReadonlySet<OperationName> = new Set<OperationName>(["lease", "takeEvents", "prune"]);

/** Terminals that only poll are noted this often: a poll writes nothing. */
const TOUCH_MS = 5_000;
const CONNECT_MS = 5_000;
/** A statement that takes longer is given up, and an instance that stopped in the middle is cut off. */
const STATEMENT_MS = 60_000;
const IDLE_IN_TRANSACTION_MS = 10_000;

/**
 * Opens a store in a PostgreSQL database, which any number of instances may share: each serves any
 * request of any terminal. Whatever writes while a commit is under way is committed next in one go.
 */
export const openPostgresStore = async (options: PostgresStoreOptions): Promise<ServerStore> => {
  const { url, sinks = [], connections = 8, now = Date.now } = options;
  const pool = openPool(url, { max: connections });
  // What does not depend on an answer is sent before it has come.
  const writing = openPool(url, { max: 1, pipeline: true });
  const operations = sqlOperations(sinks) as Readonly<
    Record<OperationName, (...args: readonly never[]) => Sql<unknown>>
  >;
  try {
    await withClient(writing, (client) =>
      // Two that start at the same time make the tables once.
      transaction(client, "BEGIN; SELECT pg_advisory_xact_lock(2052418351)", () =>
        runSql(client, migrate(POSTGRES)),
      ),
    );
  } catch (error) {
    await Promise.all([pool.end(), writing.end()]);
    throw error;
  }

  const writer = createWriter(writing, async (client, calls) => {
    const commits = calls.filter(({ name }) => name === "commit");
    const changes = commits.map(({ args }) => args[0] as PackedChange);
    const committed = await commitAll(client, changes, sinks);
    const results: unknown[] = [];
    for (const one of calls) {
      if (one.name === "commit") results.push(committed[commits.indexOf(one)]);
      else results.push(await runSql(client, operations[one.name](...(one.args as never[]))));
    }
    return results;
  });
  const call: CallOperation = async (name, ...args) => {
    const operation = () => operations[name](...(args as readonly never[]));
    if (!READING.has(name) && !APART.has(name)) {
      return (await writer.write({ name, args })) as never;
    }
    return (await withClient(pool, (client) =>
      READING.has(name)
        ? runSql(client, operation())
        : transaction(client, "BEGIN", () => runSql(client, operation())),
    )) as never;
  };

  const seen = new Map<string, number>();
  const flush = async (): Promise<void> => {
    const entries = [...seen];
    seen.clear();
    if (entries.length > 0) await call("touch", entries);
  };
  const timer = setInterval(() => void flush().catch(() => {}), TOUCH_MS);
  timer.unref();
  const close = async (): Promise<void> => {
    clearInterval(timer);
    await flush().catch(() => {});
    await writer.close();
    await Promise.all([pool.end(), writing.end()]);
  };
  const store = sqlStore(call, close, now);
  return {
    ...store,
    commit(change) {
      seen.set(change.sn, change.receivedAt);
      return store.commit(change);
    },
    async lease(sn, terms) {
      seen.set(sn, terms.now);
      return (await call("hasOpen", sn)) ? store.lease(sn, terms) : [];
    },
  };
};

const openPool = (url: string, config: pg.PoolConfig): pg.Pool => {
  const pool = new pg.Pool({
    ...config,
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: STATEMENT_MS + CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    application_name: "zk-push",
    keepAlive: true,
  });
  // A connection that fails while nobody uses it is replaced by the next call.
  pool.on("error", () => {});
  return pool;
};
