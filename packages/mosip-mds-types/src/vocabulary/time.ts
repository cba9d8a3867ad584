import { MdsError } from "../errors.js";

/** ISO 8601 with a zone and perhaps a fraction: 0.8.4 and 0.9.2 ("2019-02-15T10:01:57.086+05:30"). */
export const ZONED_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** `yyyy-mm-ddTHH:MM:ssZ`, UTC, whole seconds: 0.9.5 since April 2021, and later. */
export const UTC_SECONDS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:?\d{2})$/i;

/**
 * The instant of an ISO 8601 text with a zone.
 *
 * @throws MdsError `TIME_MALFORMED` when there is no zone, or a field is out of range.
 */
export const parseTime = (text: string): Date => {
  const match = ISO.exec(text);
  if (match === null) {
    throw malformed("an ISO 8601 time with a zone, found another form");
  }
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const milliseconds = Number((match[7] ?? "").slice(0, 3).padEnd(3, "0"));
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, milliseconds);
  if (
    date.getUTCMonth() !== month - 1 ||
    date.getUTCDate() !== day ||
    date.getUTCHours() !== hour ||
    date.getUTCMinutes() !== minute ||
    date.getUTCSeconds() !== second
  ) {
    throw malformed("fields within their range, found one beyond it");
  }
  const offset = offsetMinutes(match[8]!);
  return new Date(date.getTime() - offset * 60_000);
};

/** The instant, or `undefined` when the text has none. */
export const tryParseTime = (text: string): Date | undefined => {
  try {
    return parseTime(text);
  } catch {
    return undefined;
  }
};

const offsetMinutes = (zone: string): number => {
  if (zone === "Z" || zone === "z") {
    return 0;
  }
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 23 || minutes > 59) {
    throw malformed("a zone within 24 hours, found one beyond it");
  }
  return (zone[0] === "-" ? -1 : 1) * (60 * hours + minutes);
};

/** `yyyy-mm-ddTHH:MM:ssZ`. The milliseconds are cut off. */
export const formatSeconds = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;

/** ISO 8601 with milliseconds, in UTC. */
export const formatMilliseconds = (time: Date): string => time.toISOString();

const malformed = (expected: string): MdsError =>
  new MdsError("TIME_MALFORMED", `expected ${expected}`);
