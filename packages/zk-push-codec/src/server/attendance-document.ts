import type { StoredAttendance } from "../server-store.js";

/** Milliseconds since 1970 as ISO 8601. */
export const iso = (ms: number): string => new Date(ms).toISOString();

/** -1 stands for a column that the terminal did not send. */
const sent = (code: number): number | null => (code === -1 ? null : code);

/** Attendance as programs are told of it: the same in lists, streams and events. */
export const attendanceDocument = (row: StoredAttendance) => ({
  id: row.id,
  sn: row.sn,
  pin: row.pin,
  idNumber: row.idNumber,
  kind: row.kind,
  time: row.time,
  timeZone: row.timeZone,
  utc: iso(row.utc),
  zoneNote: row.zoneNote,
  receivedAt: iso(row.receivedAt),
  status: sent(row.status),
  verify: sent(row.verify),
  workCode: row.workCode,
  sequence: row.sequence,
  extra: row.extra === "" ? [] : (JSON.parse(row.extra) as readonly string[]),
});

export type AttendanceDocument = ReturnType<typeof attendanceDocument>;
