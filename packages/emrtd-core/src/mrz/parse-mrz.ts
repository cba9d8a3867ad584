import { EmrtdError } from "../errors.js";
import type { Finding } from "../lds/finding.js";
import { mrzCheckDigit } from "./check-digit.js";
import { MRZ_LAYOUTS } from "./formats.js";
import type { CheckDigitLayout, FieldLayout, MrzCharacters, MrzLayout } from "./layout.js";
import { type LongDocumentNumber, readLongDocumentNumber } from "./long-document-number.js";
import type { Mrz, MrzCheckDigit, MrzField, MrzFieldName } from "./mrz.js";

/** Longer input is refused unread. */
const MAX_INPUT = 1_000;

const ALLOWED: Record<MrzCharacters, RegExp> = {
  letters: /^[A-Z<]*$/,
  digits: /^[0-9<]*$/,
  any: /^[A-Z0-9<]*$/,
};

/**
 * Reads a machine readable zone of any format (Doc 9303 parts 3 to 7).
 *
 * Takes two or three lines, or all in one run as DG1 has it; letters of either case; any
 * blank or line break parts lines. The format follows from the size, and a leading `V` tells a visa.
 * Wrong check digits do not throw: each is reported with what was expected and found.
 *
 * @throws EmrtdError `MRZ_LENGTH` where the lines are of no format, `MRZ_CHARACTERS` where a
 * character is not of the zone's alphabet (Doc 9303-3, 4.3).
 */
export const parseMrz = (text: string): Mrz => {
  const lines = toLines(text);
  const layout = formatOf(lines);
  const rows = layout.lineCount === lines.length ? lines : cut(lines[0]!, layout.lineLength);
  const textOf = (name: MrzFieldName): string => {
    const place = layout.fields.find((candidate) => candidate.name === name);
    return place === undefined ? "" : read(rows, place);
  };
  const fields = layout.fields.map(
    ({ name, line, start, length }): MrzField => ({
      name,
      line,
      start,
      length,
      text: textOf(name),
    }),
  );
  const numberDigit = layout.checkDigits.find(({ of }) => of === "documentNumber")!;
  const long = readLongDocumentNumber(
    layout,
    textOf("documentNumber"),
    rows[numberDigit.line - 1]![numberDigit.position - 1]!,
    textOf("optionalData"),
  );
  const name = textOf("name");
  return {
    format: layout.format,
    lines: rows,
    documentCode: strip(textOf("documentCode")),
    issuer: strip(textOf("issuer")),
    ...splitName(name),
    documentNumber: long?.number ?? strip(textOf("documentNumber")),
    nationality: strip(textOf("nationality")),
    dateOfBirth: textOf("dateOfBirth"),
    sex: sexOf(textOf("sex")),
    dateOfExpiry: textOf("dateOfExpiry"),
    optionalData: strip(long?.optionalData ?? textOf("optionalData")),
    optionalData2: strip(textOf("optionalData2")),
    fields,
    checkDigits: layout.checkDigits.map((digit) => check(rows, digit, layout, long)),
    nameMayBeTruncated: /[A-Z]$/.test(name),
    findings: [
      ...layout.fields.flatMap((place) => findingsOf(place, read(rows, place))),
      ...(long?.overFiller
        ? [{ code: "MRZ_FILLER_COUNTED", where: "documentNumber" } as const]
        : []),
    ],
  };
};

const toLines = (text: string): string[] => {
  if (text.length > MAX_INPUT) {
    throw new EmrtdError("MRZ_LENGTH", `expected at most ${MAX_INPUT} characters`);
  }
  const lines = text.split(/\s+/).filter((line) => line !== "");
  lines.forEach((line, index) => {
    // Looked at before case is changed: capitals of other letters may be letters of the zone.
    const position = line.search(/[^A-Za-z0-9<]/) + 1;
    if (position > 0) {
      throw new EmrtdError(
        "MRZ_CHARACTERS",
        `expected A to Z, 0 to 9 and <, found another character in line ${index + 1} at position ${position}`,
      );
    }
  });
  return lines.map((line) => line.toUpperCase());
};

const formatOf = (lines: readonly string[]): MrzLayout => {
  const visa = lines[0]?.startsWith("V") ?? false;
  const layout = Object.values(MRZ_LAYOUTS).find(
    ({ format, lineCount, lineLength }) =>
      (format === "TD1" || format.startsWith("MRV") === visa) &&
      ((lines.length === 1 && lines[0]!.length === lineCount * lineLength) ||
        (lines.length === lineCount && lines.every((line) => line.length === lineLength))),
  );
  if (layout !== undefined) return layout;
  const found = lines.map((line) => line.length).join(" + ") || "none";
  throw new EmrtdError(
    "MRZ_LENGTH",
    `expected 3 lines of 30, 2 of 36 or 2 of 44 characters, found ${found}`,
  );
};

const cut = (text: string, length: number): string[] =>
  Array.from({ length: text.length / length }, (_, i) => text.slice(i * length, (i + 1) * length));

const read = (rows: readonly string[], { line, start, length }: FieldLayout): string =>
  rows[line - 1]!.slice(start - 1, start - 1 + length);

const strip = (text: string): string => text.replace(/<+$/, "");

/**
 * Two fillers part the identifiers, one filler their components (Doc 9303-3, 4.6). Some zones begin with
 * fillers: before a name of one part they stand for a surname that is left out.
 */
const splitName = (field: string): { surname: string; givenNames: string } => {
  const text = field.replace(/^<+/, "");
  const end = text.indexOf("<<");
  const words = (part: string) => part.split("<").filter(Boolean).join(" ");
  const [first, second] =
    end < 0 ? [words(text), ""] : [words(text.slice(0, end)), words(text.slice(end))];
  return second === "" && field.startsWith("<<")
    ? { surname: "", givenNames: first }
    : { surname: first, givenNames: second };
};

const sexOf = (text: string): Mrz["sex"] => (text === "F" || text === "M" ? text : "X");

const check = (
  rows: readonly string[],
  { of, line, position, over }: CheckDigitLayout,
  layout: MrzLayout,
  long: LongDocumentNumber | undefined,
): MrzCheckDigit => {
  if (of === "documentNumber" && long !== undefined) {
    const optional = layout.fields.find(({ name }) => name === "optionalData")!;
    const { expected, found } = long;
    const at = optional.start + long.checkDigitAt;
    return { of, line: optional.line, position: at, expected, found, correct: expected === found };
  }
  const covered = over.map(({ line, from, to }) => rows[line - 1]!.slice(from - 1, to)).join("");
  const expected = mrzCheckDigit(covered);
  const found = rows[line - 1]![position - 1]!;
  // Doc 9303-4, 4.2.2.2, position 43: zero or a filler where the personal number is not used.
  const unused = of === "optionalData" && found === "<" && /^<*$/.test(covered);
  return { of, line, position, expected, found, correct: unused || found === expected };
};

const findingsOf = ({ name, characters }: FieldLayout, text: string): Finding[] => {
  if (!(name === "sex" ? /^[FMX<]$/ : ALLOWED[characters]).test(text)) {
    return [{ code: "MRZ_CHARACTERS", where: name }];
  }
  if (characters !== "digits") return [];
  const [month, day] = [text.slice(2, 4), text.slice(4)];
  const possible = /^(<<|0[1-9]|1[0-2])$/.test(month) && /^(<<|0[1-9]|[12][0-9]|3[01])$/.test(day);
  return possible ? [] : [{ code: "MRZ_DATE", where: name }];
};
