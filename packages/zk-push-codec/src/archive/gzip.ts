import { concatBytes } from "../bytes.js";
import { crc32 } from "../crc32.js";
import { ZkPushError } from "../errors.js";
import { inflate } from "./inflate.js";

/** gzip (RFC 1952), one member. */
const malformed = (what: string): ZkPushError =>
  new ZkPushError("ARCHIVE_MALFORMED", `expected ${what} in a gzip stream`);

const RESERVED = 0xe0;
const HEADER_CRC = 2;
const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;

/**
 * Unpacks one gzip member that is the whole input.
 *
 * @throws ZkPushError `ARCHIVE_MALFORMED`, or `LIMIT_EXCEEDED` past `limit` bytes.
 */
export const gunzip = (bytes: Uint8Array, limit: number): Uint8Array => {
  if (bytes.length < 18 || bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) {
    throw malformed("1f 8b 08 at the start");
  }
  const flags = bytes[3]!;
  if (flags & RESERVED) throw malformed("no reserved flags");
  let offset = 10;
  if (flags & EXTRA) offset += 2 + (bytes[offset]! | (bytes[offset + 1]! << 8));
  for (const text of [NAME, COMMENT]) {
    if (flags & text) {
      const end = bytes.indexOf(0, offset);
      if (end < 0) throw malformed("a NUL after a name");
      offset = end + 1;
    }
  }
  if (flags & HEADER_CRC) offset += 2;
  const unpacked = inflate(bytes, offset, limit);
  if (unpacked.end + 8 !== bytes.length) throw malformed("a trailer and the end");
  const view = new DataView(bytes.buffer, bytes.byteOffset + unpacked.end, 8);
  if (view.getUint32(0, true) !== crc32(unpacked.bytes)) throw malformed("its checksum");
  if (view.getUint32(4, true) !== unpacked.bytes.length) throw malformed("its length");
  return unpacked.bytes;
};

const LONGEST_STORED = 0xffff;

/**
 * Packs bytes without making them smaller: every reader of gzip takes stored blocks. A platform's
 * own compressor can be used instead wherever a package is built.
 */
export const gzipStored = (bytes: Uint8Array): Uint8Array => {
  const parts: Uint8Array[] = [Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3)];
  for (let start = 0; start === 0 || start < bytes.length; start += LONGEST_STORED) {
    const block = bytes.subarray(start, start + LONGEST_STORED);
    const last = start + LONGEST_STORED >= bytes.length ? 1 : 0;
    const { length } = block;
    const inverse = length ^ 0xffff;
    parts.push(
      Uint8Array.of(last, length & 0xff, length >> 8, inverse & 0xff, inverse >> 8),
      block,
    );
  }
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, crc32(bytes), true);
  trailer.setUint32(4, bytes.length, true);
  return concatBytes(...parts, new Uint8Array(trailer.buffer));
};
