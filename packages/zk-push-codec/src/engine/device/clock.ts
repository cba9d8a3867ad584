import { headerOf, type PushResponse } from "../../http.js";
import { deviceTimeOf } from "../../time.js";

/** A terminal's clock: real time, and how far the clock is from it. */
export interface DeviceClock {
  /** Milliseconds that the clock shows beyond the real time in UTC: zone, and error. */
  offset: number;
  /** Minutes east of UTC that the server gave. */
  zone: number;
}

/** A clock that is off by less is left alone. */
const TOLERANCE_MS = 10_000;
const HOUR = 3_600_000;

/** What the clock shows. */
export const shown = (clock: DeviceClock, now: number): string => deviceTimeOf(now + clock.offset);

/**
 * Sets the clock by a server's answer: only when it has a `Date` and its type is `text/plain`, and
 * only when the clock is off by more than ten seconds.
 */
export const setClock = (
  clock: DeviceClock,
  response: PushResponse,
  now: number,
  daylightSaving: boolean,
): boolean => {
  const date = headerOf(response, "date");
  const type = headerOf(response, "content-type") ?? "";
  if (date === undefined || !type.includes("text/plain")) return false;
  const server = Date.parse(date);
  if (Number.isNaN(server)) return false;
  const offset = server - now + clock.zone * 60_000 + (daylightSaving ? HOUR : 0);
  if (Math.abs(offset - clock.offset) <= TOLERANCE_MS) return false;
  clock.offset = offset;
  return true;
};
