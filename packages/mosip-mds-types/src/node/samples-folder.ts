import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { MdsError } from "../errors.js";
import { FACE_DATA_TYPE } from "../records/face-image.js";
import { FINGER_COMPRESSION } from "../records/finger-image.js";
import { IRIS_FORMAT } from "../records/iris-image.js";
import { type ImageHeader, readImageHeader } from "../records/jp2.js";
import {
  makeFaceRecord,
  makeFingerRecord,
  makeIrisRecord,
  type RecordImage,
} from "../records/make.js";
import { decodeRecord, imagesOf } from "../records/record.js";
import type { FixedSample } from "../testing/fixed-source.js";
import { parseBioSubType } from "../vocabulary/bio-sub-type.js";
import type { Modality } from "../vocabulary/modality.js";

const ENDING = /\.(iso|jp2|j2k|jpe?g|png|wsq)$/i;

/** Name without its number in front and its ending. */
const stemOf = (name: string): string => name.replace(/^\d+[-_ ]/, "").replace(/\.[^.]*$/, "");

/** Kind of a file by its name: fingers and eyes by position, faces by the word. */
const kindOf = (name: string): Modality | undefined => {
  const stem = stemOf(name).toLowerCase();
  if (stem.includes("face") || stem.includes("photo")) {
    return "face";
  }
  if (stem.includes("iris")) {
    return "iris";
  }
  const position = parseBioSubType(stem);
  if (position === "left" || position === "right") {
    return "iris";
  }
  return position === undefined && !stem.includes("finger") ? undefined : "finger";
};

const CODINGS: Readonly<Record<Modality, Partial<Record<ImageHeader["format"], number>>>> = {
  finger: {
    jp2: FINGER_COMPRESSION.jpeg2000,
    wsq: FINGER_COMPRESSION.wsq,
    jpeg: FINGER_COMPRESSION.jpeg,
    png: FINGER_COMPRESSION.png,
  },
  iris: { jp2: IRIS_FORMAT.monoJpeg2000, jpeg: IRIS_FORMAT.monoJpeg, png: IRIS_FORMAT.monoPng },
  face: { jp2: FACE_DATA_TYPE.jpeg2000, jpeg: FACE_DATA_TYPE.jpeg, png: FACE_DATA_TYPE.png },
};

/**
 * Samples of one kind from a folder: ISO records (`.iso`) or images (`.jp2`, `.jpg`, `.png`, `.wsq`), named
 * by position as in `Left_Index.iso`, `right-iris.jp2`, `01-finger.iso`, `face.jpg`. Other files are left alone.
 *
 * @throws MdsError `RECORD_MALFORMED`, `IMAGE_MALFORMED`; `KEY_INVALID` when the folder has none of the kind.
 */
export const readSamples = async (
  folder: string,
  modality: Modality,
  time: Date,
  quality = 90,
): Promise<readonly FixedSample[]> => {
  const names = (await readdir(folder))
    .filter((name) => ENDING.test(name) && kindOf(name) === modality)
    .sort();
  const samples: FixedSample[] = [];
  for (const name of names) {
    const bytes = new Uint8Array(await readFile(join(folder, name)));
    const subType = parseBioSubType(stemOf(name)) ?? "unknown";
    samples.push({ subType, quality, ...sampleOf(bytes, modality, subType, { time, quality }) });
  }
  if (samples.length === 0) {
    throw new MdsError("KEY_INVALID", `expected images of kind ${modality} in the folder`);
  }
  return samples;
};

const sampleOf = (
  bytes: Uint8Array,
  modality: Modality,
  subType: FixedSample["subType"],
  facts: { readonly time: Date; readonly quality: number },
): { readonly record: Uint8Array; readonly image: Uint8Array } => {
  if (bytes[3] === 0 && bytes[7] === 0) {
    decodeRecord(bytes);
    return { record: bytes, image: imagesOf(bytes, modality)[0]?.image ?? bytes };
  }
  const header = readImageHeader(bytes);
  const coding = CODINGS[modality][header.format];
  if (coding === undefined) {
    throw new MdsError("IMAGE_MALFORMED", `expected no ${header.format} for kind ${modality}`);
  }
  const image: RecordImage = { bytes, width: header.width, height: header.height, coding };
  switch (modality) {
    case "finger":
      return { image: bytes, record: makeFingerRecord(subType, image, facts) };
    case "iris":
      return { image: bytes, record: makeIrisRecord(subType, image, facts, 0, "K7") };
    case "face": {
      const components = header.components === 1 ? 1 : 3;
      return { image: bytes, record: makeFaceRecord({ ...image, components }, facts) };
    }
  }
};
