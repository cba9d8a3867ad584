import { bytesOf, type Wire, wireOf } from "./bytes.js";
import type { Context } from "./context.js";
import {
  decodeLine,
  isUnreadable,
  MAX_LINES,
  type RecordLines,
  recordLines,
  tooManyLines,
  type UnreadableLine,
} from "./lines.js";
import { type AttendanceRecord, decodeAttendanceLine } from "./records/attendance.js";
import {
  type AttendanceDetails,
  decodeAttendanceDetails,
  type ExtendedDetails,
  encodeAttendanceDetails,
} from "./records/attendance-details.js";
import {
  IdentityCardAttendanceRecord,
  isIdentityCardRecord,
} from "./records/identity-card-attendance.js";
import { isDeviceTime } from "./time.js";
import { checkVersion } from "./version.js";

const TAB = 9;
const FEED = 10;
const SPACE = 32;
const ZERO = 48;
const NINE = 57;
const COLON = 58;
const DELETE = 127;
const TIME_LENGTH = 19;
const DATE_LENGTH = 10;

/**
 * Reads a whole body of attendance records. A line of the usual shape is checked byte by byte and
 * cut by position, and what it has in common with the lines before is looked at once; any other line
 * goes the slow way. Bytes and characters of a wire string have the same places.
 */
export const decodeAttendanceLines = (
  bytes: Uint8Array,
  context: Context,
): RecordLines<AttendanceRecord> => {
  const body = wireOf(bytes);
  const records: AttendanceRecord[] = [];
  const unreadable: UnreadableLine[] = [];
  let line = 0;
  for (let start = 0; start < bytes.length; line++) {
    if (line === MAX_LINES) throw tooManyLines();
    const usualEnd = readUsualLine(bytes, body, start, records);
    if (usualEnd >= 0) {
      start = usualEnd + 1;
      continue;
    }
    const feed = body.indexOf("\n", start);
    const end = feed < 0 ? body.length : feed;
    const odd = decodeLine(body.slice(start, end), line, context, decodeAttendanceLine);
    if (isUnreadable(odd)) unreadable.push(odd);
    else records.push(odd);
    start = end + 1;
  }
  if (context.version !== undefined && records.some(isIdentityCardRecord)) {
    checkVersion(context, IdentityCardAttendanceRecord);
  }
  return recordLines(records, unreadable, body);
};

/** The day that was checked against the calendar last: most lines are of the same. */
const checkedDay = bytesOf("2000-01-01");

/** Whether that day stands here. The last digits differ first. */
const isCheckedDay = (bytes: Uint8Array, at: number): boolean => {
  for (let i = DATE_LENGTH - 1; i >= 0; i--) if (bytes[at + i] !== checkedDay[i]) return false;
  return true;
};

/** Adds the record of a usual line, and says where the line ends; -1: take the slow way. */
const readUsualLine = (
  bytes: Uint8Array,
  body: Wire,
  start: number,
  records: AttendanceRecord[],
): number => {
  const first = endOfWord(bytes, start);
  const time = first + 1;
  let at = time + TIME_LENGTH;
  if (first === start || bytes[first] !== TAB || bytes[at] !== TAB) return -1;
  if (!isCheckedDay(bytes, time)) {
    if (!isDeviceTime(`${body.slice(time, time + DATE_LENGTH)} 00:00:00`)) return -1;
    checkedDay.set(bytes.subarray(time, time + DATE_LENGTH));
  }
  if (!isTimeOfDay(bytes, time + DATE_LENGTH)) return -1;
  const status = shortInteger(bytes, ++at);
  at += status < 10 ? 1 : status < 100 ? 2 : 3;
  if (status < 0 || bytes[at] !== TAB) return -1;
  const verify = shortInteger(bytes, ++at);
  at += verify < 10 ? 1 : verify < 100 ? 2 : 3;
  if (verify < 0 || bytes[at] !== TAB) return -1;
  const work = at + 1;
  const isZero = bytes[work] === ZERO && bytes[work + 1] === TAB;
  const tail = isZero ? work + 1 : endOfWord(bytes, work);
  if (bytes[tail] !== TAB) return -1;
  let end = knownTail === undefined ? -1 : endOfTail(bytes, tail, knownTail);
  let details = tailDetails;
  if (end < 0) {
    const feed = body.indexOf("\n", tail);
    end = feed < 0 ? body.length : feed;
    details = learnTail(body.slice(tail, end));
  }
  if (details === undefined) return -1;
  records.push({
    pin: body.slice(start, first),
    time: body.slice(time, time + TIME_LENGTH),
    status,
    verify,
    workCode: isZero ? "0" : body.slice(work, tail),
    details,
  });
  return end;
};

