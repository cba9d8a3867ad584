import Database from "libsql";
import type { Query, QueryResult, Sql, SqlRow, SqlValue } from "../../sql/query.js";

/** What is used of the driver. */
interface Statement {
  readonly reader: boolean;
  run(params: readonly SqlValue[]): { readonly changes: number };
  all(params: readonly SqlValue[]): readonly Record<string, unknown>[];
}

/** A SQLite file and its prepared statements, in the thread that owns it. */
export interface SqliteDatabase {
  /** Runs an operation to its end, inside whatever transaction is open. */
  run<R>(operation: Sql<R>): R;
  exec(sql: string): void;
  close(): void;
}

/**
 * Opens a SQLite file for one writer: write-ahead log, and every commit on the disk before it
 * returns.
 */
export const openSqliteDatabase = (file: string): SqliteDatabase => {
  const database = new Database(file);
  database.exec("PRAGMA journal_mode = WAL");
  database.exec("PRAGMA synchronous = FULL");
  database.exec("PRAGMA busy_timeout = 5000");
  database.exec("PRAGMA foreign_keys = ON");
  // Fewer, larger checkpoints and a page cache of 64 MB keep a first upload of old records fast.
  database.exec("PRAGMA wal_autocheckpoint = 10000");
  database.exec("PRAGMA cache_size = -65536");
  const statements = new Map<string, Statement[]>();
  /** The statement for so many tuples; 0 for one without any. */
  const prepare = (sql: string, count: number, width: number): Statement => {
    let sized = statements.get(sql);
    if (sized === undefined) {
      sized = [];
      statements.set(sql, sized);
    }
    sized[count] ??= database.prepare(
      plain(sql).replace("{rows}", Array(count).fill(tuple(width)).join(", ")),
    ) as unknown as Statement;
    return sized[count];
  };
  const runQuery = ({ sql, params = [], tuples }: Query): QueryResult => {
    if (tuples === undefined) return once(prepare(sql, 0, 0), params);
    const { width, values } = tuples;
    const results: QueryResult[] = [];
    for (let start = 0; start < values.length; start += TUPLES * width) {
      const some = values.slice(start, start + TUPLES * width);
      results.push(once(prepare(sql, some.length / width, width), some));
    }
    return {
      rows: results.flatMap(({ rows }) => rows),
      changes: results.reduce((sum, { changes }) => sum + changes, 0),
    };
  };
  return {
    run(operation) {
      let step = operation.next();
      while (!step.done) step = operation.next(runQuery(step.value));
      return step.value;
    },
    exec: (sql) => database.exec(sql),
    close: () => database.close(),
  };
};

/** Tuples in one statement: each number of them is a statement of its own, and kept. */
const TUPLES = 50;

/** One writer holds the whole file: no row needs a lock. */
const plain = (sql: string): string => sql.replace(/ ?\{lock(?:Free)?\}/, "");

const tuple = (length: number): string => `(${Array(length).fill("?").join(", ")})`;

/** The driver takes a list, and ends the whole process for a value of a type that it does not know. */
const once = (statement: Statement, params: readonly SqlValue[]): QueryResult => {
  for (const param of params) {
    const known = typeof param === "string" || typeof param === "number" || param === null;
    if (!known && !(param instanceof Uint8Array)) {
      throw new TypeError(`expected text, a number, bytes or null, found ${typeof param}`);
    }
  }
  if (!statement.reader) return { rows: [], changes: statement.run(params).changes };
  const rows = statement.all(params).map(rowOf);
  return { rows, changes: rows.length };
};

/** Bytes come as an ArrayBuffer. */
const rowOf = (row: Record<string, unknown>): SqlRow => {
  for (const key in row) {
    const value = row[key];
    if (value instanceof ArrayBuffer) row[key] = new Uint8Array(value);
  }
  return row as SqlRow;
};
