import { concatBytes } from "../bytes.js";
import type { Pixels } from "./pixels.js";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** Grey, RGB, RGB with alpha (PNG, 11.2.1). */
const COLOUR_TYPE = { 1: 0, 3: 2, 4: 6 } as const;

/**
 * Writes pixels as PNG, stored and not compressed: a page that shows one portrait needs no smaller, and
 * this needs no library.
 */
export const encodePng = ({ width, height, channels, data }: Pixels): Uint8Array<ArrayBuffer> => {
  const stride = width * channels;
  const rows = new Uint8Array(height * (stride + 1));
  for (let y = 0; y < height; y++) {
    // Each row begins with its filter: 0, none.
    rows.set(data.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  }
  const header = concatBytes(
    uint32(width),
    uint32(height),
    Uint8Array.of(8, COLOUR_TYPE[channels], 0, 0, 0),
  );
  return concatBytes(
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", storedZlib(rows)),
    chunk("IEND", new Uint8Array()),
  );
};

const uint32 = (value: number): Uint8Array =>
  Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);

const chunk = (type: string, content: Uint8Array): Uint8Array => {
  const body = concatBytes(new TextEncoder().encode(type), content);
  return concatBytes(uint32(content.length), body, uint32(crc32(body)));
};

const STORED_MAX = 0xffff;

/** A zlib stream of stored blocks (RFC 1950; RFC 1951, 3.2.4). */
const storedZlib = (data: Uint8Array): Uint8Array => {
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x01)];
  for (let at = 0; at < data.length; at += STORED_MAX) {
    const block = data.subarray(at, at + STORED_MAX);
    const final = at + STORED_MAX >= data.length ? 1 : 0;
    const { length } = block;
    const header = [final, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff];
    parts.push(Uint8Array.from(header), block);
  }
  return concatBytes(...parts, uint32(adler32(data)));
};

const adler32 = (data: Uint8Array): number => {
  let [a, b] = [1, 0];
  for (const byte of data) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return ((b << 16) | a) >>> 0;
};

const CRC_TABLE = /* @__PURE__ */ Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  return value;
});

const crc32 = (data: Uint8Array): number => {
  let value = 0xffffffff;
  for (const byte of data) value = (value >>> 8) ^ CRC_TABLE[(value ^ byte) & 0xff]!;
  return ~value >>> 0;
};
