import { bytesOf, type Wire } from "../bytes.js";
import type { Context } from "../context.js";
import { optional } from "../fields.js";
import {
  decodeLine,
  encodeLines,
  isUnreadable,
  MAX_LINES,
  type RecordLines,
  recordLines,
  tooManyLines,
  type UnreadableLine,
} from "../lines.js";
import { AttendanceRecord, decodeAttendanceLine } from "../records/attendance.js";
import {
  type AttendanceDetails,
  decodeAttendanceDetails,
  type ExtendedDetails,
  encodeAttendanceDetails,
} from "../records/attendance-details.js";
import { isTable, type MessageOf, requestCodec, textBody } from "../request-codec.js";
import { stamp } from "../stamp.js";
import { isDeviceTime } from "../time.js";

/**
 * Upload of attendance records, plain (11.2) and of identity cards (11.7).
 *
 * Attendance PUSH 3.7, 11.2. The answer is `OK:n`; a terminal does not check n.
 *
 *     POST /iclock/cdata?SN=…&table=ATTLOG&Stamp=…
 *     one AttendanceRecord a line
 */
export const AttendanceUpload = /* @__PURE__ */ requestCodec({
  request: "ATTLOG",
  section: "11.2",
  schema: ["ATTLOG records"],
  method: "POST",
  path: "/iclock/cdata",
  fixed: [["table", "ATTLOG"]],
  query: { stamp: optional("Stamp", stamp, "AttLogStamp", "ATTLOGStamp") },
  body: textBody<RecordLines<AttendanceRecord>>({
    decode: decodeAttendanceLines,
    encode: (lines, context) =>
      encodeLines(lines, (record) => AttendanceRecord.encodeLine(record, context)),
  }),
  matches: (route) => route.post && isTable(route, "ATTLOG"),
});
export type AttendanceUpload = MessageOf<typeof AttendanceUpload>;

const TAB = 9;
const ZERO = 48;
const TIME_LENGTH = 19;
const DATE_LENGTH = 10;

/**
 * Reads a whole body. A line of the usual shape is cut by position, without a list of columns, and
 * its tail is looked at once as long as it stays the same; any other line goes the slow way.
 */
export function decodeAttendanceLines(body: Wire, context: Context): RecordLines<AttendanceRecord> {
  const records: AttendanceRecord[] = [];
  const unreadable: UnreadableLine[] = [];
  let line = 0;
  for (let start = 0; start < body.length; line++) {
    if (line === MAX_LINES) throw tooManyLines();
    const feed = body.indexOf("\n", start);
    const end = feed < 0 ? body.length : feed;
    const usual = readLine(body, start, end);
    if (usual !== undefined) records.push(usual);
    else {
      const odd = decodeLine(body.slice(start, end), line, context, decodeAttendanceLine);
      if (isUnreadable(odd)) unreadable.push(odd);
      else records.push(odd);
    }
    start = end + 1;
  }
  return recordLines(records, unreadable, body);
}

/**
 * A day that was checked against the calendar, as year, month and day in one number, and a reader
 * of tails: what one line taught is true for every other, so they outlive the body.
 */
let checkedDay = 0;
let tails: TailReader = () => undefined;

/** Reads a line of the usual shape and printable ASCII; `undefined`: take the slow way. */
const readLine = (body: Wire, start: number, end: number): AttendanceRecord | undefined => {
  const first = endOfWord(body, start);
  const time = first + 1;
  let at = time + TIME_LENGTH;
  if (first === start || body.charCodeAt(first) !== TAB || body.charCodeAt(at) !== TAB) {
    return undefined;
  }
  const day = dayNumber(body, time);
  if (day !== checkedDay) {
    if (!isDeviceTime(`${body.slice(time, time + DATE_LENGTH)} 00:00:00`)) return undefined;
    checkedDay = day;
  }
  if (!isTimeOfDay(body, time + DATE_LENGTH)) return undefined;
  const status = shortInteger(body, ++at);
  if (status < 0) return undefined;
  at += status < 10 ? 1 : status < 100 ? 2 : 3;
  const verify = shortInteger(body, ++at);
  if (verify < 0) return undefined;
  at += verify < 10 ? 1 : verify < 100 ? 2 : 3;
  const work = at + 1;
  const tail = endOfWord(body, work);
  if (tail >= end || body.charCodeAt(tail) !== TAB) return undefined;
  const details = tails(body, tail, end) ?? learnTail(body.slice(tail, end));
  if (details === undefined) return undefined;
  return {
    pin: body.slice(start, first),
    time: body.slice(time, time + TIME_LENGTH),
    status,
    verify,
    workCode: tail === work + 1 && body.charCodeAt(work) === ZERO ? "0" : body.slice(work, tail),
    details,
  };
};

