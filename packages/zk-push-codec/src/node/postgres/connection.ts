import type { ClientBase } from "pg";
import { ZkPushError } from "../../errors.js";
import type { Query, QueryResult, Sql, SqlRow, SqlValue } from "../../sql/query.js";

/** Tuples of the larger statements; each size is prepared once on each connection. */
const SIZES = [128, 16] as const;

/** Runs an operation to its end on one connection, inside whatever transaction is open. */
export const runSql = async <R>(client: ClientBase, operation: Sql<R>): Promise<R> => {
  let step = operation.next();
  while (!step.done) step = operation.next(await runQuery(client, step.value));
  return step.value;
};

const runQuery = async (client: ClientBase, query: Query): Promise<QueryResult> => {
  const { sql, params = [], tuples } = query;
  if (tuples === undefined) return once(client, statement(sql, 0, 0), params);
  const { width, values } = tuples;
  const rows: SqlRow[] = [];
  let changes = 0;
  for (let start = 0; start < values.length; ) {
    const left = (values.length - start) / width;
    const count = SIZES.find((size) => size <= left) ?? left;
    const some = values.slice(start, start + count * width);
    start += some.length;
    const done = await once(client, statement(sql, count, width), some);
    rows.push(...done.rows);
    changes += done.changes;
  }
  return { rows, changes };
};

interface Statement {
  readonly text: string;
  /** Prepared on each connection under this name. */
  readonly name: string;
}

const statements = new Map<string, Statement>();

/** A statement in the dialect of PostgreSQL, for so many tuples. */
const statement = (sql: string, count: number, width: number): Statement => {
  const key = `${count} ${sql}`;
  let known = statements.get(key);
  if (known === undefined) {
    known = { text: translate(sql, count, width), name: `zk${statements.size}` };
    statements.set(key, known);
  }
  return known;
};

/** No statement of ours has a question mark inside a text. */
const translate = (sql: string, count: number, width: number): string => {
  const tuple = `(${Array(width).fill("?").join(", ")})`;
  let position = 0;
  return sql
    .replace("{rows}", () => Array(count).fill(tuple).join(", "))
    .replace("{lockFree}", "FOR UPDATE SKIP LOCKED")
    .replace("{lock}", "FOR UPDATE")
    .replace(/\?/g, () => `$${++position}`);
};

const once = async (
  client: ClientBase,
  prepared: Statement,
  params: readonly SqlValue[],
): Promise<QueryResult> => {
  const values = params.map(storable);
  const asked = client.query<Record<string, SqlValue>>({ ...prepared, values });
  const { rows, rowCount } = await asked.catch(refuse);
  return { rows, changes: rowCount ?? 0 };
};

/** Statements without parameters, one or several. */
export const execute = async (client: ClientBase, sql: string): Promise<void> => {
  await client.query(sql).catch(refuse);
};

/** PostgreSQL has no NUL in a text; its picture stands for it, as everywhere it is looked for. */
const storable = (value: SqlValue): SqlValue =>
  typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\u2400") : value;

/**
 * Rejects with an error of ours: the text of the driver's may quote the values of a row.
 *
 * `STORE_FAILED`: the database answered, and nothing was done. `STORE_UNAVAILABLE`: there was no
 * answer, and nobody knows.
 */
export const refuse = (cause: unknown): never => {
  const state = stateOf(cause);
  // Class 57: the server ends the connection, whatever it did before.
  if (state === undefined || state.startsWith("57")) {
    throw new ZkPushError("STORE_UNAVAILABLE", "expected an answer of PostgreSQL, found none", {
      cause,
    });
  }
  throw new ZkPushError("STORE_FAILED", `expected no error of PostgreSQL, found ${state}`, {
    cause,
  });
};

/** SQLSTATE of an error of the database. */
const stateOf = (error: unknown): string | undefined => {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
};

/** Whether nobody knows what became of the transaction, nor of the connection. */
export const isLost = (error: unknown): boolean =>
  error instanceof ZkPushError && error.code === "STORE_UNAVAILABLE";

/** Serialisation and deadlock: the same again will do. */
export const isPassing = (error: unknown): boolean =>
  error instanceof ZkPushError && ["40001", "40P01"].includes(stateOf(error.cause) ?? "");
