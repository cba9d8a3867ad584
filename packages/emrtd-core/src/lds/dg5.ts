import { decodeTlv, encodeTlv } from "../tlv.js";
import type { Decoded } from "./data-object.js";
import {
  type DisplayedImages,
  encodeDisplayedImages,
  readDisplayedImages,
} from "./displayed-images.js";

/** DG5, displayed portraits (Doc 9303-10, 4.7.5). */
export type Dg5 = DisplayedImages;

const TAG = 0x65;
const PORTRAIT = 0x5f40;

/** @throws EmrtdError `TLV_…` or `DER_INVALID` where the file is malformed. */
export const decodeDg5 = (bytes: Uint8Array): Decoded<Dg5> => ({
  ...readDisplayedImages(decodeTlv(bytes).expect(TAG, "DG5").value, PORTRAIT, "DG5"),
  bytes,
});

export const encodeDg5 = (content: Pick<Dg5, "images"> & Partial<Dg5>): Uint8Array<ArrayBuffer> =>
  encodeTlv(TAG, encodeDisplayedImages(content, PORTRAIT));