/** Where a run of printable ASCII ends. */
const endOfWord = (bytes: Uint8Array, at: number): number => {
  let end = at;
  for (let byte = bytes[end]; byte !== undefined && byte >= SPACE && byte < DELETE; ) {
    byte = bytes[++end];
  }
  return end;
};

/** ` hh:mm:ss`. */
const isTimeOfDay = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === SPACE &&
  bytes[at + 3] === COLON &&
  bytes[at + 6] === COLON &&
  isBelow(24, bytes[at + 1]!, bytes[at + 2]!) &&
  isBelow(60, bytes[at + 4]!, bytes[at + 5]!) &&
  isBelow(60, bytes[at + 7]!, bytes[at + 8]!);

/** Whether two digits make a number below a limit. */
const isBelow = (limit: number, tens: number, ones: number): boolean =>
  tens >= ZERO && ones >= ZERO && ones <= NINE && (tens - ZERO) * 10 + ones - ZERO < limit;

/** One to three digits without leading zeros; -1 where there are none. */
const shortInteger = (bytes: Uint8Array, at: number): number => {
  const first = bytes[at]! - ZERO;
  if (!(first >= 0 && first <= 9)) return -1;
  const second = bytes[at + 1]! - ZERO;
  if (first === 0 || !(second >= 0 && second <= 9)) return first;
  const third = bytes[at + 2]! - ZERO;
  return third >= 0 && third <= 9 ? first * 100 + second * 10 + third : first * 10 + second;
};

/** The columns after the work code of a line, which the next lines are expected to have too. */
interface KnownTail {
  /** All of them, or those before a record number. */
  readonly head: Uint8Array;
  /** Makes the details for a record number; absent where the tail never differs. */
  readonly numbered?: (sequence: number) => AttendanceDetails;
}

/** What one line taught is true for every other, so it outlives the body. */
let knownTail: KnownTail | undefined;
/** Details of the tail that was looked at last. */
let tailDetails: AttendanceDetails | undefined;

/** Where a tail like the known one ends, and its details; -1 for another one. */
const endOfTail = (bytes: Uint8Array, start: number, { head, numbered }: KnownTail): number => {
  let at = start;
  for (let i = 0; i < head.length; i++, at++) if (bytes[at] !== head[i]) return -1;
  if (numbered !== undefined) {
    let sequence = 0;
    const digits = at;
    for (let digit = bytes[at]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO) {
      sequence = sequence * 10 + digit;
    }
    if (at === digits || at - digits > 15 || bytes[digits] === ZERO) return -1;
    tailDetails = numbered(sequence);
  }
  return at === bytes.length || bytes[at] === FEED ? at : -1;
};

/** Longest tail worth remembering. */
const LONGEST_EXAMPLE = 64;

const learnTail = (tail: Wire): AttendanceDetails | undefined => {
  const details = /^[\t\x20-\x7e]+$/.test(tail) ? exactDetails(tail) : undefined;
  // The number of a citizen differs from line to line, and is nothing to keep.
  if (details === undefined || details.kind === "identityCard") return details;
  if (tail.length > LONGEST_EXAMPLE) return details;
  tailDetails = details;
  if (details.kind === "plain" || details.sequence === undefined) {
    knownTail = { head: bytesOf(tail) };
    return details;
  }
  const { sequence: _sequence, ...measured } = details;
  knownTail = {
    head: bytesOf(tail.slice(0, tail.lastIndexOf("\t") + 1)),
    numbered: numbering(measured),
  };
  return details;
};

/** Written out by shape: copying an object with its keys takes much longer. */
const numbering = (
  measured: Omit<ExtendedDetails, "sequence">,
): ((sequence: number) => ExtendedDetails) => {
  const { kind, reserved, maskFlag, temperature, convertedTemperature } = measured;
  if (temperature === undefined) return (sequence) => ({ kind, reserved, maskFlag, sequence });
  return convertedTemperature === undefined
    ? (sequence) => ({ kind, reserved, maskFlag, temperature, sequence })
    : (sequence) => ({ kind, reserved, maskFlag, temperature, convertedTemperature, sequence });
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
