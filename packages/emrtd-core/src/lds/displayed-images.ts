import { concatBytes } from "../bytes.js";
import { derUnsigned, readSmallInteger } from "../der.js";
import { encodeTlv, readTlv } from "../tlv.js";
import { type DataObject, encodeDataObjects, readDataObjects } from "./data-object.js";
import type { Finding } from "./finding.js";

/** Images for people to look at: DG5 and DG7 alike (Doc 9303-10, 4.7.5 and 4.7.7). */
export interface DisplayedImages {
  /** JPEG or JPEG 2000; their first bytes tell. */
  readonly images: readonly Uint8Array[];
  readonly unknown: readonly DataObject[];
  readonly findings: readonly Finding[];
}

const COUNT = 0x02;

/** Reads a number of images and the images under their tag. */
export const readDisplayedImages = (
  content: Uint8Array,
  imageTag: number,
  path: string,
): DisplayedImages => {
  const objects = readDataObjects(content);
  const count = objects.find(({ tag }) => tag === COUNT);
  const images = objects.filter(({ tag }) => tag === imageTag);
  const stated = count && readSmallInteger(readTlv(encodeTlv(COUNT, count.value)), path);
  return {
    images: images.map(({ value }) => value),
    unknown: objects.filter((object) => object !== count && !images.includes(object)),
    findings: stated === images.length ? [] : [{ code: "COUNT_MISMATCH", where: path }],
  };
};

export const encodeDisplayedImages = (
  { images, unknown = [] }: Pick<DisplayedImages, "images"> & Partial<DisplayedImages>,
  imageTag: number,
): Uint8Array<ArrayBuffer> =>
  concatBytes(
    derUnsigned(images.length),
    ...images.map((image) => encodeTlv(imageTag, image)),
    encodeDataObjects(unknown),
  );
