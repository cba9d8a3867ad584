import { utf8 } from "../bytes.js";
import { MdsError } from "../errors.js";
import { type RecordReader, type RecordWriter, recordReader, recordWriter } from "./reader.js";

/** Longest record that is read, in bytes. */
export const MAX_RECORD_LENGTH = 16 * 1024 * 1024;

/** When a sample was taken, in UTC. ISO/IEC 19794-1:2011; a field of all ones is unknown. */
export interface CaptureTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** The fields of an instant. */
export const captureTimeOf = (time: Date): CaptureTime => ({
  year: time.getUTCFullYear(),
  month: time.getUTCMonth() + 1,
  day: time.getUTCDate(),
  hour: time.getUTCHours(),
  minute: time.getUTCMinutes(),
  second: time.getUTCSeconds(),
  millisecond: time.getUTCMilliseconds(),
});

/** One quality score: 0 to 100, 254 not supported, 255 failed to compute. */
export interface QualityBlock {
  readonly score: number;
  readonly algorithmVendor: number;
  readonly algorithm: number;
}

/** By whom and to what scheme the capture device was certified. */
export interface CertificationBlock {
  readonly authority: number;
  readonly scheme: number;
}

/** What the representations of every modality begin with. ISO/IEC 19794-1:2011. */
export interface CaptureHeader {
  readonly captured: CaptureTime;
  readonly technology: number;
  readonly vendor: number;
  readonly deviceType: number;
  readonly quality: readonly QualityBlock[];
  /** Only in records whose header says so. */
  readonly certification?: readonly CertificationBlock[];
}

export const readCaptureHeader = (reader: RecordReader, certified: boolean): CaptureHeader => {
  const captured: CaptureTime = {
    year: reader.u16("the year"),
    month: reader.u8("the month"),
    day: reader.u8("the day"),
    hour: reader.u8("the hour"),
    minute: reader.u8("the minute"),
    second: reader.u8("the second"),
    millisecond: reader.u16("the millisecond"),
  };
  const technology = reader.u8("the capture technology");
  const vendor = reader.u16("the device vendor");
  const deviceType = reader.u16("the device type");
  const quality = Array.from({ length: reader.u8("the number of quality blocks") }, () => ({
    score: reader.u8("a quality score"),
    algorithmVendor: reader.u16("a quality vendor"),
    algorithm: reader.u16("a quality algorithm"),
  }));
  return {
    captured,
    technology,
    vendor,
    deviceType,
    quality,
    ...(certified
      ? {
          certification: Array.from(
            { length: reader.u8("the number of certification blocks") },
            () => ({
              authority: reader.u16("a certification authority"),
              scheme: reader.u8("a certification scheme"),
            }),
          ),
        }
      : {}),
  };
};

export const writeCaptureHeader = (
  writer: RecordWriter,
  header: CaptureHeader,
  certified: boolean,
): void => {
  const { captured, quality, certification = [] } = header;
  writer
    .u16(captured.year, "the year")
    .u8(captured.month, "the month")
    .u8(captured.day, "the day")
    .u8(captured.hour, "the hour")
    .u8(captured.minute, "the minute")
    .u8(captured.second, "the second")
    .u16(captured.millisecond, "the millisecond")
    .u8(header.technology, "the capture technology")
    .u16(header.vendor, "the device vendor")
    .u16(header.deviceType, "the device type")
    .u8(quality.length, "the number of quality blocks");
  for (const block of quality) {
    writer
      .u8(block.score, "a quality score")
      .u16(block.algorithmVendor, "a quality vendor")
      .u16(block.algorithm, "a quality algorithm");
  }
  if (!certified) {
    if (certification.length > 0) {
      throw new MdsError(
        "RECORD_UNENCODABLE",
        "expected no certification blocks in a record that is not certified",
      );
    }
    return;
  }
  writer.u8(certification.length, "the number of certification blocks");
  for (const block of certification) {
    writer
      .u16(block.authority, "a certification authority")
      .u8(block.scheme, "a certification scheme");
  }
};

/** Format and version at the front of a record, e.g. `FIR` and `020`, each ended by a zero byte. */
export interface RecordMagic {
  readonly format: string;
  readonly version: string;
}

const magicBytes = ({ format, version }: RecordMagic): Uint8Array =>
  utf8(`${format}\0${version}\0`);

/** A reader behind the magic and the length of a record. @throws MdsError `RECORD_MALFORMED`. */
export const openRecord = (bytes: Uint8Array, magic: RecordMagic): RecordReader => {
  if (bytes.length > MAX_RECORD_LENGTH) {
    throw new MdsError(
      "RECORD_MALFORMED",
      `expected at most ${MAX_RECORD_LENGTH} bytes, found ${bytes.length}`,
    );
  }
  const reader = recordReader(bytes);
  const found = reader.bytes(8, "format and version");
  if (!magicBytes(magic).every((byte, index) => byte === found[index])) {
    throw new MdsError(
      "RECORD_MALFORMED",
      `expected format ${magic.format} and version ${magic.version}, found others`,
      { offset: 0 },
    );
  }
  const length = reader.u32("the record length");
  if (length !== bytes.length) {
    throw new MdsError(
      "RECORD_MALFORMED",
      `expected a record of ${length} bytes, found ${bytes.length}, at offset 8`,
      { offset: 8 },
    );
  }
  return reader;
};

/** A record from what stands behind its length. */
export const closeRecord = (magic: RecordMagic, body: Uint8Array): Uint8Array =>
  recordWriter()
    .bytes(magicBytes(magic))
    .u32(12 + body.length, "the record length")
    .bytes(body)
    .done();

/** The representations of a record, each in a reader that ends where its length says. */
export const readRepresentations = <T>(
  reader: RecordReader,
  count: number,
  read: (reader: RecordReader) => T,
): readonly T[] => {
  const found: T[] = [];
  for (let i = 0; i < count; i++) {
    const length = reader.u32("the representation length");
    if (length < 4) {
      throw new MdsError("RECORD_MALFORMED", `expected a representation, found length ${length}`);
    }
    const inside = recordReader(reader.bytes(length - 4, "a representation"));
    found.push(read(inside));
    if (inside.rest > 0) {
      throw new MdsError(
        "RECORD_MALFORMED",
        `expected the end of a representation, found ${inside.rest} bytes more`,
      );
    }
  }
  if (reader.rest > 0) {
    throw new MdsError(
      "RECORD_MALFORMED",
      `expected ${count} representations, found ${reader.rest} bytes more`,
    );
  }
  return found;
};

/** A representation with its length in front. */
export const writeRepresentation = (body: Uint8Array): Uint8Array =>
  recordWriter()
    .u32(4 + body.length, "the representation length")
    .bytes(body)
    .done();
