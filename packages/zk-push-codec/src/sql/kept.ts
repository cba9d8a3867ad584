import type { NamedRecord } from "../records/any.js";
import type {
  AuditEntry,
  Listed,
  Page,
  Retention,
  StoredPhoto,
  StoredQuarantine,
  StoredRecord,
} from "../server-store.js";
import type { PhotoRow, QuarantineRow } from "../store.js";
import { numberPage } from "./page.js";
import { storeTemplate, storeUser } from "./people.js";
import {
  bytesAt,
  jsonOf,
  numberOf,
  query,
  queryAll,
  type Sql,
  type SqlRow,
  textOf,
} from "./query.js";

/** Records by what they are: people, templates, and what is kept as it came. */
export function* storeRecords(sn: string, now: number, records: readonly NamedRecord[]): Sql<void> {
  for (const [position, record] of records.entries()) {
    switch (record.record) {
      case "USER":
        yield* storeUser(record, now);
        break;
      case "OPLOG":
      case "ERRORLOG":
      case "IDCARD":
        yield* query(
          `INSERT INTO records (sn, kind, identity, record, received_at) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (sn, kind, identity) DO UPDATE SET record = excluded.record`,
          sn,
          record.record,
          identityOf(record, now, position),
          JSON.stringify(record),
          now,
        );
        break;
      default:
        yield* storeTemplate(record, now);
    }
  }
}

/** An operation sent twice is one; an identity card is known by its number; an error has no name. */
const identityOf = (
  record: Extract<NamedRecord, { record: "OPLOG" | "ERRORLOG" | "IDCARD" }>,
  now: number,
  position: number,
): string => {
  if (record.record === "OPLOG") {
    const { time, operation, operator, operands } = record;
    return JSON.stringify([time, operation, operator, ...operands]);
  }
  if (record.record === "IDCARD" && record.idNumber !== undefined) return record.idNumber;
  return `${now}/${position}`;
};

export function* records(
  kind: StoredRecord["record"]["record"],
  page: Page,
): Sql<Listed<StoredRecord>> {
  return yield* numberPage(page, recordOf, (after, limit) => ({
    sql: "SELECT id, sn, record, received_at FROM records WHERE kind = ? AND id {beyond} ? ORDER BY id {direction} LIMIT ?",
    params: [kind, after, limit],
  }));
}

const recordOf = (row: SqlRow): StoredRecord => ({
  id: textOf(row, "id"),
  sn: textOf(row, "sn"),
  receivedAt: numberOf(row, "received_at"),
  record: jsonOf<NamedRecord>(row, "record", { record: "USER", pin: "" }),
});

export function* storePhotos(sn: string, now: number, photos: readonly PhotoRow[]): Sql<void> {
  yield* queryAll(
    `INSERT INTO photos (sn, file_name, pin, id_number, time, size, content, received_at)
     VALUES {rows} ON CONFLICT (sn, file_name) DO NOTHING`,
    photos.map(({ fileName, pin, idNumber, time, content }) => [
      sn,
      fileName,
      pin,
      idNumber,
      time,
      content.length,
      content,
      now,
    ]),
  );
}

export function* photos(
  filter: { readonly sn?: string; readonly pin?: string },
  page: Page,
): Sql<Listed<StoredPhoto>> {
  const { sn, pin } = filter;
  const where = `${sn === undefined ? "" : " AND sn = ?"}${pin === undefined ? "" : " AND pin = ?"}`;
  const params = [sn, pin].filter((value) => value !== undefined);
  return yield* numberPage(page, photoOf, (after, limit) => ({
    sql: `SELECT id, sn, file_name, pin, id_number, time, size, received_at FROM photos
          WHERE id {beyond} ?${where} ORDER BY id {direction} LIMIT ?`,
    params: [after, ...params, limit],
  }));
}

const photoOf = (row: SqlRow): StoredPhoto => ({
  id: textOf(row, "id"),
  sn: textOf(row, "sn"),
  fileName: textOf(row, "file_name"),
  pin: textOf(row, "pin"),
  idNumber: textOf(row, "id_number"),
  time: textOf(row, "time"),
  size: numberOf(row, "size"),
  receivedAt: numberOf(row, "received_at"),
});

export function* photo(id: string): Sql<PhotoRow | undefined> {
  if (!/^\d{1,15}$/.test(id)) return undefined;
  const { rows } = yield* query(
    "SELECT file_name, pin, id_number, time, content FROM photos WHERE id = ?",
    Number(id),
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    fileName: textOf(row, "file_name"),
    pin: textOf(row, "pin"),
    idNumber: textOf(row, "id_number"),
    time: textOf(row, "time"),
    content: bytesAt(row, "content"),
  };
}

export function* storeQuarantine(
  sn: string,
  now: number,
  rows: readonly QuarantineRow[],
): Sql<void> {
  yield* queryAll(
    "INSERT INTO quarantine (sn, reason, source, content, received_at) VALUES {rows}",
    rows.map(({ reason, table, content }) => [sn, reason, table, content, now]),
  );
}

export function* quarantine(page: Page): Sql<Listed<StoredQuarantine>> {
  return yield* numberPage(page, quarantineOf, (after, limit) => ({
    sql: `SELECT id, sn, reason, source, content, received_at FROM quarantine
          WHERE id {beyond} ? ORDER BY id {direction} LIMIT ?`,
    params: [after, limit],
  }));
}

const quarantineOf = (row: SqlRow): StoredQuarantine => ({
  id: textOf(row, "id"),
  sn: textOf(row, "sn"),
  reason: textOf(row, "reason"),
  table: textOf(row, "source"),
  content: bytesAt(row, "content"),
  receivedAt: numberOf(row, "received_at"),
});

export function* audit({ at, actor, action, subject }: AuditEntry): Sql<void> {
  yield* query(
    "INSERT INTO audit (at, actor, action, subject) VALUES (?, ?, ?, ?)",
    at,
    actor,
    action,
    subject,
  );
}

export function* audits(page: Page): Sql<Listed<AuditEntry & { readonly id: string }>> {
  return yield* numberPage(page, auditOf, (after, limit) => ({
    sql: "SELECT id, at, actor, action, subject FROM audit WHERE id {beyond} ? ORDER BY id {direction} LIMIT ?",
    params: [after, limit],
  }));
}

const auditOf = (row: SqlRow): AuditEntry & { readonly id: string } => ({
  id: textOf(row, "id"),
  at: numberOf(row, "at"),
  actor: textOf(row, "actor"),
  action: textOf(row, "action"),
  subject: textOf(row, "subject"),
});

/** Statements that delete what is older than a time. */
const PRUNE: Readonly<Record<keyof Retention, string>> = {
  attendance: "DELETE FROM attendance WHERE received_at < ?",
  photos: "DELETE FROM photos WHERE received_at < ?",
  quarantine: "DELETE FROM quarantine WHERE received_at < ?",
  records: "DELETE FROM records WHERE received_at < ?",
  commands: "DELETE FROM commands WHERE state NOT IN ('queued', 'sent') AND queued_at < ?",
};

export function* prune(before: Retention): Sql<number> {
  let gone = 0;
  for (const [what, time] of Object.entries(before) as [keyof Retention, number][]) {
    gone += (yield* query(PRUNE[what], time)).changes;
  }
  return gone;
}
