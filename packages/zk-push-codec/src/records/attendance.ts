import type { Wire } from "../bytes.js";
import { decodeText, encodeText } from "../charset.js";
import type { Context } from "../context.js";
import { ZkPushError } from "../errors.js";
import { lineCodec } from "../keyed-message.js";
import { invalid } from "../kind.js";
import { checkField } from "../safe.js";
import { isDeviceTime } from "../time.js";
import {
  type AttendanceDetails,
  decodeAttendanceDetails,
  encodeAttendanceDetails,
} from "./attendance-details.js";

/** One punch, or one verification of an identity card: see `AttendanceDetails`. */
export interface AttendanceRecord {
  /** `0` on an identity card of nobody who is enrolled. */
  readonly pin: string;
  /** `YYYY-MM-DD hh:mm:ss` by the terminal's clock, or whatever a lost clock made of it. */
  readonly time: string;
  /** See `ATTENDANCE_STATUS`, and `VERIFICATION_STATUS` for identity cards; 255 is common. */
  readonly status: number | undefined;
  /** See `VERIFY_MODES`. */
  readonly verify: number | undefined;
  readonly workCode: string;
  readonly details: AttendanceDetails;
  /** The line, where writing its values afresh gives another one. */
  readonly form?: { readonly line: Wire };
}

/**
 * One line of an ATTLOG body. For whole bodies `AttendanceUpload` is much faster.
 *
 * Attendance PUSH 3.7, 11.2: seven columns; terminals were seen to send 5 to 12.
 *
 *     Pin HT Time HT Status HT Verify HT Workcode HT Reserved HT Reserved
 */
export const AttendanceRecord = /* @__PURE__ */ lineCodec<AttendanceRecord>(
  "ATTLOG",
  {
    section: "11.2",
    schema: ["Pin", "Time", "Status", "Verify", "Workcode", "Reserved", "Reserved"],
  },
  { encode: encodeAttendanceLine, decode: decodeAttendanceLine },
);

function encodeAttendanceLine(record: AttendanceRecord, context: Context): Wire {
  const { form } = record;
  if (form !== undefined && stillSays(form.line, record, context)) return form.line;
  const columns = [
    record.pin,
    record.time,
    writeInteger(record.status, "ATTLOG.Status"),
    writeInteger(record.verify, "ATTLOG.Verify"),
    record.workCode,
    ...encodeAttendanceDetails(record.details),
  ];
  if (record.pin === "") throw invalid("ATTLOG.Pin", "a number of a person");
  return columns.map((column) => encodeText(checkField(column, "ATTLOG"), "utf-8")).join("\t");
}

const writeInteger = (value: number | undefined, path: string): string => {
  if (value === undefined) return "";
  if (!Number.isSafeInteger(value) || value < 0) throw invalid(path, "an integer from 0");
  return value.toString();
};

const stillSays = (line: Wire, record: AttendanceRecord, context: Context): boolean => {
  const meant = decodeAttendanceLine(line, { ...context, report: () => {} });
  return (
    meant.pin === record.pin &&
    meant.time === record.time &&
    meant.status === record.status &&
    meant.verify === record.verify &&
    meant.workCode === record.workCode &&
    encodeAttendanceDetails(meant.details).join("\t") ===
      encodeAttendanceDetails(record.details).join("\t")
  );
};

/** Reads one line of any shape that terminals were seen to send. */
export function decodeAttendanceLine(line: Wire, context: Context): AttendanceRecord {
  if (/[\0\n]|\r(?!$)/.test(line)) {
    throw new ZkPushError("RECORD_MALFORMED", "expected text on one line in an ATTLOG record");
  }
  const columns = line.replace(/\r$/, "").split("\t");
  const pin = textOf(columns[0]!, "Pin", context);
  if (pin === "" || columns.length < 2) {
    throw new ZkPushError("RECORD_MALFORMED", "expected a PIN and a time in an ATTLOG record");
  }
  const time = textOf(columns[1]!, "Time", context);
  if (!isDeviceTime(time)) context.report({ code: "TIME_INVALID", field: "Time" });
  const record = {
    pin,
    time,
    status: integerOf(columns[2] ?? "", "Status", context),
    verify: integerOf(columns[3] ?? "", "Verify", context),
    workCode: textOf(columns[4] ?? "", "Workcode", context),
    details: decodeAttendanceDetails(columns.slice(5), context),
  };
  return writtenAs(record) === line ? record : { ...record, form: { line } };
}

const textOf = (column: Wire, field: string, context: Context): string => {
  const { text, charset } = decodeText(column, "utf-8");
  if (charset === "unknown") context.report({ code: "TEXT_UNDECODABLE", field });
  return text;
};

const integerOf = (column: Wire, field: string, context: Context): number | undefined => {
  if (/^\d{1,15}$/.test(column)) return Number(column);
  if (column !== "") context.report({ code: "FIELD_UNREADABLE", field });
  return undefined;
};

/** The line that the values alone give; `undefined` where they give none. */
const writtenAs = (record: AttendanceRecord): Wire | undefined => {
  try {
    return encodeAttendanceLine(record, { charset: "utf-8", report: () => {} });
  } catch (error) {
    if (error instanceof ZkPushError) return undefined;
    throw error;
  }
};