/** `YYYY-MM-DD` at an offset as one number, -1 where it is none. */
const dayNumber = (text: Wire, at: number): number => {
  const century = pair(text, at);
  const year = pair(text, at + 2);
  const month = pair(text, at + 5);
  const day = pair(text, at + 8);
  const dashes = text.charCodeAt(at + 4) === 45 && text.charCodeAt(at + 7) === 45;
  const digits = century < 100 && year < 100 && month < 100 && day < 100;
  return dashes && digits ? ((century * 100 + year) * 100 + month) * 100 + day : -1;
};

/** Where a run of printable ASCII ends. */
const endOfWord = (text: Wire, at: number): number => {
  let end = at;
  for (let code = text.charCodeAt(end); code > 31 && code < 127; code = text.charCodeAt(++end));
  return end;
};

/** Reads the columns after the work code of lines like one that was seen; else `undefined`. */
type TailReader = (body: Wire, start: number, end: number) => AttendanceDetails | undefined;

/** Longest tail worth remembering. */
const LONGEST_EXAMPLE = 64;

/** The details of a tail, which the next lines are expected to have too. */
const learnTail = (tail: Wire): AttendanceDetails | undefined => {
  const details = /^[\t\x20-\x7e]+$/.test(tail) ? exactDetails(tail) : undefined;
  // The number of a citizen differs from line to line, and is nothing to keep.
  if (details === undefined || details.kind === "identityCard") return details;
  if (tail.length > LONGEST_EXAMPLE) return details;
  // Made anew: a slice would keep the whole body alive.
  const example = String.fromCharCode(...bytesOf(tail));
  tails =
    details.kind === "extended" && details.sequence !== undefined
      ? countingReader(details, example.slice(0, example.lastIndexOf("\t") + 1))
      : (body, start, end) =>
          end - start === example.length && matches(body, start, example) ? details : undefined;
  return details;
};

/** Reads tails that differ in the sequence alone. */
const countingReader = (example: ExtendedDetails, head: string): TailReader => {
  const { kind, reserved, maskFlag, temperature = "", convertedTemperature } = example;
  return (body, start, end) => {
    if (!matches(body, start, head)) return undefined;
    const sequence = count(body, start + head.length, end);
    if (sequence < 0) return undefined;
    return convertedTemperature === undefined
      ? { kind, reserved, maskFlag, temperature, sequence }
      : { kind, reserved, maskFlag, temperature, convertedTemperature, sequence };
  };
};

/** `startsWith` for a few characters, where the call would cost more than the look. */
const matches = (text: Wire, at: number, wanted: string): boolean => {
  for (let i = 0; i < wanted.length; i++) {
    if (text.charCodeAt(at + i) !== wanted.charCodeAt(i)) return false;
  }
  return true;
};

/** The details of a tail that is written as its values would be; else `undefined`. */
const exactDetails = (tail: Wire): AttendanceDetails | undefined => {
  let odd = false;
  const report = (): void => {
    odd = true;
  };
  const columns = tail.slice(1).split("\t");
  const details = decodeAttendanceDetails(columns, { charset: "utf-8", report });
  if (odd || encodeAttendanceDetails(details).join("\t") !== columns.join("\t")) return undefined;
  return details;
};

/** A whole number without leading zeros between two offsets; -1 for anything else. */
const count = (text: Wire, start: number, end: number): number => {
  let value = text.charCodeAt(start) - 48;
  if (start === end || end - start > 15 || !(value >= 1 && value <= 9)) return -1;
  for (let i = start + 1; i < end; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
};

/** ` hh:mm:ss` at an offset. */
const isTimeOfDay = (text: Wire, at: number): boolean =>
  text.charCodeAt(at) === 32 &&
  pair(text, at + 1) < 24 &&
  text.charCodeAt(at + 3) === 58 &&
  pair(text, at + 4) < 60 &&
  text.charCodeAt(at + 6) === 58 &&
  pair(text, at + 7) < 60;

/** Two digits as a number; 100 and more for anything else. */
const pair = (text: Wire, at: number): number => {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 100;
};

/** One to three digits before a TAB, without leading zeros; -1 for anything else. */
const shortInteger = (text: Wire, at: number): number => {
  let value = text.charCodeAt(at) - 48;
  if (!(value >= 0 && value <= 9)) return -1;
  for (let i = at + 1; i <= at + 3; i++) {
    const code = text.charCodeAt(i);
    if (code === TAB) return value;
    const digit = code - 48;
    if (!(digit >= 0 && digit <= 9) || value === 0 || i === at + 3) return -1;
    value = value * 10 + digit;
  }
  return -1;
};
