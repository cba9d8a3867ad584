import type { Mrz } from "../mrz/mrz.js";
import { parseMrz } from "../mrz/parse-mrz.js";
import { decodeTlv, encodeTlv } from "../tlv.js";
import {
  type DataObject,
  type Decoded,
  encodeDataObjects,
  readDataObjects,
} from "./data-object.js";
import { required } from "./required.js";
import { writeText } from "./text.js";

/** DG1, the machine readable zone in one run (Doc 9303-10, 4.7.1, table 39). */
export interface Dg1 {
  readonly mrz: Mrz;
  readonly unknown: readonly DataObject[];
}

const TAG = 0x61;
const MRZ = 0x5f1f;

/**
 * @throws EmrtdError `TLV_…` where the file is malformed, `LDS_INVALID` without a zone, `MRZ_…` where
 * what it holds is no zone.
 */
export const decodeDg1 = (bytes: Uint8Array): Decoded<Dg1> => {
  const objects = readDataObjects(decodeTlv(bytes).expect(TAG, "DG1").value);
  const zone = required(objects, MRZ, "DG1");
  const text = Array.from(zone.value, (byte) => String.fromCharCode(byte)).join("");
  return { mrz: parseMrz(text), unknown: objects.filter((object) => object !== zone), bytes };
};

/** @param content the zone as its lines, and any other data objects. */
export const encodeDg1 = (content: {
  readonly mrz: Pick<Mrz, "lines">;
  readonly unknown?: readonly DataObject[];
}): Uint8Array<ArrayBuffer> =>
  encodeTlv(
    TAG,
    encodeTlv(MRZ, writeText(content.mrz.lines.join(""))),
    encodeDataObjects(content.unknown ?? []),
  );
