import type { Wire } from "./bytes.js";
import { atLine, type Context } from "./context.js";
import { ZkPushError, type ZkPushErrorCode } from "./errors.js";

/** A line of a body that is no record, kept as it came. */
export interface UnreadableLine {
  /** Its place among all lines, from 0. */
  readonly line: number;
  readonly wire: Wire;
  readonly reason: ZkPushErrorCode | "BLANK";
}

/** The lines of a body. */
export interface RecordLines<T> {
  readonly records: readonly T[];
  readonly unreadable?: readonly UnreadableLine[];
  /** The last line has no line feed. */
  readonly unterminated?: true;
}

/** How many lines a body may have: a terminal sends up to 150 at a time and stores 200,000. */
export const MAX_LINES = 250_000;

export const tooManyLines = (): ZkPushError =>
  new ZkPushError("LIMIT_EXCEEDED", `expected at most ${MAX_LINES} lines in a body`);

/** Reads a body line by line; what is no record is kept apart and reported. */
export const decodeLines = <T>(
  body: Wire,
  context: Context,
  decode: (line: Wire, context: Context) => T,
): RecordLines<T> => {
  const records: T[] = [];
  const unreadable: UnreadableLine[] = [];
  let line = 0;
  for (let start = 0; start < body.length; line++) {
    if (line === MAX_LINES) throw tooManyLines();
    const feed = body.indexOf("\n", start);
    const end = feed < 0 ? body.length : feed;
    const wire = body.slice(start, end);
    start = end + 1;
    const record = decodeLine(wire, line, context, decode);
    if (isUnreadable(record)) unreadable.push(record);
    else records.push(record);
  }
  return recordLines(records, unreadable, body);
};

/** One record, or the line kept apart. */
export const decodeLine = <T>(
  wire: Wire,
  line: number,
  context: Context,
  decode: (line: Wire, context: Context) => T,
): T | UnreadableLine => {
  if (wire.trim() === "") {
    context.report({ code: "LINE_BLANK", line });
    return { line, wire, reason: "BLANK" };
  }
  try {
    return decode(wire, atLine(context, line));
  } catch (error) {
    if (!(error instanceof ZkPushError)) throw error;
    context.report({ code: "LINE_UNREADABLE", line });
    return { line, wire, reason: error.code };
  }
};

/** No record has a property `reason`. */
export const isUnreadable = <T>(record: T | UnreadableLine): record is UnreadableLine =>
  typeof record === "object" && record !== null && "reason" in record;

export const recordLines = <T>(
  records: readonly T[],
  unreadable: readonly UnreadableLine[],
  body: Wire,
): RecordLines<T> => {
  const terminated = body === "" || body.endsWith("\n");
  if (terminated && unreadable.length === 0) return { records };
  return {
    records,
    ...(unreadable.length > 0 ? { unreadable } : {}),
    ...(terminated ? {} : { unterminated: true }),
  };
};

/**
 * Refuses unreadable lines that are more than one: a server must not send what nobody read.
 *
 * @throws ZkPushError `FIELD_FORBIDDEN`.
 */
export const checkUnreadable = (lines: RecordLines<unknown>): void => {
  if (lines.unreadable?.some(({ wire }) => wire.includes("\n"))) {
    throw new ZkPushError("FIELD_FORBIDDEN", "expected no LF inside an unreadable line");
  }
};

/** Writes records, and unreadable lines back to their places. */
export const encodeLines = <T>(lines: RecordLines<T>, encode: (record: T) => Wire): Wire => {
  const written = lines.records.map(encode);
  for (const { line, wire } of lines.unreadable ?? []) written.splice(line, 0, wire);
  if (written.length === 0) return "";
  return written.join("\n") + (lines.unterminated === true ? "" : "\n");
};
