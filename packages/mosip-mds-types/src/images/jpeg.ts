import { checkGrey, type GreyImage } from "./grey-image.js";

/**
 * Baseline JPEG of a grey image (ISO/IEC 10918-1): what every browser and every client of a preview
 * stream can show. One component, the tables of annex K, no subsampling.
 *
 * @param quality 1 to 100.
 * @throws MdsError `IMAGE_UNENCODABLE`.
 */
export const encodeGreyJpeg = (image: GreyImage, quality = 75): Uint8Array => {
  checkGrey(image);
  const table = scaledTable(quality);
  const out = byteSink(image.pixels.length >> 2);
  out.segment(0xd8);
  out.segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
  out.segment(0xdb, [0, ...ZIGZAG.map((index) => table[index]!)]);
  const { width, height } = image;
  out.segment(0xc0, [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]);
  out.segment(0xc4, [0x00, ...DC_COUNTS, ...DC_SYMBOLS]);
  out.segment(0xc4, [0x10, ...AC_COUNTS, ...AC_SYMBOLS]);
  out.segment(0xda, [1, 1, 0, 0, 63, 0]);
  writeScan(image, table, out);
  out.segment(0xd9);
  return out.done();
};

const LUMINANCE: readonly number[] = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
  14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
  92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

/** Positions of a block in the order in which they are written: diagonal by diagonal. */
const ZIGZAG: readonly number[] = /* @__PURE__ */ Array.from(
  { length: 64 },
  (_, index) => index,
).sort((a, b) => {
  const [ax, ay, bx, by] = [a & 7, a >> 3, b & 7, b >> 3];
  const diagonal = ax + ay - (bx + by);
  return diagonal === 0 ? ((ax + ay) % 2 === 0 ? by - ay : ay - by) : diagonal;
});

const DC_COUNTS = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const DC_SYMBOLS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const AC_COUNTS = [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d];
const AC_SYMBOLS: readonly number[] = [
  0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07,
  0x22, 0x71, 0x14, 0x32, 0x81, 0x91, 0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52, 0xd1, 0xf0,
  0x24, 0x33, 0x62, 0x72, 0x82, 0x09, 0x0a, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x25, 0x26, 0x27, 0x28,
  0x29, 0x2a, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49,
  0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69,
  0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89,
  0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7,
  0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3, 0xc4, 0xc5,
  0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xe1, 0xe2,
  0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8,
  0xf9, 0xfa,
];

interface HuffmanCode {
  readonly code: number;
  readonly length: number;
}

/** Codes of a table from the number of codes of each length. */
const huffman = (counts: readonly number[], symbols: readonly number[]): readonly HuffmanCode[] => {
  const codes: HuffmanCode[] = [];
  let code = 0;
  let at = 0;
  counts.forEach((count, index) => {
    for (let i = 0; i < count; i++) {
      codes[symbols[at++]!] = { code: code++, length: index + 1 };
    }
    code <<= 1;
  });
  return codes;
};

const DC_CODES = /* @__PURE__ */ huffman(DC_COUNTS, DC_SYMBOLS);
const AC_CODES = /* @__PURE__ */ huffman(AC_COUNTS, AC_SYMBOLS);

const scaledTable = (quality: number): readonly number[] => {
  const bounded = Math.min(100, Math.max(1, quality));
  const scale = bounded < 50 ? 5000 / bounded : 200 - 2 * bounded;
  return LUMINANCE.map((step) => Math.min(255, Math.max(1, Math.floor((step * scale + 50) / 100))));
};

interface ByteSink {
  segment(marker: number, content?: readonly number[]): void;
  /** Bits of entropy-coded data, highest first; a byte FF gets a zero behind it. */
  bits(value: number, length: number): void;
  flush(): void;
  done(): Uint8Array;
}

