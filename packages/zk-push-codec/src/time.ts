/**
 * Times by the clock of a terminal: `YYYY-MM-DD hh:mm:ss`, no zone. The text is the value; these
 * functions read it.
 */
const SHAPE = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

/** Days before which no terminal of this protocol existed: its clock was not set yet. */
const FIRST_YEAR = 2000;

/** Whether a text is a time of a real day, by form and calendar. */
export const isDeviceTime = (text: string): boolean => deviceTimeToEpoch(text) !== undefined;

/** Whether the clock had not been set when a time was taken: 1970 and the like. */
export const isClockUnset = (text: string): boolean => Number(text.slice(0, 4)) < FIRST_YEAR;

/**
 * Milliseconds since 1970 as if the clock showed UTC; subtract the offset of the zone for the real
 * instant. `undefined` where the text is no time, as `1971--10--29 -23:-27:-54`.
 */
export const deviceTimeToEpoch = (text: string): number | undefined => {
  if (!SHAPE.test(text)) return undefined;
  const year = pair(text, 0) * 100 + pair(text, 2);
  const [month, day] = [pair(text, 5), pair(text, 8)];
  const [hour, minute, second] = [pair(text, 11), pair(text, 14), pair(text, 17)];
  if (month < 1 || hour > 23 || minute > 59 || second > 59) return undefined;
  const epoch = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(epoch);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? epoch : undefined;
};

/** Two digits, at a place where there are some. */
const pair = (text: string, at: number): number =>
  (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;

const ZERO = 48;

/** The text of an instant given as milliseconds since 1970 plus the offset of the zone. */
export const deviceTimeOf = (epoch: number): string =>
  new Date(epoch).toISOString().slice(0, 19).replace("T", " ");

/**
 * Value of the option DateTime: seconds in a calendar of 31-day months from 2000. Terminals read it
 * with SET OPTION; the document does not have it.
 */
export const encodeDateTimeOption = (epoch: number): number => {
  const date = new Date(epoch);
  const days =
    (date.getUTCFullYear() - 2000) * 12 * 31 + date.getUTCMonth() * 31 + date.getUTCDate() - 1;
  return (
    days * 86_400 + date.getUTCHours() * 3_600 + date.getUTCMinutes() * 60 + date.getUTCSeconds()
  );
};

/** The other direction of {@link encodeDateTimeOption}: milliseconds as if the clock showed UTC. */
export const decodeDateTimeOption = (value: number): number => {
  const days = Math.floor(value / 86_400);
  const seconds = value % 86_400;
  return (
    Date.UTC(2000 + Math.floor(days / (12 * 31)), Math.floor(days / 31) % 12, (days % 31) + 1) +
    seconds * 1_000
  );
};
