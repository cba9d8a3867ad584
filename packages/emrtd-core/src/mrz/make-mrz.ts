import { EmrtdError } from "../errors.js";
import { mrzCheckDigit } from "./check-digit.js";
import { MRZ_LAYOUTS } from "./formats.js";
import type { CheckDigitLayout, MrzLayout } from "./layout.js";
import { DOCUMENT_NUMBER_FIELD, longestDocumentNumber } from "./long-document-number.js";
import type { MrzFieldName, MrzFields, MrzFormat } from "./mrz.js";
import { type TransliterationOptions, transliterateName } from "./transliterate.js";
import { writeName } from "./truncate-name.js";

/** A field that the format does not have takes nothing. */
const NOWHERE = { line: 1, start: 1, length: 0 };

/** What goes into a zone; what is left out is empty or unspecified. */
export type MrzInput = Pick<
  MrzFields,
  | "documentCode"
  | "issuer"
  | "surname"
  | "documentNumber"
  | "nationality"
  | "dateOfBirth"
  | "dateOfExpiry"
> &
  Partial<MrzFields>;

export interface MakeMrzOptions extends TransliterationOptions {
  /** Check digit of an unused optional field (Doc 9303-4, 4.2.2.2, position 43). Default `<`. */
  readonly unusedCheckDigit?: "<" | "0";
}

/**
 * Makes a machine readable zone: names transliterated and shortened, other fields filled up, check
 * digits computed, long document numbers of TD1 and TD2 continued in the optional data.
 *
 * Dates are YYMMDD; `X` or `<` stands for what is unknown of a date of birth. Characters that a number
 * or code may not hold become fillers (Doc 9303-4, 4.2.2.2).
 *
 * @returns the lines, parted by line feeds.
 * @throws EmrtdError `MRZ_FIELD` where a field does not fit, `MRZ_CHARACTERS` where a name cannot be
 * transliterated.
 */
export const makeMrz = (
  format: MrzFormat,
  fields: MrzInput,
  options: MakeMrzOptions = {},
): string => {
  const layout = MRZ_LAYOUTS[format];
  const rows = Array.from({ length: layout.lineCount }, () =>
    Array<string>(layout.lineLength).fill("<"),
  );
  const put = (line: number, start: number, text: string): void => {
    rows[line - 1]!.splice(start - 1, text.length, ...text);
  };
  const texts = fieldTexts(layout, fields, options);
  for (const [name, text] of Object.entries(texts)) {
    const { line, start, length } = layout.fields.find((place) => place.name === name) ?? NOWHERE;
    if (text.length > length) {
      throw new EmrtdError(
        "MRZ_FIELD",
        `expected at most ${length} characters for ${name} of ${format}, found ${text.length}`,
        { path: name },
      );
    }
    put(line, start, text);
  }
  for (const digit of layout.checkDigits) {
    const covered = digit.over
      .map(({ line, from, to }) => rows[line - 1]!.slice(from - 1, to).join(""))
      .join("");
    put(digit.line, digit.position, writtenDigit(digit, covered, fields, options));
  }
  return rows.map((row) => row.join("")).join("\n");
};

const writtenDigit = (
  { of }: CheckDigitLayout,
  covered: string,
  fields: MrzInput,
  { unusedCheckDigit = "<" }: MakeMrzOptions,
): string => {
  // A filler tells that the number goes on elsewhere, with its check digit.
  if (of === "documentNumber" && fields.documentNumber.length > DOCUMENT_NUMBER_FIELD) return "<";
  if (of === "optionalData" && /^<*$/.test(covered)) return unusedCheckDigit;
  return mrzCheckDigit(covered);
};

const fieldTexts = (
  layout: MrzLayout,
  fields: MrzInput,
  options: MakeMrzOptions,
): Record<MrzFieldName, string> => {
  const words = (text: string) => transliterateName(text, options).split(" ").filter(Boolean);
  const nameField = layout.fields.find(({ name }) => name === "name")!;
  const number = clean(fields.documentNumber);
  const longest = longestDocumentNumber(layout);
  if (number.length > longest) {
    throw new EmrtdError(
      "MRZ_FIELD",
      `expected at most ${longest} characters for documentNumber of ${layout.format}, found ${number.length}`,
      { path: "documentNumber" },
    );
  }
  const rest = number.slice(DOCUMENT_NUMBER_FIELD);
  const optional = clean(fields.optionalData ?? "");
  return {
    documentCode: clean(fields.documentCode),
    issuer: clean(fields.issuer),
    name: writeName(words(fields.surname), words(fields.givenNames ?? ""), nameField.length),
    documentNumber: number.slice(0, DOCUMENT_NUMBER_FIELD),
    nationality: clean(fields.nationality),
    dateOfBirth: date(fields.dateOfBirth, "dateOfBirth"),
    sex: fields.sex === "F" || fields.sex === "M" ? fields.sex : "<",
    dateOfExpiry: date(fields.dateOfExpiry, "dateOfExpiry"),
    optionalData: rest === "" ? optional : `${rest}${mrzCheckDigit(number)}<${optional}`,
    optionalData2: clean(fields.optionalData2 ?? ""),
  };
};

const clean = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, "<");

const date = (text: string, name: MrzFieldName): string => {
  if (!/^([0-9]{2}|XX|<<)(0[1-9]|1[0-2]|XX|<<)(0[1-9]|[12][0-9]|3[01]|XX|<<)$/.test(text)) {
    throw new EmrtdError("MRZ_FIELD", `expected YYMMDD for ${name}`, { path: name });
  }
  return text.replaceAll("X", "<");
};