const byteSink = (expected: number): ByteSink => {
  let bytes = new Uint8Array(Math.max(1024, expected));
  let length = 0;
  let pending = 0;
  let pendingLength = 0;
  const push = (byte: number): void => {
    if (length === bytes.length) {
      const larger = new Uint8Array(2 * bytes.length);
      larger.set(bytes);
      bytes = larger;
    }
    bytes[length++] = byte;
  };
  return {
    segment: (marker, content) => {
      push(0xff);
      push(marker);
      if (content !== undefined) {
        push((content.length + 2) >> 8);
        push((content.length + 2) & 255);
        content.forEach(push);
      }
    },
    bits: (value, count) => {
      pending = (pending << count) | value;
      pendingLength += count;
      while (pendingLength >= 8) {
        const byte = (pending >> (pendingLength - 8)) & 255;
        push(byte);
        if (byte === 0xff) {
          push(0);
        }
        pendingLength -= 8;
        pending &= (1 << pendingLength) - 1;
      }
    },
    flush() {
      if (pendingLength > 0) {
        this.bits((1 << (8 - pendingLength)) - 1, 8 - pendingLength);
      }
    },
    done: () => bytes.slice(0, length),
  };
};

/** Cosines of the transform, with the factors that make it orthonormal. */
const COSINES: readonly Float64Array[] = /* @__PURE__ */ Array.from({ length: 8 }, (_, frequency) =>
  Float64Array.from(
    { length: 8 },
    (_, x) =>
      Math.cos(((2 * x + 1) * frequency * Math.PI) / 16) *
      (frequency === 0 ? Math.sqrt(1 / 8) : 0.5),
  ),
);

const writeScan = (image: GreyImage, table: readonly number[], out: ByteSink): void => {
  const block = new Float64Array(64);
  const rows = new Float64Array(64);
  let previous = 0;
  for (let top = 0; top < image.height; top += 8) {
    for (let left = 0; left < image.width; left += 8) {
      readBlock(image, left, top, block);
      previous = writeBlock(transform(block, rows), table, previous, out);
    }
  }
  out.flush();
};

/** Samples round zero; beyond the edge the last ones repeat. */
const readBlock = (image: GreyImage, left: number, top: number, block: Float64Array): void => {
  for (let y = 0; y < 8; y++) {
    const row = Math.min(top + y, image.height - 1) * image.width;
    for (let x = 0; x < 8; x++) {
      block[8 * y + x] = image.pixels[row + Math.min(left + x, image.width - 1)]! - 128;
    }
  }
};

const transform = (block: Float64Array, rows: Float64Array): Float64Array => {
  for (let y = 0; y < 8; y++) {
    for (let u = 0; u < 8; u++) {
      const cosine = COSINES[u]!;
      let sum = 0;
      for (let x = 0; x < 8; x++) {
        sum += block[8 * y + x]! * cosine[x]!;
      }
      rows[8 * y + u] = sum;
    }
  }
  for (let v = 0; v < 8; v++) {
    const cosine = COSINES[v]!;
    for (let u = 0; u < 8; u++) {
      let sum = 0;
      for (let y = 0; y < 8; y++) {
        sum += rows[8 * y + u]! * cosine[y]!;
      }
      block[8 * v + u] = sum;
    }
  }
  return block;
};

const writeBlock = (
  coefficients: Float64Array,
  table: readonly number[],
  previous: number,
  out: ByteSink,
): number => {
  const quantised = (at: number): number => Math.round(coefficients[at]! / table[at]!);
  const dc = quantised(0);
  const difference = dc - previous;
  const size = bitLength(difference);
  writeCode(DC_CODES[size]!, out);
  writeValue(difference, size, out);
  let zeros = 0;
  for (let i = 1; i < 64; i++) {
    const value = quantised(ZIGZAG[i]!);
    if (value === 0) {
      zeros++;
      continue;
    }
    for (; zeros > 15; zeros -= 16) {
      writeCode(AC_CODES[0xf0]!, out);
    }
    const length = bitLength(value);
    writeCode(AC_CODES[(zeros << 4) | length]!, out);
    writeValue(value, length, out);
    zeros = 0;
  }
  if (zeros > 0) {
    writeCode(AC_CODES[0]!, out);
  }
  return dc;
};

const bitLength = (value: number): number => 32 - Math.clz32(Math.abs(value));

const writeCode = ({ code, length }: HuffmanCode, out: ByteSink): void => out.bits(code, length);

/** Negative values as their ones' complement. */
const writeValue = (value: number, length: number, out: ByteSink): void =>
  out.bits(value < 0 ? value + (1 << length) - 1 : value, length);
