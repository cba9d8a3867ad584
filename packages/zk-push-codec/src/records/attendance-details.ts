import type { Context } from "../context.js";

/**
 * The columns after the work code: the document has two reserved ones (11.2) and, for identity
 * cards, two more (11.7); firmware adds its own.
 */
export type AttendanceDetails = PlainDetails | IdentityCardDetails | ExtendedDetails;

export interface PlainDetails {
  readonly kind: "plain";
  /** `["0", "0"]` as a rule; fewer on old terminals, more where nobody knows what they are. */
  readonly reserved: readonly string[];
}

/** Columns 8 and 9 of 11.7. */
export interface IdentityCardDetails {
  readonly kind: "identityCard";
  readonly reserved: readonly [string, string];
  /** Number of the citizen: part of what makes a record this one, since the PIN may be 0. */
  readonly idNumber: string;
  /** See `ATTENDANCE_TYPES`: 1 is a verification, not a punch. */
  readonly type: number;
}

/**
 * Columns 8 to 12 of visible-light terminals and later firmware; the document has none of them. A
 * record number may follow the mask, the temperature, or both temperatures.
 */
export interface ExtendedDetails {
  readonly kind: "extended";
  readonly reserved: readonly [string, string];
  /** Column 8: mask worn 1, not worn 0, not looked for 255. */
  readonly maskFlag: string;
  /** Column 9, with a decimal point. */
  readonly temperature?: string;
  /** Column 10, the temperature in the other unit. */
  readonly convertedTemperature?: string;
  /** Last column: counts up, and starts again when the log is cleared. Never an identity. */
  readonly sequence?: number;
  /** Column 11 of the twelve-column form: seconds east of UTC. */
  readonly timeOffset?: string;
  /** Column 12 of the same: JSON, base64. */
  readonly extendData?: string;
}

const FLAG = /^\d{0,3}$/;
const COUNT = /^[1-9]\d{0,14}$/;

/** Reads the columns from the sixth on. */
export const decodeAttendanceDetails = (
  columns: readonly string[],
  context: Context,
): AttendanceDetails => {
  const [first = "", second = "", third = "", fourth, fifth, sixth, seventh] = columns;
  const reserved = [first, second] as const;
  if (columns.length === 4 && !FLAG.test(third) && (fourth === "0" || fourth === "1")) {
    return { kind: "identityCard", reserved, idNumber: third, type: Number(fourth) };
  }
  // A tab at the end of the usual line makes an empty column.
  const tabAtEnd = columns.length === 3 && third === "";
  if (columns.length <= 2 || columns.length > 7 || tabAtEnd || !FLAG.test(third)) {
    if (columns.length > 2 && !tabAtEnd) context.report({ code: "COLUMNS_UNEXPECTED" });
    return { kind: "plain", reserved: columns };
  }
  const base = { kind: "extended", reserved, maskFlag: third } as const;
  if (fourth === undefined) return base;
  if (columns.length === 4 && COUNT.test(fourth)) return { ...base, sequence: Number(fourth) };
  const measured = { ...base, temperature: fourth };
  if (fifth === undefined) return measured;
  if (columns.length === 5 && COUNT.test(fifth)) return { ...measured, sequence: Number(fifth) };
  const converted = { ...measured, convertedTemperature: fifth };
  if (columns.length === 7 && seventh !== "") {
    return { ...converted, timeOffset: sixth!, extendData: seventh! };
  }
  if (sixth === undefined || sixth === "") return converted;
  if (COUNT.test(sixth)) return { ...converted, sequence: Number(sixth) };
  context.report({ code: "COLUMNS_UNEXPECTED" });
  return { kind: "plain", reserved: columns };
};

/** The columns from the sixth on. */
export const encodeAttendanceDetails = (details: AttendanceDetails): readonly string[] => {
  switch (details.kind) {
    case "plain":
      return details.reserved;
    case "identityCard":
      return [...details.reserved, details.idNumber, details.type.toString()];
    case "extended":
      return [...details.reserved, details.maskFlag, ...measures(details)];
  }
};

const measures = (details: ExtendedDetails): readonly string[] => {
  const { temperature, convertedTemperature, sequence, timeOffset, extendData } = details;
  if (timeOffset !== undefined || extendData !== undefined) {
    return [temperature ?? "", convertedTemperature ?? "", timeOffset ?? "", extendData ?? ""];
  }
  const known = convertedTemperature !== undefined || temperature !== undefined;
  const measured = known ? [temperature ?? ""] : [];
  if (convertedTemperature !== undefined) measured.push(convertedTemperature);
  return sequence === undefined ? measured : [...measured, sequence.toString()];
};
