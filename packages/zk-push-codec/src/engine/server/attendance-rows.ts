import { bytesOf } from "../../bytes.js";
import { AttendanceRecord } from "../../records/attendance.js";
import { encodeAttendanceDetails } from "../../records/attendance-details.js";
import { isPunch } from "../../records/identity-card-attendance.js";
import type { AttendanceRow, QuarantineRow } from "../../store.js";
import { isClockUnset } from "../../time.js";
import { instantOf, type ZonedInstant } from "../zone.js";
import { areKeys } from "./storable.js";

/** Records of one upload as rows, and those apart whose clock was not set. */
export interface AttendanceRows {
  readonly rows: readonly AttendanceRow[];
  readonly quarantine: readonly QuarantineRow[];
}

/** Turns attendance records into rows: identity without gaps, and an instant by the zone. */
export const attendanceRows = (
  records: readonly AttendanceRecord[],
  timeZone: string,
): AttendanceRows => {
  const rows: AttendanceRow[] = [];
  const quarantine: QuarantineRow[] = [];
  for (const record of records) {
    const instant = instantOf(record.time, timeZone);
    const idNumber = record.details.kind === "identityCard" ? record.details.idNumber : "";
    const reason = reasonAgainst(record, idNumber, instant);
    if (instant === undefined || reason !== undefined) {
      const content = AttendanceRecord.encode(record);
      quarantine.push({ reason: reason ?? "TIME_INVALID", table: "ATTLOG", content });
      continue;
    }
    rows.push({
      pin: record.pin,
      idNumber,
      kind: isPunch(record) ? "punch" : "verification",
      time: record.time,
      utc: instant.utc,
      timeZone,
      zoneNote: instant.note,
      status: record.status ?? -1,
      verify: record.verify ?? -1,
      workCode: record.workCode,
      sequence: record.details.kind === "extended" ? (record.details.sequence ?? null) : null,
      extra: extraOf(record),
    });
  }
  return { rows, quarantine };
};

/** Why a record cannot be a row. */
const reasonAgainst = (
  record: AttendanceRecord,
  idNumber: string,
  instant: ZonedInstant | undefined,
): string | undefined => {
  if (instant === undefined) return "TIME_INVALID";
  if (isClockUnset(record.time)) return "CLOCK_NOT_SET";
  return areKeys(record.pin, idNumber, record.workCode) ? undefined : "LIMIT_EXCEEDED";
};

/** Columns after the work code, where they say more than two zeros. */
const extraOf = (record: AttendanceRecord): string => {
  const columns = encodeAttendanceDetails(record.details);
  return columns.every((column) => column === "0" || column === "") ? "" : JSON.stringify(columns);
};

/** Most lines that are kept one by one; of a body with more, the whole body is kept. */
const MOST_LINES = 100;

/** Unreadable lines as quarantine. */
export const unreadableRows = (
  unreadable: readonly { readonly wire: string; readonly reason: string }[] | undefined,
  table: string,
  body: Uint8Array,
): readonly QuarantineRow[] => {
  const lines = (unreadable ?? []).filter(({ reason }) => reason !== "BLANK");
  if (lines.length > MOST_LINES) return [{ reason: lines[0]!.reason, table, content: body }];
  return lines.map(({ wire, reason }) => ({ reason, table, content: bytesOf(wire) }));
};
