import type { Field } from "../messages/fields.js";
import type { CardRecord } from "../session/card-record.js";
import {
  type DocumentField,
  FIELD_ALIASES,
  type FieldSource,
  META_FIELDS,
  plainName,
  sourceOf,
  WHOLE_ZONES,
} from "./aliases.js";
import { type PageChecks, pageChecks } from "./checks.js";
import { type ChipFiles, chipFileName, chipFiles } from "./chip-files.js";
import { type DecodedImage, decodeImage } from "./image.js";
import { comparable, MRZ_FIELDS, type MrzFieldName, type ParsedMrz, type ParseMrz } from "./mrz.js";

/** A value and where it comes from. */
export interface FieldValue {
  readonly value: string;
  readonly source: FieldSource;
  /** The service's own name of the field; absent where the value was parsed from the MRZ lines. */
  readonly name?: string;
}

/** The printed page, or the chip as the reader shows it, says something else than the MRZ. */
export interface Disagreement {
  readonly field: MrzFieldName;
  readonly mrz: string;
  readonly other: string;
  readonly source: FieldSource;
  readonly name: string;
}

export interface MrzFinding {
  readonly lines: readonly string[];
  /**
   * `correct`: every check digit is; `wrong`: these are not; `unreadable`: the parser refused the
   * lines; `not-parsed`: no parser was given, so nothing is known of the check digits.
   */
  readonly status: "correct" | "wrong" | "unreadable" | "not-parsed";
  readonly wrongCheckDigits: readonly string[];
}

/** A picture, or why it could not be decoded. */
export type RecordImage = { readonly kind: string } & (
  | (DecodedImage & { readonly problem?: never })
  | { readonly problem: "IMAGE_INVALID" }
);

export type BarCode =
  | { readonly status: "read"; readonly content: string }
  | { readonly status: "not-recognised" };

/** What the chip said through the reader: bytes to be proved, never a proof. */
export type ChipData = { readonly files: ChipFiles } | { readonly problem: "HEX_INVALID" };

/** A document as an application wants it. Everything in it is personal data. */
export interface DocumentRecord extends Omit<CardRecord, "images" | "fields"> {
  /** Main id of the kind of document: `13` is a passport. */
  readonly mainId?: string;
  /** Values by names of ours: from the MRZ lines where there are any, else as the reader says. */
  readonly document: { readonly [field in DocumentField]?: FieldValue };
  readonly mrz?: MrzFinding;
  readonly disagreements: readonly Disagreement[];
  readonly images: readonly RecordImage[];
  readonly checks: PageChecks;
  /** Absent where bar codes were not asked for. */
  readonly barCode?: BarCode;
  readonly chip?: ChipData;
  /** Every field as it was received. */
  readonly fields: readonly Field[];
}

/**
 * Makes a document of what a session gathered. Never throws: what cannot be understood is reported in
 * its place.
 *
 * @param parseMrz reads the MRZ lines; without it the reader's own fields are all there is.
 */
export const readRecord = (
  { fields = [], images, ...record }: CardRecord,
  parseMrz?: ParseMrz,
): DocumentRecord => {
  const content = (wanted: string) => fields.find(({ name }) => name === wanted)?.content;
  const mainId = content("CARD_MAINID");
  const barCode = content("BarCode");
  const printed = aliased(fields);
  const lines = mrzLines(printed);
  const parsed = lines && parseMrz ? tryParse(lines, parseMrz) : undefined;
  const chip = chipData(fields);
  return {
    ...record,
    ...(mainId === undefined ? {} : { mainId }),
    document: { ...pick(printed), ...(parsed ? fromMrz(parsed) : {}) },
    ...(lines ? { mrz: mrzFinding(lines, parsed, parseMrz !== undefined) } : {}),
    disagreements:
      parsed && parseMrz
        ? [...disagreements(parsed, printed), ...otherZones(parsed, fields, parseMrz)]
        : [],
    images: images.map(({ kind, data }) => readImage(kind, data)),
    checks: pageChecks(content),
    ...(barCode === undefined ? {} : { barCode: readBarCode(barCode) }),
    ...(chip ? { chip } : {}),
    fields,
  };
};

type Aliased = Map<DocumentField, (FieldValue & { readonly name: string })[]>;

