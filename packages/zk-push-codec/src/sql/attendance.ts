import type { AttendanceFilter, Listed, Page, StoredAttendance } from "../server-store.js";
import type { AttendanceRow } from "../store.js";
import { numberPage } from "./page.js";
import {
  numberOf,
  numberOrNull,
  query,
  queryAll,
  queryTuples,
  type Sql,
  type SqlRow,
  type SqlValue,
  type Tuples,
  textOf,
} from "./query.js";

const IDENTITY = "sn, time, pin, id_number, status, verify, work_code";
const COLUMNS = `${IDENTITY}, kind, utc, time_zone, zone_note, sequence, extra, received_at`;
const INSERT = `INSERT INTO attendance (${COLUMNS}) VALUES {rows} ON CONFLICT (${IDENTITY}) DO NOTHING`;

/** Rows for the table, in one list. */
export const attendanceTuples = (
  sn: string,
  receivedAt: number,
  rows: readonly AttendanceRow[],
): Tuples => {
  const values: SqlValue[] = [];
  for (const row of rows) {
    values.push(
      sn,
      row.time,
      row.pin,
      row.idNumber,
      row.status,
      row.verify,
      row.workCode,
      row.kind,
    );
    values.push(row.utc, row.timeZone, row.zoneNote, row.sequence, row.extra, receivedAt);
  }
  return { width: WIDTH, values };
};

const WIDTH = 14;

/** Stores rows that are not there yet, and puts them into the outbox of each sink. */
export function* storeAttendance(tuples: Tuples, sinks: readonly string[]): Sql<number> {
  if (sinks.length === 0) return (yield* queryTuples(INSERT, tuples)).changes;
  const { rows: inserted } = yield* queryTuples(`${INSERT} RETURNING id, ${COLUMNS}`, tuples);
  const punches = inserted.map(attendanceOf).filter(({ kind }) => kind === "punch");
  if (punches.length > 0) {
    const payload = JSON.stringify(punches);
    yield* queryAll(
      "INSERT INTO outbox (sink, payload, attempts, due) VALUES {rows}",
      sinks.map((sink) => [sink, payload, 0, 0]),
    );
  }
  return inserted.length;
}

export function* attendance(filter: AttendanceFilter, page: Page): Sql<Listed<StoredAttendance>> {
  const { where, params } = conditions(filter);
  return yield* numberPage(page, attendanceOf, (after, limit) => ({
    sql: `SELECT id, ${COLUMNS} FROM attendance WHERE id {beyond} ?${where} ORDER BY id {direction} LIMIT ?`,
    params: [after, ...params, limit],
  }));
}

export function* countAttendance(filter: AttendanceFilter): Sql<number> {
  const { where, params } = conditions(filter);
  const sql = `SELECT COUNT(*) AS count FROM attendance WHERE 1 = 1${where}`;
  const { rows } = yield* query(sql, ...params);
  return numberOf(rows[0]!, "count");
}

const conditions = ({ sn, pin, from, to }: AttendanceFilter) => {
  const parts: [string, string | undefined][] = [
    ["sn = ?", sn],
    ["pin = ?", pin],
    ["time >= ?", from],
    ["time <= ?", to],
  ];
  const given = parts.filter((part): part is [string, string] => part[1] !== undefined);
  return {
    where: given.map(([sql]) => ` AND ${sql}`).join(""),
    params: given.map(([, value]) => value),
  };
};

const attendanceOf = (row: SqlRow): StoredAttendance => ({
  id: textOf(row, "id"),
  sn: textOf(row, "sn"),
  pin: textOf(row, "pin"),
  idNumber: textOf(row, "id_number"),
  kind: textOf(row, "kind") as StoredAttendance["kind"],
  time: textOf(row, "time"),
  utc: numberOf(row, "utc"),
  timeZone: textOf(row, "time_zone"),
  zoneNote: textOf(row, "zone_note") as StoredAttendance["zoneNote"],
  status: numberOf(row, "status"),
  verify: numberOf(row, "verify"),
  workCode: textOf(row, "work_code"),
  sequence: numberOrNull(row, "sequence"),
  extra: textOf(row, "extra"),
  receivedAt: numberOf(row, "received_at"),
});
