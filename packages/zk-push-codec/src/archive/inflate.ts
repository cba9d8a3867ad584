import { ZkPushError } from "../errors.js";

/** DEFLATE (RFC 1951), reading only, into a buffer that never grows past a limit. */
const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
  163, 195, 227, 258,
];
const LENGTH_EXTRA = [
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
  3073, 4097, 6145, 8193, 12289, 16385, 24577,
];
const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const MAX_BITS = 15;

/** A canonical Huffman code: how many codes have each length, and the symbols in code order. */
interface Huffman {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

const malformed = (what: string): ZkPushError =>
  new ZkPushError("ARCHIVE_MALFORMED", `expected ${what} in a deflate stream`);

/** Bits from the low end of each byte. */
class Bits {
  private hold = 0;
  private count = 0;
  constructor(
    private readonly source: Uint8Array,
    public offset: number,
  ) {}

  take(wanted: number): number {
    while (this.count < wanted) {
      if (this.offset >= this.source.length) throw malformed("more bytes");
      this.hold |= this.source[this.offset++]! << this.count;
      this.count += 8;
    }
    const value = this.hold & ((1 << wanted) - 1);
    this.hold >>>= wanted;
    this.count -= wanted;
    return value;
  }

  /** Leaves the rest of the byte. */
  align(): void {
    this.hold = 0;
    this.count = 0;
  }

  symbol(code: Huffman): number {
    let value = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= MAX_BITS; length++) {
      value |= this.take(1);
      const count = code.counts[length]!;
      if (value - first < count) return code.symbols[index + value - first]!;
      index += count;
      first = (first + count) << 1;
      value <<= 1;
    }
    throw malformed("a symbol of the code");
  }
}

const huffman = (lengths: readonly number[]): Huffman => {
  const counts = new Uint16Array(MAX_BITS + 1);
  for (const length of lengths) counts[length]!++;
  let room = 1;
  for (let length = 1; length <= MAX_BITS; length++) {
    room = room * 2 - counts[length]!;
    if (room < 0) throw malformed("a code that is not over-full");
  }
  const offsets = new Uint16Array(MAX_BITS + 2);
  for (let length = 1; length <= MAX_BITS; length++) {
    offsets[length + 1] = offsets[length]! + counts[length]!;
  }
  const symbols = new Uint16Array(lengths.length);
  lengths.forEach((length, symbol) => {
    if (length !== 0) symbols[offsets[length]!++] = symbol;
  });
  counts[0] = 0;
  return { counts, symbols };
};

const FIXED = /* @__PURE__ */ (() => ({
  literals: huffman([
    ...Array<number>(144).fill(8),
    ...Array<number>(112).fill(9),
    ...Array<number>(24).fill(7),
    ...Array<number>(8).fill(8),
  ]),
  distances: huffman(Array<number>(30).fill(5)),
}))();

/** Where the output goes: doubles as it fills, up to the limit. */
class Output {
  bytes = new Uint8Array(4_096);
  length = 0;
  constructor(private readonly limit: number) {}

  push(byte: number): void {
    if (this.length === this.bytes.length) this.grow();
    this.bytes[this.length++] = byte;
  }

  private grow(): void {
    if (this.bytes.length >= this.limit) {
      throw new ZkPushError("LIMIT_EXCEEDED", `expected at most ${this.limit} bytes unpacked`);
    }
    const larger = new Uint8Array(Math.min(this.bytes.length * 2, this.limit));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

/**
 * Unpacks a raw deflate stream.
 *
 * @returns the bytes, and where the stream ended in the source.
 * @throws ZkPushError `ARCHIVE_MALFORMED`, or `LIMIT_EXCEEDED` past `limit` bytes.
 */
export const inflate = (
  source: Uint8Array,
  start: number,
  limit: number,
): { bytes: Uint8Array; end: number } => {
  const bits = new Bits(source, start);
  const output = new Output(limit);
  for (let last = 0; last === 0; ) {
    last = bits.take(1);
    const type = bits.take(2);
    if (type === 0) copyStored(bits, source, output);
    else if (type === 1) unpackBlock(bits, output, FIXED.literals, FIXED.distances);
    else if (type === 2) {
      const { literals, distances } = readCodes(bits);
      unpackBlock(bits, output, literals, distances);
    } else throw malformed("a block type of 0 to 2");
  }
  return { bytes: output.bytes.subarray(0, output.length), end: bits.offset };
};

const copyStored = (bits: Bits, source: Uint8Array, output: Output): void => {
  bits.align();
  const length = bits.take(8) | (bits.take(8) << 8);
  const inverse = bits.take(8) | (bits.take(8) << 8);
  if ((length ^ 0xffff) !== inverse) throw malformed("a stored length with its complement");
  if (bits.offset + length > source.length) throw malformed("more bytes");
  for (let i = 0; i < length; i++) output.push(source[bits.offset++]!);
};

const readCodes = (bits: Bits): { literals: Huffman; distances: Huffman } => {
  const literalCount = bits.take(5) + 257;
  const distanceCount = bits.take(5) + 1;
  const lengthCount = bits.take(4) + 4;
  if (literalCount > 286 || distanceCount > 30) throw malformed("286 and 30 codes at most");
  const order = Array<number>(19).fill(0);
  for (let i = 0; i < lengthCount; i++) order[CODE_LENGTH_ORDER[i]!] = bits.take(3);
  const code = huffman(order);
  const lengths: number[] = [];
  while (lengths.length < literalCount + distanceCount) {
    const symbol = bits.symbol(code);
    if (symbol < 16) lengths.push(symbol);
    else {
      if (symbol === 16 && lengths.length === 0) throw malformed("a length to repeat");
      const value = symbol === 16 ? lengths[lengths.length - 1]! : 0;
      const times =
        symbol === 16 ? 3 + bits.take(2) : symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7);
      for (let i = 0; i < times; i++) lengths.push(value);
    }
  }
  if (lengths.length > literalCount + distanceCount) throw malformed("no more lengths than codes");
  if (lengths[256] === 0) throw malformed("a code for the end of the block");
  return {
    literals: huffman(lengths.slice(0, literalCount)),
    distances: huffman(lengths.slice(literalCount)),
  };
};

const unpackBlock = (bits: Bits, output: Output, literals: Huffman, distances: Huffman): void => {
  for (;;) {
    const symbol = bits.symbol(literals);
    if (symbol === 256) return;
    if (symbol < 256) {
      output.push(symbol);
      continue;
    }
    const base = LENGTH_BASE[symbol - 257];
    if (base === undefined) throw malformed("a length symbol");
    const length = base + bits.take(LENGTH_EXTRA[symbol - 257]!);
    const far = bits.symbol(distances);
    const farBase = DISTANCE_BASE[far];
    if (farBase === undefined) throw malformed("a distance symbol");
    const distance = farBase + bits.take(DISTANCE_EXTRA[far]!);
    if (distance > output.length) throw malformed("a distance within the output");
    for (let i = 0; i < length; i++) output.push(output.bytes[output.length - distance]!);
  }
};
