import type { Codec } from "../codec.js";
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
 * Iris image record, ISO/IEC 19794-6:2011.
 *
 * ```
 * general header   IIR\0 020\0, length 4, representations 2, certification flag 1, eyes 1
 * representation   length 4, capture header, number 2, eye 1, image type 1, format 1, properties 1,
 *                  width 2, height 2, depth 1, range 2, roll 2, roll uncertainty 2,
 *                  centre x 2+2, centre y 2+2, diameter 2+2, image length 4, image
 * ```
 */
export interface IrisImageRecord {
  readonly certified: boolean;
  /** Eyes that the record has: 0 unknown, 1 or 2. */
  readonly eyes: number;
  readonly representations: readonly IrisImage[];
}

export interface IrisImage {
  readonly capture: CaptureHeader;
  readonly number: number;
  /** 0 unknown, 1 right, 2 left. */
  readonly eye: number;
  /** See {@link IRIS_IMAGE_TYPE}. */
  readonly imageType: number;
  /** See {@link IRIS_FORMAT}. */
  readonly format: number;
  /** Orientation (bits 1 to 4) and whether it was compressed before (bits 7 and 8). */
  readonly properties: number;
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  /** Distance to the eye in millimetres; 0 unassigned, 1 failed, 65535 overflow. */
  readonly range: number;
  /** In 360/65536 of a turn; 65535 undefined. */
  readonly roll: number;
  readonly rollUncertainty: number;
  readonly centre: {
    readonly smallestX: number;
    readonly largestX: number;
    readonly smallestY: number;
    readonly largestY: number;
  };
  readonly diameter: { readonly smallest: number; readonly largest: number };
  readonly image: Uint8Array;
}

/** K3 is cropped, K7 cropped and masked: what registration and authentication want. */
export const IRIS_IMAGE_TYPE = { uncropped: 1, vga: 2, cropped: 3, croppedAndMasked: 7 } as const;

export const IRIS_FORMAT = {
  monoRaw: 0x02,
  rgbRaw: 0x04,
  monoJpeg: 0x06,
  rgbJpeg: 0x08,
  monoJpeg2000: 0x0a,
  rgbJpeg2000: 0x0c,
  monoPng: 0x0e,
  rgbPng: 0x10,
} as const;

/** Value of roll and its uncertainty when they are not known. */
export const ROLL_UNDEFINED = 0xffff;

const MAGIC = { format: "IIR", version: "020" } as const;

const readImage = (reader: RecordReader, certified: boolean): IrisImage => ({
  capture: readCaptureHeader(reader, certified),
  number: reader.u16("the representation number"),
  eye: reader.u8("the eye"),
  imageType: reader.u8("the image type"),
  format: reader.u8("the image format"),
  properties: reader.u8("the image properties"),
  width: reader.u16("the width"),
  height: reader.u16("the height"),
  bitDepth: reader.u8("the bit depth"),
  range: reader.u16("the range"),
  roll: reader.u16("the roll angle"),
  rollUncertainty: reader.u16("the roll uncertainty"),
  centre: {
    smallestX: reader.u16("the centre"),
    largestX: reader.u16("the centre"),
    smallestY: reader.u16("the centre"),
    largestY: reader.u16("the centre"),
  },
  diameter: { smallest: reader.u16("the diameter"), largest: reader.u16("the diameter") },
  image: reader.bytes(reader.u32("the image length"), "the image"),
});

const writeImage = (image: IrisImage, certified: boolean): Uint8Array => {
  const writer = recordWriter();
  writeCaptureHeader(writer, image.capture, certified);
  return writer
    .u16(image.number, "the representation number")
    .u8(image.eye, "the eye")
    .u8(image.imageType, "the image type")
    .u8(image.format, "the image format")
    .u8(image.properties, "the image properties")
    .u16(image.width, "the width")
    .u16(image.height, "the height")
    .u8(image.bitDepth, "the bit depth")
    .u16(image.range, "the range")
    .u16(image.roll, "the roll angle")
    .u16(image.rollUncertainty, "the roll uncertainty")
    .u16(image.centre.smallestX, "the centre")
    .u16(image.centre.largestX, "the centre")
    .u16(image.centre.smallestY, "the centre")
    .u16(image.centre.largestY, "the centre")
    .u16(image.diameter.smallest, "the diameter")
    .u16(image.diameter.largest, "the diameter")
    .u32(image.image.length, "the image length")
    .bytes(image.image)
    .done();
};

/** @throws MdsError `RECORD_MALFORMED`, `RECORD_UNENCODABLE`. */
export const IrisImageRecord: Codec<IrisImageRecord> = {
  name: "iris image record",
  decode: (bytes) => {
    const reader = openRecord(bytes, MAGIC);
    const count = reader.u16("the number of representations");
    const certified = reader.u8("the certification flag") === 1;
    const eyes = reader.u8("the number of eyes");
    return {
      certified,
      eyes,
      representations: readRepresentations(reader, count, (inside) => readImage(inside, certified)),
    };
  },
  encode: ({ certified, eyes, representations }) => {
    const writer = recordWriter()
      .u16(representations.length, "the number of representations")
      .u8(certified ? 1 : 0, "the certification flag")
      .u8(eyes, "the number of eyes");
    for (const image of representations) {
      writer.bytes(writeRepresentation(writeImage(image, certified)));
    }
    return closeRecord(MAGIC, writer.done());
  },
};
