import type { DocumentField } from "./aliases.js";

/**
 * What is needed of a machine readable zone that was parsed. The parser of `@org/emrtd-core` gives it;
 * any other will do.
 */
export interface ParsedMrz {
  readonly documentCode: string;
  readonly issuer: string;
  readonly surname: string;
  readonly givenNames: string;
  readonly documentNumber: string;
  readonly nationality: string;
  /** YYMMDD */
  readonly dateOfBirth: string;
  readonly sex: string;
  /** YYMMDD */
  readonly dateOfExpiry: string;
  readonly checkDigits: readonly { readonly of: string; readonly correct: boolean }[];
}

/** Lines apart by line feeds in, fields and check digits out; throws where the text is no such zone. */
export type ParseMrz = (text: string) => ParsedMrz;

/** Fields that both the zone and the page have. */
export const MRZ_FIELDS = [
  "documentCode",
  "documentNumber",
  "surname",
  "givenNames",
  "sex",
  "dateOfBirth",
  "dateOfExpiry",
  "issuer",
  "nationality",
] as const satisfies readonly (DocumentField & keyof ParsedMrz)[];
export type MrzFieldName = (typeof MRZ_FIELDS)[number];

/** A value in the form in which the zone has it, so that two spellings of the same compare equal. */
export const comparable = (field: MrzFieldName, value: string): string => {
  switch (field) {
    case "dateOfBirth":
    case "dateOfExpiry":
      return comparableDate(value);
    case "sex":
      return SEXES.get(value.trim().toLowerCase()) ?? value.trim().toUpperCase();
    case "surname":
    case "givenNames":
      return letters(value).replace(/[^A-Z]/g, "");
    case "documentCode":
    case "issuer":
    case "nationality":
      // Readers leave fillers and stray characters behind a code.
      return letters(value).match(/^[A-Z]{1,3}/)?.[0] ?? "";
    case "documentNumber":
      return letters(value).replace(/[^A-Z0-9]/g, "");
  }
};

const letters = (value: string): string =>
  value
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "")
    .trim()
    .toUpperCase();

const SEXES: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ["m", "M"],
  ["male", "M"],
  ["男", "M"],
  ["f", "F"],
  ["female", "F"],
  ["女", "F"],
  ["x", "X"],
  ["<", "X"],
  ["unspecified", "X"],
  ["", "X"],
]);

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/**
 * Year, month and day in this order, or day, month by name (in two languages perhaps: `08 FEB/FEV 79`) and
 * year: as YYMMDD, else as it is.
 */
const comparableDate = (value: string): string => {
  const named = /^(\d{1,2})[\s./-]*([A-Za-z]{3})\D*(\d{2,4})$/.exec(value.trim());
  const month = named ? MONTHS.indexOf(named[2]!.toUpperCase()) + 1 : 0;
  if (named && month > 0) {
    return named[3]!.slice(-2) + String(month).padStart(2, "0") + named[1]!.padStart(2, "0");
  }
  const parts = /^(\d{4}|\d{2})\D?(\d{2})\D?(\d{2})\D?$/.exec(value.trim());
  return parts ? parts[1]!.slice(-2) + parts[2] + parts[3] : value.trim();
};
