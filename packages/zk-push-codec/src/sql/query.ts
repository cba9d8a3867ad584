/**
 * SQL without a driver: an operation is a generator that yields queries and is given their results.
 * A driver runs it inside one transaction, at once (SQLite) or waiting in between (PostgreSQL).
 */
export type SqlValue = string | number | null | Uint8Array;

/** Column names as in the query. Integers are numbers: none of ours is past 2^53. */
export type SqlRow = Readonly<Record<string, SqlValue>>;

export interface Query {
  /**
   * With `?` for parameters. Words in braces are the dialect's: `{rows}` stands for the tuples,
   * in one statement or several, `{lock}` locks the selected rows, `{lockFree}` skips those that others hold.
   */
  readonly sql: string;
  readonly params?: readonly SqlValue[];
  /** Tuples for `{rows}`, one after the other. */
  readonly tuples?: Tuples;
}

/** Rows of equal width in one list: quick to hand over, and to bind. */
export interface Tuples {
  readonly width: number;
  readonly values: readonly SqlValue[];
}

export interface QueryResult {
  readonly rows: readonly SqlRow[];
  /** Rows that were inserted, updated or deleted. */
  readonly changes: number;
}

/** An operation. */
export type Sql<R> = Generator<Query, R, QueryResult>;

/** One query as an operation. */
export function* query(sql: string, ...params: readonly SqlValue[]): Sql<QueryResult> {
  return yield { sql, params };
}

/** One query for many rows. */
export function* queryAll(sql: string, rows: readonly (readonly SqlValue[])[]): Sql<QueryResult> {
  return yield* queryTuples(sql, { width: rows[0]?.length ?? 0, values: rows.flat() });
}

/** The same for rows in one list. */
export function* queryTuples(sql: string, tuples: Tuples): Sql<QueryResult> {
  return tuples.values.length === 0 ? { rows: [], changes: 0 } : yield { sql, tuples };
}

/** A column that holds text. */
export const textOf = (row: SqlRow, column: string): string => String(row[column] ?? "");

/** A column that holds an integer. */
export const numberOf = (row: SqlRow, column: string): number => Number(row[column]);

/** A column that holds an integer or nothing. */
export const numberOrNull = (row: SqlRow, column: string): number | null =>
  row[column] === null || row[column] === undefined ? null : Number(row[column]);

/** A column that holds bytes. */
export const bytesAt = (row: SqlRow, column: string): Uint8Array => {
  const value = row[column];
  return value instanceof Uint8Array ? new Uint8Array(value) : new Uint8Array();
};

/** A column that holds JSON; what this package wrote it reads. */
export const jsonOf = <T>(row: SqlRow, column: string, otherwise: T): T => {
  const value = row[column];
  return typeof value === "string" && value !== "" ? (JSON.parse(value) as T) : otherwise;
};
