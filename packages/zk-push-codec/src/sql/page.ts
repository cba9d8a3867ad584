import { ZkPushError } from "../errors.js";
import type { Listed, Page } from "../server-store.js";
import { type Query, type Sql, type SqlRow, textOf } from "./query.js";

const MOST = 1_000;

/** Pages of rows by a key that counts up. */
export function* keyPage<T>(
  page: Page,
  key: string,
  read: (row: SqlRow) => T,
  select: (after: string, limit: number) => Query,
): Sql<Listed<T>> {
  const limit = checkedLimit(page);
  const { rows } = yield select(page.cursor ?? "", limit + 1);
  const some = rows.slice(0, limit);
  const last = some.at(-1);
  return {
    items: some.map(read),
    next: rows.length > limit && last !== undefined ? textOf(last, key) : null,
  };
}

/**
 * Pages of rows by a number that counts up. In the query `{beyond}` stands for the comparison with
 * the cursor, and `{direction}` behind the key that orders.
 */
export function* numberPage<T>(
  page: Page,
  read: (row: SqlRow) => T,
  select: (after: number, limit: number) => Query,
  key = "id",
): Sql<Listed<T>> {
  const newest = page.order === "newest";
  const cursor = page.cursor ?? (newest ? END : START);
  if (!/^\d{1,15}$/.test(cursor)) {
    throw new ZkPushError("FIELD_INVALID", "expected a cursor that a list gave");
  }
  return yield* keyPage({ ...page, cursor }, key, read, (after, limit) => {
    const { sql, ...rest } = select(Number(after), limit);
    const ordered = sql
      .replace("{beyond}", newest ? "<" : ">")
      .replace("{direction}", newest ? "DESC" : "ASC");
    return { ...rest, sql: ordered };
  });
}

/** Beyond every number of a row, in either direction. */
const START = "0";
const END = "999999999999999";

const checkedLimit = ({ limit }: Page): number => {
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    throw new ZkPushError("FIELD_INVALID", `expected a limit of 1 to ${MOST}`);
  }
  return limit;
};
