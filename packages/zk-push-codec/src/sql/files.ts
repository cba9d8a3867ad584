import { ZkPushError } from "../errors.js";
import type { StoredFile } from "../server-store.js";
import { bytesAt, numberOf, query, type Sql, textOf } from "./query.js";

/** Bytes of all files together: whoever fills the shelf must not fill the disk. */
const MOST_BYTES = 1024 * 1024 * 1024;

export function* putFile(file: StoredFile, now: number): Sql<void> {
  yield* query("DELETE FROM files WHERE expires_at <= ?", now);
  const { rows } = yield* query("SELECT SUM(size) AS size FROM files");
  if (numberOf(rows[0]!, "size") + file.content.length > MOST_BYTES) {
    throw new ZkPushError("LIMIT_EXCEEDED", `expected at most ${MOST_BYTES} bytes of files`);
  }
  yield* query(
    `INSERT INTO files (token, name, size, content, base64, sn, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    file.token,
    file.name,
    file.content.length,
    file.content,
    file.base64 ? 1 : 0,
    file.sn,
    file.expiresAt,
  );
}

export function* file(token: string): Sql<StoredFile | undefined> {
  const { rows } = yield* query(
    "SELECT token, name, content, base64, sn, expires_at FROM files WHERE token = ?",
    token,
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    token: textOf(row, "token"),
    name: textOf(row, "name"),
    content: bytesAt(row, "content"),
    base64: numberOf(row, "base64") === 1,
    sn: row["sn"] === null ? null : textOf(row, "sn"),
    expiresAt: numberOf(row, "expires_at"),
  };
}
