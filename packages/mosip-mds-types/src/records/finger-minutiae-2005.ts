import type { Codec } from "../codec.js";
import { MdsError } from "../errors.js";
import { closeRecord, openRecord } from "./common.js";
import {
  type ExtendedBlock,
  type Minutia,
  readExtended,
  readMinutia,
  writeExtended,
  writeMinutia,
} from "./finger-minutiae.js";
import { recordWriter } from "./reader.js";

/**
 * Finger minutiae record, ISO/IEC 19794-2:2005: the edition that most extractors still write.
 *
 * ```
 * header   FMR\0 " 20"\0, length 4, certification (4 bits) and device type (12), width 2, height 2,
 *          pixels a centimetre 2+2, views 1, reserved 1
 * view     position 1, view number and impression 1 (4 bits each), quality 1, minutiae 1,
 *          6 for each minutia, extended length 2, extended blocks
 * ```
 */
export interface MinutiaeRecord2005 {
  readonly certification: number;
  readonly deviceType: number;
  readonly width: number;
  readonly height: number;
  readonly imageRate: { readonly x: number; readonly y: number };
  readonly views: readonly FingerView[];
}

export interface FingerView {
  readonly position: number;
  readonly number: number;
  readonly impression: number;
  readonly quality: number;
  readonly minutiae: readonly (Minutia & { readonly quality: number })[];
  readonly extended: readonly ExtendedBlock[];
}

const MAGIC = { format: "FMR", version: " 20" } as const;

/** @throws MdsError `RECORD_MALFORMED`, `RECORD_UNENCODABLE`. */
export const MinutiaeRecord2005: Codec<MinutiaeRecord2005> = {
  name: "finger minutiae record of 2005",
  decode: (bytes) => {
    const reader = openRecord(bytes, MAGIC);
    const device = reader.u16("certification and device type");
    const head = {
      certification: device >> 12,
      deviceType: device & 0x0fff,
      width: reader.u16("the width"),
      height: reader.u16("the height"),
      imageRate: { x: reader.u16("a sampling rate"), y: reader.u16("a sampling rate") },
    };
    const count = reader.u8("the number of views");
    if (reader.u8("the reserved byte") !== 0) {
      throw new MdsError("RECORD_MALFORMED", "expected the reserved byte to be zero");
    }
    const views = Array.from({ length: count }, (): FingerView => {
      const position = reader.u8("the position");
      const form = reader.u8("view number and impression");
      const quality = reader.u8("the quality");
      const minutiae = Array.from({ length: reader.u8("the number of minutiae") }, () => {
        const minutia = readMinutia(reader, true);
        return { ...minutia, quality: minutia.quality ?? 0 };
      });
      return {
        position,
        number: form >> 4,
        impression: form & 0x0f,
        quality,
        minutiae,
        extended: readExtended(reader, 0),
      };
    });
    if (reader.rest > 0) {
      throw new MdsError("RECORD_MALFORMED", `expected the end, found ${reader.rest} bytes more`);
    }
    return { ...head, views };
  },
  encode: (record) => {
    const { certification, deviceType, views } = record;
    if (certification > 15 || deviceType > 0x0fff) {
      throw new MdsError("RECORD_UNENCODABLE", "expected certification and device type in 16 bits");
    }
    const writer = recordWriter()
      .u16((certification << 12) | deviceType, "certification and device type")
      .u16(record.width, "the width")
      .u16(record.height, "the height")
      .u16(record.imageRate.x, "a sampling rate")
      .u16(record.imageRate.y, "a sampling rate")
      .u8(views.length, "the number of views")
      .u8(0, "the reserved byte");
    for (const view of views) {
      if (view.number > 15 || view.impression > 15) {
        throw new MdsError("RECORD_UNENCODABLE", "expected view number and impression in 4 bits");
      }
      writer
        .u8(view.position, "the position")
        .u8((view.number << 4) | view.impression, "view number and impression")
        .u8(view.quality, "the quality")
        .u8(view.minutiae.length, "the number of minutiae");
      for (const minutia of view.minutiae) {
        writer.bytes(writeMinutia(minutia, true));
      }
      writer.bytes(writeExtended(view.extended, 0));
    }
    return closeRecord(MAGIC, writer.done());
  },
};
