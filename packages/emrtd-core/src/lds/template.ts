import { concatBytes, equalBytes } from "../bytes.js";
import { derUnsigned, readSmallInteger } from "../der.js";
import { encodeTlv, formatTag, readTlv } from "../tlv.js";
import {
  type DataObject,
  encodeDataObjects,
  encodeTagList,
  LDS_LIMITS,
  readDataObjects,
  readTagList,
} from "./data-object.js";
import type { Finding } from "./finding.js";
import { readDigits, readText, writeText } from "./text.js";

/** What a row of a template may hold. */
interface Kinds {
  readonly text: string;
  /** `YYYYMMDD`. */
  readonly date: string;
  /** `YYYYMMDDhhmmss`. */
  readonly dateTime: string;
  readonly bytes: Uint8Array;
  /** Several texts of one tag, counted, in a template of their own. */
  readonly texts: readonly string[];
}

/** A row of a table of data elements. */
export interface TemplateRow {
  readonly tag: number;
  readonly name: string;
  readonly kind: keyof Kinds;
  /** Tag of each text of a list. */
  readonly item?: number;
}

/** The type that a table describes: every element may be missing. */
export type TemplateFields<Rows extends readonly TemplateRow[]> = {
  readonly [Row in Rows[number] as Row["name"]]?: Kinds[Row["kind"]];
};

type Value = Kinds[keyof Kinds];

/** Everything of a template but its named elements. */
export interface TemplateRest {
  /** The list of tags (5C) as it stands; made from what is there when left out of an encoding. */
  readonly tagList?: readonly number[];
  /** Elements without a name, and repeated ones, in order. */
  readonly unknown: readonly DataObject[];
  readonly findings: readonly Finding[];
}

const TAG_LIST = 0x5c;
const COUNT = 0x02;

/** Reads a template with a list of tags, such as DG11 and DG12, by its table of elements. */
export const readTemplate = <Rows extends readonly TemplateRow[]>(
  content: Uint8Array,
  rows: Rows,
): TemplateFields<Rows> & TemplateRest => {
  const findings: Finding[] = [];
  const unknown: DataObject[] = [];
  const fields: Record<string, Value> = {};
  let tagList: readonly number[] | undefined;
  const objects = readDataObjects(content);
  for (const object of objects) {
    const row = rows.find(({ tag }) => tag === object.tag);
    const value =
      row === undefined || row.name in fields ? undefined : readValue(row, object, findings);
    if (object.tag === TAG_LIST && tagList === undefined) tagList = readTagList(object.value);
    else if (row !== undefined && value !== undefined) fields[row.name] = value;
    else unknown.push(object);
  }
  if (tagList !== undefined && !sameTags(tagList, objects, rows)) {
    findings.push({ code: "TAG_LIST_MISMATCH", where: formatTag(TAG_LIST) });
  }
  return {
    ...(fields as TemplateFields<Rows>),
    ...(tagList === undefined ? {} : { tagList }),
    unknown,
    findings,
  };
};

/** Writes a template: list of tags, elements in the order of the table, then the others. */
export const encodeTemplate = <Rows extends readonly TemplateRow[]>(
  rows: Rows,
  content: TemplateFields<Rows> & Partial<TemplateRest>,
): Uint8Array<ArrayBuffer> => {
  const values = content as Readonly<Record<string, Value | undefined>>;
  const objects = rows.flatMap((row): DataObject[] => {
    const value = values[row.name];
    return value === undefined ? [] : [{ tag: row.tag, value: encodeValue(row, value) }];
  });
  const all = [...objects, ...(content.unknown ?? [])];
  const tags = encodeTagList(content.tagList ?? all.map(({ tag }) => tag));
  return encodeDataObjects([{ tag: TAG_LIST, value: tags }, ...all]);
};

const readValue = (
  row: TemplateRow,
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
    case "bytes":
      return value;
    case "texts":
      return readTexts(row, value, findings);
  }
};

/** `02` count, then as many texts; undefined where anything else stands among them. */
const readTexts = (
  { name, item }: TemplateRow,
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

const encodeValue = (row: TemplateRow, value: Value): Uint8Array => {
  if (value instanceof Uint8Array) return value;
  if (typeof value === "string") return writeText(value);
  return concatBytes(
    derUnsigned(value.length),
    encodeDataObjects(value.map((text) => ({ tag: row.item!, value: writeText(text) }))),
  );
};

/** Lists name a repeated element by its own tag, by the tag of its template, or by both. */
const sameTags = (
  tagList: readonly number[],
  objects: readonly DataObject[],
  rows: readonly TemplateRow[],
): boolean => {
  const within = rows.flatMap(({ tag, item }) => (item === undefined ? [] : [tag, item]));
  const plain = (tags: readonly number[]) =>
    encodeTagList([...new Set(tags)].filter((tag) => !within.includes(tag)).sort((a, b) => a - b));
  const present = objects.map(({ tag }) => tag).filter((tag) => tag !== TAG_LIST);
  return equalBytes(plain(tagList), plain(present));
};
