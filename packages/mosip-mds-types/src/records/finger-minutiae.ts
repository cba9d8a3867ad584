import type { Codec } from "../codec.js";
import { MdsError } from "../errors.js";
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

/** A ridge ending or bifurcation. */
export interface Minutia {
  /** 0 other, 1 ridge ending, 2 ridge bifurcation. */
  readonly type: number;
  /** Pixels from the left and from the top, below 16384. */
  readonly x: number;
  readonly y: number;
  /** 256ths of a turn, counter-clockwise from the right. */
  readonly angle: number;
  /** 0 to 100; absent in fields of five bytes. */
  readonly quality?: number;
}

/** A block behind the minutiae: ridge counts, cores and deltas, zonal quality, or the vendor's own. */
export interface ExtendedBlock {
  readonly type: number;
  readonly data: Uint8Array;
}

/**
 * Finger minutiae record, ISO/IEC 19794-2:2011.
 *
 * ```
 * general header   FMR\0 030\0, length 4, representations 2, certification flag 1
 * representation   length 4, capture header, position 1, number 1, image rate 2+2, impression 1,
 *                  width 2, height 2, field length and ending type 1 (4 bits each), minutiae 1,
 *                  5 or 6 for each minutia, extended length 2, extended blocks (type 2, length 2, data)
 * minutia          type (2 bits) and x (14), y (2 reserved bits and 14), angle 1, quality 0 or 1
 * ```
 */
export interface MinutiaeRecord {
  readonly certified: boolean;
  readonly representations: readonly FingerMinutiae[];
}

export interface FingerMinutiae {
  readonly capture: CaptureHeader;
  readonly position: number;
  readonly number: number;
  /** Pixels a centimetre: 197 is 500 an inch. */
  readonly imageRate: { readonly x: number; readonly y: number };
  readonly impression: number;
  readonly width: number;
  readonly height: number;
  readonly endingType: number;
  readonly minutiae: readonly Minutia[];
  readonly extended: readonly ExtendedBlock[];
}

const MAGIC = { format: "FMR", version: "030" } as const;
/** Fourteen bits. */
const MAX_COORDINATE = 0x3fff;

export const readMinutia = (reader: RecordReader, withQuality: boolean): Minutia => {
  const first = reader.u16("a minutia");
  const second = reader.u16("a minutia");
  if (second > MAX_COORDINATE) {
    throw new MdsError("RECORD_MALFORMED", "expected reserved bits of a minutia to be zero");
  }
  return {
    type: first >> 14,
    x: first & MAX_COORDINATE,
    y: second,
    angle: reader.u8("an angle"),
    ...(withQuality ? { quality: reader.u8("a quality") } : {}),
  };
};

export const writeMinutia = (minutia: Minutia, withQuality: boolean): Uint8Array => {
  const { type, x, y } = minutia;
  if (type > 3 || x > MAX_COORDINATE || y > MAX_COORDINATE) {
    throw new MdsError("RECORD_UNENCODABLE", "expected a minutia within 14 bits, found another");
  }
  const writer = recordWriter()
    .u16((type << 14) | x, "a minutia")
    .u16(y, "a minutia")
    .u8(minutia.angle, "an angle");
  return (withQuality ? writer.u8(minutia.quality ?? 254, "a quality") : writer).done();
};

/** @param counted bytes of type and length that the length of a block counts: 4 in 2011, 0 in 2005. */
export const readExtended = (reader: RecordReader, counted: 0 | 4): readonly ExtendedBlock[] => {
  const total = reader.u16("the extended length");
  const end = reader.offset + total;
  const blocks: ExtendedBlock[] = [];
  while (reader.offset < end) {
    const type = reader.u16("an extended type");
    const length = reader.u16("an extended length");
    if (length < counted || reader.offset + length - counted > end) {
      throw new MdsError("RECORD_MALFORMED", "expected extended blocks within their length");
    }
    blocks.push({ type, data: reader.bytes(length - counted, "an extended block") });
  }
  return blocks;
};

export const writeExtended = (blocks: readonly ExtendedBlock[], counted: 0 | 4): Uint8Array => {
  const inside = recordWriter();
  for (const { type, data } of blocks) {
    inside
      .u16(type, "an extended type")
      .u16(counted + data.length, "an extended length")
      .bytes(data);
  }
  const bytes = inside.done();
  return recordWriter().u16(bytes.length, "the extended length").bytes(bytes).done();
};

const readFinger = (reader: RecordReader, certified: boolean): FingerMinutiae => {
  const capture = readCaptureHeader(reader, certified);
  const head = {
    position: reader.u8("the position"),
    number: reader.u8("the representation number"),
    imageRate: { x: reader.u16("a sampling rate"), y: reader.u16("a sampling rate") },
    impression: reader.u8("the impression"),
    width: reader.u16("the width"),
    height: reader.u16("the height"),
  };
  const form = reader.u8("the field length");
  const fieldLength = form >> 4;
  if (fieldLength !== 5 && fieldLength !== 6) {
    throw new MdsError(
      "RECORD_MALFORMED",
      `expected minutiae of 5 or 6 bytes, found ${fieldLength}`,
    );
  }
  const minutiae = Array.from({ length: reader.u8("the number of minutiae") }, () =>
    readMinutia(reader, fieldLength === 6),
  );
  return { capture, ...head, endingType: form & 0x0f, minutiae, extended: readExtended(reader, 4) };
};

const writeFinger = (finger: FingerMinutiae, certified: boolean): Uint8Array => {
  const withQuality = finger.minutiae.some(({ quality }) => quality !== undefined);
  const writer = recordWriter();
  writeCaptureHeader(writer, finger.capture, certified);
  writer
    .u8(finger.position, "the position")
    .u8(finger.number, "the representation number")
    .u16(finger.imageRate.x, "a sampling rate")
    .u16(finger.imageRate.y, "a sampling rate")
    .u8(finger.impression, "the impression")
    .u16(finger.width, "the width")
    .u16(finger.height, "the height")
    .u8(((withQuality ? 6 : 5) << 4) | finger.endingType, "the field length")
    .u8(finger.minutiae.length, "the number of minutiae");
  for (const minutia of finger.minutiae) {
    writer.bytes(writeMinutia(minutia, withQuality));
  }
  return writer.bytes(writeExtended(finger.extended, 4)).done();
};

/** @throws MdsError `RECORD_MALFORMED`, `RECORD_UNENCODABLE`. */
export const MinutiaeRecord: Codec<MinutiaeRecord> = {
  name: "finger minutiae record",
  decode: (bytes) => {
    const reader = openRecord(bytes, MAGIC);
    const count = reader.u16("the number of representations");
    const certified = reader.u8("the certification flag") === 1;
    return {
      certified,
      representations: readRepresentations(reader, count, (inside) =>
        readFinger(inside, certified),
      ),
    };
  },
  encode: ({ certified, representations }) => {
    const writer = recordWriter()
      .u16(representations.length, "the number of representations")
      .u8(certified ? 1 : 0, "the certification flag");
    for (const finger of representations) {
      writer.bytes(writeRepresentation(writeFinger(finger, certified)));
    }
    return closeRecord(MAGIC, writer.done());
  },
};
