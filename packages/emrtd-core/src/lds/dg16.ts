import { concatBytes } from "../bytes.js";
import { derUnsigned, readSmallInteger } from "../der.js";
import { EmrtdError } from "../errors.js";
import { decodeTlv, encodeTlv, readTlv } from "../tlv.js";
import {
  type DataObject,
  type Decoded,
  encodeDataObjects,
  readDataObjects,
} from "./data-object.js";
import { type Elements, elementObjects, type OtherElements, readElements } from "./elements.js";
import type { Finding } from "./finding.js";

/** A person to notify (Doc 9303-10, 4.7.16, tables 80 and 81). */
export const DG16_ELEMENTS = [
  { tag: 0x5f50, name: "dateRecorded", kind: "date" },
  /** As in the machine readable zone, not shortened. */
  { tag: 0x5f51, name: "name", kind: "text" },
  { tag: 0x5f52, name: "telephone", kind: "text" },
  { tag: 0x5f53, name: "address", kind: "text" },
] as const;

export type PersonToNotify = Elements<typeof DG16_ELEMENTS> & OtherElements;

/** DG16, persons to notify, each in a template A1, A2, ... */
export interface Dg16 {
  readonly persons: readonly PersonToNotify[];
  readonly unknown: readonly DataObject[];
  readonly findings: readonly Finding[];
}

const TAG = 0x70;
const COUNT = 0x02;
const FIRST_TEMPLATE = 0xa1;
/** A1 to AF. */
const MOST_PERSONS = 15;

const isTemplate = ({ tag }: DataObject): boolean =>
  tag >= FIRST_TEMPLATE && tag < FIRST_TEMPLATE + MOST_PERSONS;

/** @throws EmrtdError `TLV_…` or `DER_INVALID` where the file is malformed. */
export const decodeDg16 = (bytes: Uint8Array): Decoded<Dg16> => {
  const objects = readDataObjects(decodeTlv(bytes).expect(TAG, "DG16").value);
  const count = objects.find(({ tag }) => tag === COUNT);
  const templates = objects.filter(isTemplate);
  const persons = templates.map(({ value }) => readElements(readDataObjects(value), DG16_ELEMENTS));
  // Some put the number into the first template, as the table can be read.
  const within = persons[0]?.unknown.find(({ tag }) => tag === COUNT);
  const stated = (count ?? within)?.value;
  const number = stated && readSmallInteger(readTlv(encodeTlv(COUNT, stated)), "DG16");
  return {
    persons,
    unknown: objects.filter((object) => object !== count && !templates.includes(object)),
    findings: number === persons.length ? [] : [{ code: "COUNT_MISMATCH", where: "DG16" }],
    bytes,
  };
};

/** @throws EmrtdError `LDS_VALUE` for more persons than there are tags. */
export const encodeDg16 = ({
  persons,
  unknown = [],
}: {
  readonly persons: readonly (Elements<typeof DG16_ELEMENTS> & Partial<OtherElements>)[];
  readonly unknown?: readonly DataObject[];
}): Uint8Array<ArrayBuffer> => {
  if (persons.length > MOST_PERSONS) {
    throw new EmrtdError("LDS_VALUE", `expected at most ${MOST_PERSONS} persons in DG16`);
  }
  const templates = persons.map((person, index) => ({
    tag: FIRST_TEMPLATE + index,
    value: encodeDataObjects(elementObjects(DG16_ELEMENTS, person)),
  }));
  return encodeTlv(
    TAG,
    concatBytes(derUnsigned(persons.length), encodeDataObjects([...templates, ...unknown])),
  );
};
