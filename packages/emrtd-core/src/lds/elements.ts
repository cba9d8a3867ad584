import { concatBytes } from "../bytes.js";
import { derUnsigned, readSmallInteger } from "../der.js";
import { encodeTlv, readTlv } from "../tlv.js";
import { type DataObject, encodeDataObjects, LDS_LIMITS, readDataObjects } from "./data-object.js";
import type { Finding } from "./finding.js";
import { readDigits, readText, writeText } from "./text.js";

/** What a data element may hold. */
interface Kinds {
  readonly text: string;
  /** `YYYYMMDD`. */
  readonly date: string;
  /** `YYYYMMDDhhmmss`. */
  readonly dateTime: string;
  /** Unsigned, at most four bytes, big-endian. */
  readonly integer: number;
  readonly bytes: Uint8Array;
  /** Several texts of one tag, counted, in a template of their own. */
  readonly texts: readonly string[];
}

/** A row of a table of data elements. */
export interface ElementRow {
  readonly tag: number;
  readonly name: string;
  readonly kind: keyof Kinds;
  /** Tag of each text of a list. */
  readonly item?: number;
  /** Bytes of an integer; default 1. */
  readonly width?: number;
}

/** The type that a table describes: every element may be missing. */
export type Elements<Rows extends readonly ElementRow[]> = {
  readonly [Row in Rows[number] as Row["name"]]?: Kinds[Row["kind"]];
};

/** Everything beside the named elements. */
export interface OtherElements {
  /** Elements without a name, and repeated ones, in order. */
  readonly unknown: readonly DataObject[];
  readonly findings: readonly Finding[];
}

type Value = Kinds[keyof Kinds];

/** Sorts data objects into the elements of a table and the others. */
export const readElements = <Rows extends readonly ElementRow[]>(
  objects: readonly DataObject[],
  rows: Rows,
): Elements<Rows> & OtherElements => {
  const findings: Finding[] = [];
  const unknown: DataObject[] = [];
  const fields: Record<string, Value> = {};
  for (const object of objects) {
    const row = rows.find(({ tag }) => tag === object.tag);
    const value =
      row === undefined || row.name in fields ? undefined : readValue(row, object, findings);
    if (row !== undefined && value !== undefined) fields[row.name] = value;
    else unknown.push(object);
  }
  return { ...(fields as Elements<Rows>), unknown, findings };
};

/** Data objects in the order of the table, then the others. */
export const elementObjects = <Rows extends readonly ElementRow[]>(
  rows: Rows,
  content: Elements<Rows> & Partial<OtherElements>,
): DataObject[] => {
  const values = content as Readonly<Record<string, Value | undefined>>;
  const named = rows.flatMap((row): DataObject[] => {
    const value = values[row.name];
    return value === undefined ? [] : [{ tag: row.tag, value: encodeValue(row, value) }];
  });
  return [...named, ...(content.unknown ?? [])];
};

const readValue = (
  row: ElementRow,
  { value }: DataObject,
  findings: Finding[],
): Value | undefined => {
  switch (row.kind) {
    case "text":
      return readText(value, row.name, findings);
    case "date":
      return readDigits(value, 8, row.name, findings);
    case "dateTime":
      return readDigits(value, 14, row.name, findings);
    case "integer":
      return value.length === 0 || value.length > 4
        ? undefined
        : value.reduce((number, byte) => number * 256 + byte, 0);
    case "bytes":
      return value;
    case "texts":
      return readTexts(row, value, findings);
  }
};

const COUNT = 0x02;

/** `02` count, then as many texts; undefined where anything else stands among them. */
const readTexts = (
  { name, item }: ElementRow,
  content: Uint8Array,
  findings: Finding[],
): readonly string[] | undefined => {
  const objects = readDataObjects(content);
  const first = objects[0]?.tag === COUNT ? objects[0] : undefined;
  const rest = first === undefined ? objects : objects.slice(1);
  if (rest.length > LDS_LIMITS.elements || rest.some(({ tag }) => tag !== item)) return undefined;
  const count =
    first === undefined
      ? undefined
      : readSmallInteger(readTlv(encodeTlv(COUNT, first.value)), name);
  if (count !== rest.length) findings.push({ code: "COUNT_MISMATCH", where: name });
  return rest.map(({ value }) => readText(value, name, findings));
};

const encodeValue = (row: ElementRow, value: Value): Uint8Array => {
  if (value instanceof Uint8Array) return value;
  if (typeof value === "string") return writeText(value);
  if (typeof value === "number") return unsigned(value, row.width ?? 1);
  return concatBytes(
    derUnsigned(value.length),
    encodeDataObjects(value.map((text) => ({ tag: row.item!, value: writeText(text) }))),
  );
};

/** As wide as the table says, wider where the number needs it. */
const unsigned = (value: number, width: number): Uint8Array => {
  const length = Math.max(width, Math.ceil(value.toString(16).length / 2));
  return Uint8Array.from({ length }, (_, i) => Math.floor(value / 256 ** (length - 1 - i)) % 256);
};