/** Every field that has a name of ours, the better names first. */
const aliased = (fields: readonly Field[]): Aliased => {
  const named = fields
    .filter(
      ({ name, content }) => !META_FIELDS.includes(name) && !chipFileName(name) && content.trim(),
    )
    .map((field) => ({ field, plain: plainName(field.name).name }));
  const found: Aliased = new Map();
  for (const [key, aliases] of Object.entries(FIELD_ALIASES) as [DocumentField, string[]][]) {
    const values = aliases.flatMap((alias) =>
      named
        .filter(({ plain }) => plain === alias)
        .map(({ field: { name, content, source } }) => ({
          value: clean(key, content.trim()),
          source: sourceOf(name, source),
          name,
        })),
    );
    if (values.length > 0) found.set(key, values);
  }
  return found;
};

/** Codes and numbers without the fillers and stray characters that readers leave behind them. */
const clean = (field: DocumentField, value: string): string => {
  if (field === "issuer" || field === "nationality" || field === "documentCode") {
    return /^([A-Za-z]{1,3})[^A-Za-z]*$/.exec(value)?.[1] ?? value;
  }
  return field === "documentNumber" || field === "personalNumber"
    ? value.replace(/<+$/, "")
    : value;
};

const pick = (printed: Aliased): { [field in DocumentField]?: FieldValue } =>
  Object.fromEntries([...printed].map(([key, values]) => [key, values[0]!]));

const mrzLines = (printed: Aliased): string[] | undefined => {
  const lines = (["mrz1", "mrz2", "mrz3"] as const).flatMap((key) => {
    const value = printed.get(key)?.[0]?.value;
    return value === undefined ? [] : [value.replace(/\s+/g, "")];
  });
  return lines.length >= 2 ? lines : undefined;
};

const tryParse = (lines: readonly string[], parseMrz: ParseMrz): ParsedMrz | undefined => {
  try {
    return parseMrz(lines.join("\n"));
  } catch {
    // The finding says unreadable; the parser's words may quote the holder.
    return undefined;
  }
};

const mrzFinding = (
  lines: readonly string[],
  parsed: ParsedMrz | undefined,
  parserGiven: boolean,
): MrzFinding => {
  const wrong = parsed?.checkDigits.filter(({ correct }) => !correct).map(({ of }) => of) ?? [];
  const status = parsed ? (wrong.length === 0 ? "correct" : "wrong") : "unreadable";
  return { lines, status: parserGiven ? status : "not-parsed", wrongCheckDigits: wrong };
};

const fromMrz = (parsed: ParsedMrz): { [field in MrzFieldName]?: FieldValue } =>
  Object.fromEntries(
    MRZ_FIELDS.filter((field) => parsed[field] !== "").map((field) => [
      field,
      { value: parsed[field], source: "mrz" },
    ]),
  );

const disagreements = (parsed: ParsedMrz, printed: Aliased): Disagreement[] =>
  MRZ_FIELDS.flatMap((field) =>
    (printed.get(field) ?? [])
      .filter(({ source }) => source !== "mrz")
      .filter(({ value }) => !agrees(field, parsed[field], value))
      .map(({ value, source, name }) => ({
        field,
        mrz: parsed[field],
        other: value,
        source,
        name,
      })),
  );

/**
 * What the zone of the chip, or the printed one, says otherwise than the lines that count: a chip that was
 * put into another booklet. A zone that cannot be parsed says nothing.
 */
const otherZones = (
  parsed: ParsedMrz,
  fields: readonly Field[],
  parseMrz: ParseMrz,
): Disagreement[] =>
  fields.flatMap(({ name, content }) => {
    const source = WHOLE_ZONES.get(name.trim().toLowerCase());
    const zone = source && tryParse([content.trim()], parseMrz);
    if (!zone) return [];
    return MRZ_FIELDS.filter(
      (field) => comparable(field, parsed[field]) !== comparable(field, zone[field]),
    ).map((field) => ({ field, mrz: parsed[field], other: zone[field], source, name }));
  });

/** A name in the MRZ may be cut off, so the longer form on the page agrees if it begins with it. */
const agrees = (field: MrzFieldName, mrz: string, other: string): boolean => {
  const [a, b] = [comparable(field, mrz), comparable(field, other)];
  return a === b || (field === "givenNames" && a !== "" && b.startsWith(a));
};

/** An image decoded, or marked as one that cannot be. */
export const readImage = (kind: string, data: string): RecordImage => {
  try {
    return { kind, ...decodeImage(data, kind) };
  } catch {
    return { kind, problem: "IMAGE_INVALID" };
  }
};

const readBarCode = (content: string): BarCode =>
  content === "" ? { status: "not-recognised" } : { status: "read", content };

const chipData = (fields: readonly Field[]): ChipData | undefined => {
  try {
    const files = chipFiles(fields);
    return files && { files };
  } catch {
    return { problem: "HEX_INVALID" };
  }
};
