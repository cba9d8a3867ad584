import {
  COMPARED_FIELDS,
  type ComparedField,
  type Comparison,
  type ComparisonRow,
  type Fields,
} from "./visitor.js";

/**
 * Puts what is printed, what the zone says and what the chip signed side by side. A field that one of them
 * has not is no disagreement; the chip counts only where it was proved, which is not asked here.
 *
 * @param today YYMMDD, of this century.
 */
export const compareFields = (
  { printed, zone, chip }: { printed: Fields; zone: Fields; chip: Fields },
  today: string,
): Comparison => {
  const rows = COMPARED_FIELDS.map((field): ComparisonRow => {
    const values = [printed[field], zone[field], chip[field]];
    const known = values.filter((value) => value !== undefined);
    return {
      field,
      ...(values[0] === undefined ? {} : { printed: values[0] }),
      ...(values[1] === undefined ? {} : { zone: values[1] }),
      ...(values[2] === undefined ? {} : { chip: values[2] }),
      agree: known.length < 2 ? null : known.every((value) => agrees(field, known[0]!, value)),
    };
  }).filter(
    ({ printed: p, zone: z, chip: c }) => p !== undefined || z !== undefined || c !== undefined,
  );
  const expiry = chip.dateOfExpiry ?? zone.dateOfExpiry;
  return { rows, expired: expiry !== undefined && isPast(expiry, today) };
};

/** A name in a zone may be cut off: the longer form agrees if it begins with the shorter. */
const agrees = (field: ComparedField, a: string, b: string): boolean => {
  const [left, right] = [comparable(field, a), comparable(field, b)];
  if (field !== "givenNames") return left === right;
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  return short === long || (short !== "" && long.startsWith(short));
};

/** In the form of the zone: letters without marks, dates as YYMMDD. */
const comparable = (field: ComparedField, value: string): string => {
  const text = value
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "")
    .toUpperCase();
  if (field === "dateOfBirth" || field === "dateOfExpiry") {
    const date = /^(?:\d{2})?(\d{2})\D?(\d{2})\D?(\d{2})$/.exec(text.trim());
    return date ? date.slice(1).join("") : text.trim();
  }
  if (field === "sex") return /^F/.test(text) ? "F" : /^M/.test(text) ? "M" : "X";
  return text.replace(/[^A-Z0-9]/g, "");
};

/** Documents are valid for ten years at most, so their two digits are of this century. */
const isPast = (expiry: string, today: string): boolean =>
  /^\d{6}$/.test(expiry) && /^\d{6}$/.test(today) && expiry < today;
