import { invalidCvc, unwritable } from "./refuse.js";

/** A day of this century in Greenwich, `YYYY-MM-DD`: later days are greater as text, too. */
export type CvDate = string;

/** The day on which a moment falls. */
export const cvDateOf = (moment: Date): CvDate => moment.toISOString().slice(0, 10);

/**
 * Reads YYMMDD, a digit a byte (Doc 9303-12, 7.2.3.1.3).
 *
 * @throws EmrtdError `CVC_INVALID` for anything but a day of the calendar.
 */
export const decodeCvDate = (bytes: Uint8Array, path: string): CvDate => {
  if (bytes.length !== 6 || bytes.some((digit) => digit > 9)) {
    throw invalidCvc("six digits", path);
  }
  const [y1, y2, m1, m2, d1, d2] = bytes;
  const date = `20${y1}${y2}-${m1}${m2}-${d1}${d2}`;
  if (!isDay(date)) throw invalidCvc("a day of the calendar", path);
  return date;
};

/** @throws EmrtdError `CVC_VALUE` for anything but a day from 2000 to 2099. */
export const encodeCvDate = (date: CvDate, path: string): Uint8Array<ArrayBuffer> => {
  if (!/^20\d\d-\d\d-\d\d$/.test(date) || !isDay(date)) {
    throw unwritable("a day from 2000 to 2099 as YYYY-MM-DD", path);
  }
  return Uint8Array.from(date.replaceAll("-", "").slice(2), Number);
};

const isDay = (date: CvDate): boolean => {
  const moment = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && cvDateOf(moment) === date;
};
