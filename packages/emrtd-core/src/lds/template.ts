import { equalBytes } from "../bytes.js";
import { formatTag } from "../tlv.js";
import {
  type DataObject,
  encodeDataObjects,
  encodeTagList,
  readDataObjects,
  readTagList,
} from "./data-object.js";
import {
  type ElementRow,
  type Elements,
  elementObjects,
  type OtherElements,
  readElements,
} from "./elements.js";

/** Everything of a template with a list of tags but its named elements. */
export interface TemplateRest extends OtherElements {
  /** The list of tags (5C) as it stands; made from what is there when left out of an encoding. */
  readonly tagList?: readonly number[];
}

const TAG_LIST = 0x5c;

/** Reads a template with a list of tags, such as DG11 and DG12, by its table of elements. */
export const readTemplate = <Rows extends readonly ElementRow[]>(
  content: Uint8Array,
  rows: Rows,
): Elements<Rows> & TemplateRest => {
  const objects = readDataObjects(content);
  const list = objects.find(({ tag }) => tag === TAG_LIST);
  const elements = readElements(
    objects.filter((object) => object !== list),
    rows,
  );
  if (list === undefined) return elements;
  const tagList = readTagList(list.value);
  if (sameTags(tagList, objects, rows)) return { ...elements, tagList };
  const mismatch = { code: "TAG_LIST_MISMATCH", where: formatTag(TAG_LIST) } as const;
  return { ...elements, tagList, findings: [...elements.findings, mismatch] };
};

/** Writes a template: list of tags, elements in the order of the table, then the others. */
export const encodeTemplate = <Rows extends readonly ElementRow[]>(
  rows: Rows,
  content: Elements<Rows> & Partial<TemplateRest>,
): Uint8Array<ArrayBuffer> => {
  const objects = elementObjects(rows, content);
  const tags = encodeTagList(content.tagList ?? objects.map(({ tag }) => tag));
  return encodeDataObjects([{ tag: TAG_LIST, value: tags }, ...objects]);
};

/** Lists name a repeated element by its own tag, by the tag of its template, or by both. */
const sameTags = (
  tagList: readonly number[],
  objects: readonly DataObject[],
  rows: readonly ElementRow[],
): boolean => {
  const within = rows.flatMap(({ tag, item }) => (item === undefined ? [] : [tag, item]));
  const plain = (tags: readonly number[]) =>
    encodeTagList([...new Set(tags)].filter((tag) => !within.includes(tag)).sort((a, b) => a - b));
  const present = objects.map(({ tag }) => tag).filter((tag) => tag !== TAG_LIST);
  return equalBytes(plain(tagList), plain(present));
};
