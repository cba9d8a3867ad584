import { decodeTlv, encodeTlv } from "../tlv.js";
import {
  type DataObject,
  type Decoded,
  encodeDataObjects,
  encodeTagList,
  readDataObjects,
  readTagList,
} from "./data-object.js";
import { type DataGroupNumber, FILES } from "./files.js";
import type { Finding } from "./finding.js";
import { required } from "./required.js";
import { readText, writeText } from "./text.js";

/**
 * EF.COM, versions and the list of data groups (Doc 9303-10, 4.6.1, table 35). Nothing signs it: what
 * the document holds is for EF.SOD to say.
 */
export interface Com {
  /** `aabb`, e.g. `0107`. */
  readonly ldsVersion: string;
  /** `aabbcc`, e.g. `040000`. */
  readonly unicodeVersion: string;
  /** First tags of the files that are there. */
  readonly tagList: readonly number[];
  readonly unknown: readonly DataObject[];
}

const TAG = 0x60;
const LDS_VERSION = 0x5f01;
const UNICODE_VERSION = 0x5f36;
const TAG_LIST = 0x5c;

/** @throws EmrtdError `TLV_…` where the file is malformed, `LDS_INVALID` where a part is missing. */
export const decodeCom = (bytes: Uint8Array): Decoded<Com & { findings: readonly Finding[] }> => {
  const findings: Finding[] = [];
  const objects = readDataObjects(decodeTlv(bytes).expect(TAG, "EF.COM").value);
  const [lds, unicode, list] = [LDS_VERSION, UNICODE_VERSION, TAG_LIST].map((tag) =>
    required(objects, tag, "EF.COM"),
  ) as [DataObject, DataObject, DataObject];
  return {
    ldsVersion: readText(lds.value, "LDS version", findings),
    unicodeVersion: readText(unicode.value, "Unicode version", findings),
    tagList: readTagList(list.value),
    unknown: objects.filter((object) => ![lds, unicode, list].includes(object)),
    findings,
    bytes,
  };
};

export const encodeCom = ({
  ldsVersion,
  unicodeVersion,
  tagList,
  unknown = [],
}: Omit<Com, "unknown"> & Partial<Com>): Uint8Array<ArrayBuffer> =>
  encodeTlv(
    TAG,
    encodeDataObjects([
      { tag: LDS_VERSION, value: writeText(ldsVersion) },
      { tag: UNICODE_VERSION, value: writeText(unicodeVersion) },
      { tag: TAG_LIST, value: encodeTagList(tagList) },
      ...unknown,
    ]),
  );

/** Numbers of the data groups in a list of tags, in its order; other tags are passed over. */
export const dataGroupsOf = (tagList: readonly number[]): DataGroupNumber[] =>
  tagList.flatMap((tag) => {
    const file = FILES.find((entry) => entry.tag === tag && entry.name.startsWith("DG"));
    return file === undefined ? [] : [Number(file.name.slice(2)) as DataGroupNumber];
  });
