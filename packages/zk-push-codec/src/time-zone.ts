import { ZkPushError } from "./errors.js";
import type { Kind } from "./kind.js";

/**
 * TimeZone of the handshake: an integer, hours when small and minutes when large (chapter 5). The
 * document leaves 12 to 60 open; terminals take anything below 25 for hours.
 */
const HOURS_BELOW = 25;
const MINUTES_PER_HOUR = 60;
/** Whole hours are written as hours where the document says so: within 12. */
const HOURS_WITHIN = 12;
/** UTC-12 to UTC+14, with room for a zone that may come. */
const FURTHEST = 15 * MINUTES_PER_HOUR;

/** Offset from UTC in minutes, east positive. */
export const timeZone: Kind<number> = {
  name: "timeZone",
  decode(raw, context, key) {
    const match = /^\s*([+-]?\d{1,6})(.*)$/.exec(raw);
    if (match === null || match[2]!.trim() !== "") {
      context.report({ code: "TIME_ZONE_UNREADABLE", field: key });
    }
    if (match === null) return undefined;
    const value = Number(match[1]);
    return (Math.abs(value) < HOURS_BELOW ? value * MINUTES_PER_HOUR : value) || 0;
  },
  encode: (minutes) => encodeTimeZone(minutes).toString(),
};

/**
 * The value of TimeZone for an offset: hours for whole hours within 12, minutes for all else. Half
 * and quarter hours, UTC+14 and UTC-12 come out right on terminals.
 *
 * @throws ZkPushError `TIME_ZONE_NOT_REPRESENTABLE` for a part of an hour near UTC, which would be
 * read as hours, and beyond 15 hours.
 */
export const encodeTimeZone = (minutes: number): number => {
  const hours = minutes / MINUTES_PER_HOUR;
  if (Number.isInteger(hours) && Math.abs(hours) < HOURS_WITHIN) return hours || 0;
  const representable = Number.isInteger(minutes) && Math.abs(minutes) > MINUTES_PER_HOUR;
  if (!representable || Math.abs(minutes) > FURTHEST) {
    throw new ZkPushError(
      "TIME_ZONE_NOT_REPRESENTABLE",
      `expected whole hours or more than 60 minutes within 15 hours of UTC, found ${minutes} minutes`,
    );
  }
  return minutes;
};
