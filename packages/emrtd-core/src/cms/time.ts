import { TAG } from "../der.js";
import { EmrtdError } from "../errors.js";
import { encodeTlv, type Tlv } from "../tlv.js";

const UTC_TIME = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{4})$/;
const GENERALIZED_TIME =
  /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:[.,]\d{1,9})?(Z|[+-]\d{4})$/;

/**
 * UTCTime or GeneralizedTime (X.680, 46 and 47) as a point in time. Doc 9303-12, 7.1.1 wants seconds and
 * `Z`; certificates of older profiles leave out the seconds, give an offset or a fraction, and are read
 * all the same. Two-digit years are 1950 to 2049 (RFC 5280, 4.1.2.5.1).
 *
 * @throws EmrtdError `DER_INVALID` where it is no date of the calendar.
 */
export const readTime = (element: Tlv, path: string): Date => {
  const form = element.tag === TAG.generalizedTime ? GENERALIZED_TIME : UTC_TIME;
  if (form === UTC_TIME) element.expect(TAG.utcTime, path);
  return parseTime(element.value, form, element.start, path);
};

/** GeneralizedTime content without its own tag, as in PrivateKeyUsagePeriod (RFC 3280, 4.2.1.4). */
export const readImplicitGeneralizedTime = (element: Tlv, path: string): Date =>
  parseTime(element.value, GENERALIZED_TIME, element.start, path);

const parseTime = (content: Uint8Array, form: RegExp, offset: number, path: string): Date => {
  const match = content.length <= 32 ? form.exec(String.fromCharCode(...content)) : null;
  const time = match === null ? undefined : toTime(match);
  if (time === undefined) {
    throw new EmrtdError(
      "DER_INVALID",
      `expected ${form === UTC_TIME ? "a UTCTime" : "a GeneralizedTime"} for ${path} at offset ${offset}`,
      { offset, path },
    );
  }
  return new Date(time);
};

const toTime = (match: RegExpExecArray): number | undefined => {
  const [, yearText = "", ...fields] = match;
  const zone = fields.pop() ?? "Z";
  const [month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = fields.map((f) =>
    Number(f ?? 0),
  );
  const twoDigits = Number(yearText);
  const year = yearText.length === 4 ? twoDigits : twoDigits + (twoDigits < 50 ? 2000 : 1900);
  if (hours > 23 || minutes > 59 || seconds > 59 || year < 1) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const sign = zone.startsWith("-") ? -1 : 1;
  const away = zone === "Z" ? 0 : sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3)));
  return date.getTime() + ((hours * 60 + minutes - away) * 60 + seconds) * 1000;
};

const generalized = (time: Date): string => time.toISOString().replace(/\.\d+Z$|[-:T]/g, "");

/** Time as certificates have it: UTCTime through 2049, GeneralizedTime after (RFC 5280, 4.1.2.5). */
export const derTime = (time: Date): Uint8Array<ArrayBuffer> => {
  const digits = generalized(time);
  const year = time.getUTCFullYear();
  return year >= 1950 && year < 2050
    ? encodeTlv(TAG.utcTime, ascii(`${digits.slice(2)}Z`))
    : encodeTlv(TAG.generalizedTime, ascii(`${digits}Z`));
};

/** GeneralizedTime content, for a context tag of the caller's. */
export const generalizedTimeContent = (time: Date): Uint8Array<ArrayBuffer> =>
  ascii(`${generalized(time)}Z`);

const ascii = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
