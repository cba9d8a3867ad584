import * as z from "zod/mini";
import { fields, text } from "../../json/schemas.js";

const value = () => z.exactOptional(text(64));

/**
 * What opens the chip: three fields of the machine readable zone, or the card access number. DocVal
 * WebSocket API v1, "Access Key".
 */
export const AccessKey = /* @__PURE__ */ fields(() => ({
  document_number: value(),
  /** yyMMdd. */
  date_of_birth: value(),
  /** yyMMdd. */
  date_of_expiry: value(),
  /** Card access number, six digits. */
  can: value(),
}));
export type AccessKey = z.output<typeof AccessKey>;

/** Without the empty texts that some clients write for what they have not. */
export const withoutEmpty = (key: AccessKey): AccessKey =>
  Object.fromEntries(Object.entries(key).filter(([, value]) => value !== ""));

/**
 * Whether the values are such as a document can have: six digits, or a number with two dates. One key is
 * enough, and a second one must be well formed too.
 */
export const isAccessKey = (key: AccessKey): boolean => {
  const { can, document_number, date_of_birth, date_of_expiry } = key;
  const zone = [document_number, date_of_birth, date_of_expiry];
  const hasZone = zone.some((field) => field !== undefined);
  if (can === undefined && !hasZone) return false;
  return (can === undefined || /^\d{6}$/.test(can)) && (!hasZone || isZone(key));
};

const isZone = ({ document_number, date_of_birth, date_of_expiry }: AccessKey): boolean =>
  /^[0-9A-Za-z][0-9A-Za-z<]{0,21}$/.test(document_number ?? "") &&
  isDate(date_of_birth, true) &&
  isDate(date_of_expiry, false);

/** Unknown parts of a date of birth are fillers (Doc 9303-3, 4.8). */
const isDate = (date: string | undefined, mayBeUnknown: boolean): boolean => {
  const [, month = "", day = ""] = /^[0-9<]{2}([0-9<]{2})([0-9<]{2})$/.exec(date ?? "") ?? [];
  if (!mayBeUnknown && date?.includes("<")) return false;
  const inRange = (part: string, most: number) =>
    part === "<<" ||
    (/^\d\d$/.test(part) && Number(part) >= (mayBeUnknown ? 0 : 1) && Number(part) <= most);
  return inRange(month, 12) && inRange(day, 31);
};
