import { MdsError } from "../errors.js";

/** Reads big-endian fields one after the other, as every ISO/IEC 19794 record has them. */
export interface RecordReader {
  readonly offset: number;
  readonly rest: number;
  u8(what: string): number;
  u16(what: string): number;
  u32(what: string): number;
  bytes(length: number, what: string): Uint8Array;
}

export const recordReader = (bytes: Uint8Array): RecordReader => {
  let offset = 0;
  const take = (length: number, what: string): Uint8Array => {
    if (length > bytes.length - offset) {
      throw new MdsError(
        "RECORD_MALFORMED",
        `expected ${length} bytes of ${what}, found ${bytes.length - offset}, at offset ${offset}`,
        { offset },
      );
    }
    const part = bytes.subarray(offset, offset + length);
    offset += length;
    return part;
  };
  const number = (length: number, what: string): number =>
    take(length, what).reduce((value, byte) => value * 256 + byte, 0);
  return {
    get offset() {
      return offset;
    },
    get rest() {
      return bytes.length - offset;
    },
    u8: (what) => number(1, what),
    u16: (what) => number(2, what),
    u32: (what) => number(4, what),
    bytes: take,
  };
};

/** Writes big-endian fields one after the other. */
export interface RecordWriter {
  u8(value: number, what: string): RecordWriter;
  u16(value: number, what: string): RecordWriter;
  u32(value: number, what: string): RecordWriter;
  bytes(value: Uint8Array): RecordWriter;
  done(): Uint8Array;
}

export const recordWriter = (): RecordWriter => {
  const parts: Uint8Array[] = [];
  const number = (length: number) => (value: number, what: string) => {
    if (!Number.isInteger(value) || value < 0 || value >= 256 ** length) {
      throw new MdsError(
        "RECORD_UNENCODABLE",
        `expected ${what} in ${length} bytes, found another value`,
      );
    }
    const bytes = new Uint8Array(length);
    for (let i = length - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256)) {
      bytes[i] = rest % 256;
    }
    parts.push(bytes);
    return writer;
  };
  const writer: RecordWriter = {
    u8: number(1),
    u16: number(2),
    u32: number(4),
    bytes: (value) => {
      parts.push(value);
      return writer;
    },
    done: () => {
      const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
      let offset = 0;
      for (const part of parts) {
        whole.set(part, offset);
        offset += part.length;
      }
      return whole;
    },
  };
  return writer;
};

/** Refuses a value for which the layout has another one. */
export const expectField = (found: number, expected: number, what: string): void => {
  if (found !== expected) {
    throw new MdsError("RECORD_MALFORMED", `expected ${what} to be ${expected}, found ${found}`);
  }
};
