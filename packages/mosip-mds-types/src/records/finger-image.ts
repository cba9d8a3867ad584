import type { Codec } from "../codec.js";
import type { Finger } from "../vocabulary/bio-sub-type.js";
import {
  type CaptureHeader,
  closeRecord,
  openRecord,
  readCaptureHeader,
  readRepresentations,
  writeCaptureHeader,
  writeRepresentation,
} from "./common.js";
import { type RecordReader, recordWriter } from "./reader.js";

/**
 * Finger image record, ISO/IEC 19794-4:2011.
 *
 * ```
 * general header   FIR\0 020\0, length 4, representations 2, certification flag 1, distinct positions 1
 * representation   length 4, capture header, position 1, number 1, scale units 1,
 *                  capture rate 2+2, image rate 2+2, depth 1, compression 1, impression 1,
 *                  width 2, height 2, image length 4, image, extended data (kept as it is)
 * ```
 */
export interface FingerImageRecord {
  readonly certified: boolean;
  /** How many different positions the record has. */
  readonly positions: number;
  readonly representations: readonly FingerImage[];
}

export interface FingerImage {
  readonly capture: CaptureHeader;
  /** Table of finger positions, see {@link FINGER_POSITIONS}. */
  readonly position: number;
  readonly number: number;
  /** 1 pixels an inch, 2 pixels a centimetre. */
  readonly scaleUnits: number;
  readonly captureRate: SamplingRate;
  readonly imageRate: SamplingRate;
  readonly bitDepth: number;
  readonly compression: number;
  readonly impression: number;
  readonly width: number;
  readonly height: number;
  readonly image: Uint8Array;
  /** Segmentation, annotation and comment blocks, as they are. */
  readonly extended: Uint8Array;
}

export interface SamplingRate {
  readonly horizontal: number;
  readonly vertical: number;
}

export const FINGER_COMPRESSION = {
  none: 0,
  packed: 1,
  wsq: 2,
  jpeg: 3,
  jpeg2000Lossy: 4,
  jpeg2000: 5,
  png: 6,
} as const;

/** Position codes of single fingers. */
export const FINGER_POSITIONS: Readonly<Record<Finger, number>> = {
  "right-thumb": 1,
  "right-index": 2,
  "right-middle": 3,
  "right-ring": 4,
  "right-little": 5,
  "left-thumb": 6,
  "left-index": 7,
  "left-middle": 8,
  "left-ring": 9,
  "left-little": 10,
};

const MAGIC = { format: "FIR", version: "020" } as const;

const readImage = (reader: RecordReader, certified: boolean): FingerImage => ({
  capture: readCaptureHeader(reader, certified),
  position: reader.u8("the position"),
  number: reader.u8("the representation number"),
  scaleUnits: reader.u8("the scale units"),
  captureRate: readRate(reader),
  imageRate: readRate(reader),
  bitDepth: reader.u8("the bit depth"),
  compression: reader.u8("the compression"),
  impression: reader.u8("the impression"),
  width: reader.u16("the width"),
  height: reader.u16("the height"),
  image: reader.bytes(reader.u32("the image length"), "the image"),
  extended: reader.bytes(reader.rest, "extended data"),
});

const readRate = (reader: RecordReader): SamplingRate => ({
  horizontal: reader.u16("a sampling rate"),
  vertical: reader.u16("a sampling rate"),
});

const writeImage = (image: FingerImage, certified: boolean): Uint8Array => {
  const writer = recordWriter();
  writeCaptureHeader(writer, image.capture, certified);
  return writer
    .u8(image.position, "the position")
    .u8(image.number, "the representation number")
    .u8(image.scaleUnits, "the scale units")
    .u16(image.captureRate.horizontal, "a sampling rate")
    .u16(image.captureRate.vertical, "a sampling rate")
    .u16(image.imageRate.horizontal, "a sampling rate")
    .u16(image.imageRate.vertical, "a sampling rate")
    .u8(image.bitDepth, "the bit depth")
    .u8(image.compression, "the compression")
    .u8(image.impression, "the impression")
    .u16(image.width, "the width")
    .u16(image.height, "the height")
    .u32(image.image.length, "the image length")
    .bytes(image.image)
    .bytes(image.extended)
    .done();
};

/** @throws MdsError `RECORD_MALFORMED`, `RECORD_UNENCODABLE`. */
export const FingerImageRecord: Codec<FingerImageRecord> = {
  name: "finger image record",
  decode: (bytes) => {
    const reader = openRecord(bytes, MAGIC);
    const count = reader.u16("the number of representations");
    const certified = reader.u8("the certification flag") === 1;
    const positions = reader.u8("the number of positions");
    return {
      certified,
      positions,
      representations: readRepresentations(reader, count, (inside) => readImage(inside, certified)),
    };
  },
  encode: ({ certified, positions, representations }) => {
    const writer = recordWriter()
      .u16(representations.length, "the number of representations")
      .u8(certified ? 1 : 0, "the certification flag")
      .u8(positions, "the number of positions");
    for (const image of representations) {
      writer.bytes(writeRepresentation(writeImage(image, certified)));
    }
    return closeRecord(MAGIC, writer.done());
  },
};
