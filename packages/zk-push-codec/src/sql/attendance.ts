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

/**
 * Stores the rows of several changes that are not there yet, and puts the punches among them into
 * the outbox of each sink.
 *
 * @returns how many were new of each change.
 */
export function* storeAttendance(
  changes: readonly Tuples[],
  sinks: readonly string[],
): Sql<readonly number[]> {
  const given = changes.filter(({ values }) => values.length > 0);
  if (given.length === 0) return changes.map(() => 0);
  if (given.length === 1 && sinks.length === 0) {
    const inserted = (yield* queryTuples(INSERT, given[0]!)).changes;
    return changes.map((change) => (change === given[0] ? inserted : 0));
  }
  const all = { width: WIDTH, values: given.flatMap(({ values }) => values) };
  const { rows } = yield* queryTuples(`${INSERT} RETURNING id, ${COLUMNS}`, all);
  const inserted = shareOut(changes, rows.map(attendanceOf));
  const events = inserted
    .map((part) => part.filter(({ kind }) => kind === "punch"))
    .filter(({ length }) => length > 0)
    .flatMap((punches) => sinks.map((sink) => [sink, JSON.stringify(punches), 0, 0]));
  yield* queryAll("INSERT INTO outbox (sink, payload, attempts, due) VALUES {rows}", events);
  return inserted.map(({ length }) => length);
}

/** Which change brought which row: the first that has it. */
const shareOut = (
  changes: readonly Tuples[],
  rows: readonly StoredAttendance[],
): readonly (readonly StoredAttendance[])[] => {
  const parts: StoredAttendance[][] = changes.map(() => []);
  if (changes.length === 1) return [rows];
  const owner = new Map<string, number>();
  for (const [index, { values }] of changes.entries()) {
    for (let start = 0; start < values.length; start += WIDTH) {
      const key = keyOf(values.slice(start, start + IDENTITY_WIDTH));
      if (!owner.has(key)) owner.set(key, index);
      // A text that the database changed on its way in still tells its terminal.
      const sn = keyOf(values.slice(start, start + 1));
      if (!owner.has(sn)) owner.set(sn, index);
    }
  }
  for (const row of rows) {
    const { sn, time, pin, idNumber, status, verify, workCode } = row;
    const key = keyOf([sn, time, pin, idNumber, status, verify, workCode]);
    parts[owner.get(key) ?? owner.get(keyOf([sn])) ?? 0]!.push(row);
  }
  return parts;
};

const keyOf = (parts: readonly SqlValue[]): string => parts.join("\0");

const IDENTITY_WIDTH = 7;

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
