import { MdsError } from "../errors.js";
import type { Modality } from "../vocabulary/modality.js";
import { FaceImageRecord } from "./face-image.js";
import { FingerImageRecord } from "./finger-image.js";
import { MinutiaeRecord } from "./finger-minutiae.js";
import { MinutiaeRecord2005 } from "./finger-minutiae-2005.js";
import { IrisImageRecord } from "./iris-image.js";
import { type ImageHeader, readImageHeader } from "./jp2.js";

/** Any record that a captured value can be, by what it begins with. */
export type BiometricRecord =
  | { readonly kind: "finger-image"; readonly record: FingerImageRecord }
  | { readonly kind: "iris-image"; readonly record: IrisImageRecord }
  | { readonly kind: "face-image"; readonly record: FaceImageRecord }
  | { readonly kind: "minutiae"; readonly record: MinutiaeRecord }
  | { readonly kind: "minutiae-2005"; readonly record: MinutiaeRecord2005 };

/**
 * Reads a record of ISO/IEC 19794-2 (2005, 2011), -4, -5 or -6 (2011).
 *
 * @throws MdsError `RECORD_MALFORMED`, also for other formats and editions.
 */
export const decodeRecord = (bytes: Uint8Array): BiometricRecord => {
  const magic = String.fromCharCode(...bytes.subarray(0, 8));
  switch (magic) {
    case "FIR\x00020\x00":
      return { kind: "finger-image", record: FingerImageRecord.decode(bytes) };
    case "IIR\x00020\x00":
      return { kind: "iris-image", record: IrisImageRecord.decode(bytes) };
    case "FAC\x00030\x00":
      return { kind: "face-image", record: FaceImageRecord.decode(bytes) };
    case "FMR\x00030\x00":
      return { kind: "minutiae", record: MinutiaeRecord.decode(bytes) };
    case "FMR\x00 20\x00":
      return { kind: "minutiae-2005", record: MinutiaeRecord2005.decode(bytes) };
    default:
      throw new MdsError(
        "RECORD_MALFORMED",
        "expected a record of ISO/IEC 19794-2, -4, -5 or -6, found another beginning",
        { offset: 0 },
      );
  }
};

/** An image inside a captured value, and what the record round it says of it. */
export interface ValueImage {
  readonly modality: Modality;
  readonly image: Uint8Array;
  /** Size that the record states; absent for a bare image. */
  readonly stated?: { readonly width: number; readonly height: number; readonly bitDepth: number };
  readonly header: ImageHeader;
}

/**
 * The images of a captured value: of a record, or the value itself where a version sends bare images.
 *
 * @throws MdsError `RECORD_MALFORMED`, `IMAGE_MALFORMED`.
 */
export const imagesOf = (value: Uint8Array, modality: Modality): readonly ValueImage[] => {
  if (value[3] !== 0) {
    return [{ modality, image: value, header: readImageHeader(value) }];
  }
  const { kind, record } = decodeRecord(value);
  if (kind === "minutiae" || kind === "minutiae-2005") {
    return [];
  }
  return record.representations.map((representation) => ({
    modality: kind === "finger-image" ? "finger" : kind === "iris-image" ? "iris" : "face",
    image: representation.image,
    stated: {
      width: representation.width,
      height: representation.height,
      bitDepth: "bitDepth" in representation ? representation.bitDepth : 8,
    },
    header: readImageHeader(representation.image),
  }));
};
