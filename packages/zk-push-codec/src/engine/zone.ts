import { ZkPushError } from "../errors.js";
import { deviceTimeToEpoch } from "../time.js";

/** A time by a terminal's clock as an instant. */
export interface ZonedInstant {
  /** Milliseconds since 1970. */
  readonly utc: number;
  /** `gap`: the clock skips this time; `overlap`: it shows it twice, and the first is taken. */
  readonly note: "" | "gap" | "overlap";
}

const OFFSET = /^([+-])(\d{2}):(\d{2})$/;
const MINUTE = 60_000;

const formats = /* @__PURE__ */ new Map<string, Intl.DateTimeFormat>();

/**
 * Checks the name of a zone: IANA, or an offset as `+05:30`.
 *
 * @throws ZkPushError `FIELD_INVALID` for anything else.
 */
export const checkZone = (zone: string): string => {
  offsetMinutes(zone, 0);
  return zone;
};

/** Minutes east of UTC in a zone at an instant. */
export const offsetMinutes = (zone: string, utc: number): number => {
  const fixed = OFFSET.exec(zone);
  if (fixed !== null) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3]);
    return fixed[1] === "-" ? -minutes : minutes;
  }
  let format = formats.get(zone);
  if (format === undefined) {
    format = formatOf(zone);
    formats.set(zone, format);
  }
  const parts = new Map(format.formatToParts(utc).map(({ type, value }) => [type, Number(value)]));
  const part = (type: string): number => parts.get(type as Intl.DateTimeFormatPartTypes) ?? 0;
  const shown = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return Math.round((shown - Math.floor(utc / 1000) * 1000) / MINUTE);
};

const formatOf = (zone: string): Intl.DateTimeFormat => {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch (cause) {
    throw new ZkPushError("FIELD_INVALID", "expected an IANA time zone or an offset as +05:30", {
      cause,
    });
  }
};

/** A time by the clock of a terminal in a zone; `undefined` where the text is no time. */
export const instantOf = (time: string, zone: string): ZonedInstant | undefined => {
  const shown = deviceTimeToEpoch(time);
  if (shown === undefined) return undefined;
  if (OFFSET.test(zone)) return { utc: shown - offsetMinutes(zone, 0) * MINUTE, note: "" };
  // The offsets a day before and after are all that can apply.
  const before = offsetMinutes(zone, shown - 86_400_000);
  const after = offsetMinutes(zone, shown + 86_400_000);
  const meant = [before, after].filter(
    (minutes) => offsetMinutes(zone, shown - minutes * MINUTE) === minutes,
  );
  const [first, second] = meant;
  if (first === undefined) return { utc: shown - before * MINUTE, note: "gap" };
  return {
    utc: shown - first * MINUTE,
    note: second !== undefined && second !== first ? "overlap" : "",
  };
};
