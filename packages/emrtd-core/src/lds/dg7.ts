import { decodeTlv, encodeTlv } from "../tlv.js";
import type { Decoded } from "./data-object.js";
import {
  type DisplayedImages,
  encodeDisplayedImages,
  readDisplayedImages,
} from "./displayed-images.js";

/** DG7, displayed signatures or usual marks (Doc 9303-10, 4.7.7). */
export type Dg7 = DisplayedImages;

const TAG = 0x67;
const SIGNATURE = 0x5f43;

/** @throws EmrtdError `TLV_…` or `DER_INVALID` where the file is malformed. */
export const decodeDg7 = (bytes: Uint8Array): Decoded<Dg7> => ({
  ...readDisplayedImages(decodeTlv(bytes).expect(TAG, "DG7").value, SIGNATURE, "DG7"),
  bytes,
});

export const encodeDg7 = (content: Pick<Dg7, "images"> & Partial<Dg7>): Uint8Array<ArrayBuffer> =>
  encodeTlv(TAG, encodeDisplayedImages(content, SIGNATURE));
