import { concatBytes } from "./bytes.js";
import { EmrtdError } from "./errors.js";

/**
 * BER-TLV (ITU-T X.690, ISO/IEC 7816-4 clause 6): lazy and zero-copy. Nothing below an element is
 * looked at before it is asked for, and every `value` is a view of the bytes that came in.
 */
export interface TlvRules {
  /** Distinguished encoding: definite, minimal lengths only (X.690, 10.1). Default false: BER. */
  readonly der?: boolean;
}

/** What a decoder accepts at most, whatever the input says. */
export const TLV_LIMITS = {
  /** Nesting of elements. */
  depth: 32,
  /** Elements side by side in one parent: a revocation list may hold many. */
  children: 1_000_000,
  /** Bytes of one input. */
  size: 64 * 1024 * 1024,
} as const;

/** One element. Offsets are positions in `source`. */
export class Tlv {
  constructor(
    readonly source: Uint8Array,
    /** Tag bytes as one number: 0x30, 0x5f1f, 0x7f61, up to four bytes. */
    readonly tag: number,
    readonly start: number,
    readonly valueStart: number,
    readonly valueEnd: number,
    readonly end: number,
    readonly der: boolean,
    readonly depth: number,
  ) {}

  /** The whole element, header included. */
  get bytes(): Uint8Array {
    return this.source.subarray(this.start, this.end);
  }

  /** The content; of an indefinite length without its end-of-contents octets. */
  get value(): Uint8Array {
    return this.source.subarray(this.valueStart, this.valueEnd);
  }

  /** Whether the content is elements (bit 6 of the first tag byte). */
  get constructed(): boolean {
    return (this.source[this.start]! & 0x20) !== 0;
  }

  /**
   * The elements inside, in order; the content must be nothing else.
   *
   * @throws EmrtdError `TLV_…` where one is malformed or the limits are exceeded.
   */
  children(): Tlv[] {
    return readElements(this.source, this.valueStart, this.valueEnd, this.der, this.depth + 1);
  }

  /** The first child with this tag. */
  child(tag: number): Tlv | undefined {
    return this.children().find((element) => element.tag === tag);
  }

  /**
   * This element, if its tag is the expected one.
   *
   * @throws EmrtdError `TLV_UNEXPECTED_TAG` naming both tags and the place.
   */
  expect(tag: number, path: string): Tlv {
    if (this.tag !== tag) throw unexpectedTag(tag, this, path);
    return this;
  }
}

/** Tags are written in messages as their bytes. */
export const formatTag = (tag: number): string => tag.toString(16).toUpperCase().padStart(2, "0");

const unexpectedTag = (expected: number, found: Tlv, path: string): EmrtdError =>
  new EmrtdError(
    "TLV_UNEXPECTED_TAG",
    `expected tag ${formatTag(expected)} for ${path}, found ${formatTag(found.tag)} at offset ${found.start}`,
    { offset: found.start, path },
  );

const truncated = (what: string, offset: number): EmrtdError =>
  new EmrtdError("TLV_TRUNCATED", `expected ${what} at offset ${offset}, found the end`, {
    offset,
  });

/** Reads the element at `offset` and says nothing of what follows it. */
export const readTlv = (source: Uint8Array, offset = 0, rules: TlvRules = {}): Tlv => {
  checkSize(source);
  return readElement(source, offset, source.length, rules.der ?? false, 0);
};

/**
 * Decodes exactly one element.
 *
 * @throws EmrtdError `TLV_TRAILING_BYTES` where anything follows it, `TLV_…` where it is malformed.
 */
export const decodeTlv = (source: Uint8Array, rules: TlvRules = {}): Tlv => {
  const element = readTlv(source, 0, rules);
  if (element.end !== source.length) {
    throw new EmrtdError(
      "TLV_TRAILING_BYTES",
      `expected the end at offset ${element.end}, found ${source.length - element.end} more bytes`,
      { offset: element.end },
    );
  }
  return element;
};

/** Decodes elements side by side until the end. */
export const decodeTlvs = (source: Uint8Array, rules: TlvRules = {}): Tlv[] => {
  checkSize(source);
  return readElements(source, 0, source.length, rules.der ?? false, 0);
};

/** Writes one element with a definite, minimal length. */
export const encodeTlv = (
  tag: number,
  ...parts: readonly Uint8Array[]
): Uint8Array<ArrayBuffer> => {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return concatBytes(encodeTag(tag), encodeLength(length), ...parts);
};

/** Tag bytes of a tag number as in {@link Tlv.tag}. */
export const encodeTag = (tag: number): Uint8Array<ArrayBuffer> => bigEndian(tag);

/** Definite length in the fewest bytes (X.690, 8.1.3). */
export const encodeLength = (length: number): Uint8Array<ArrayBuffer> => {
  if (length < 0x80) return Uint8Array.of(length);
  const bytes = bigEndian(length);
  return concatBytes(Uint8Array.of(0x80 | bytes.length), bytes);
};

const bigEndian = (value: number): Uint8Array<ArrayBuffer> => {
  const bytes = [value & 0xff];
  for (let rest = Math.floor(value / 256); rest > 0; rest = Math.floor(rest / 256)) {
    bytes.unshift(rest & 0xff);
  }
  return Uint8Array.from(bytes);
};

const checkSize = (source: Uint8Array): void => {
  if (source.length > TLV_LIMITS.size) {
    throw new EmrtdError(
      "TLV_LIMIT",
      `expected at most ${TLV_LIMITS.size} bytes, found ${source.length}`,
    );
  }
};

const readElements = (
  source: Uint8Array,
  start: number,
  end: number,
  der: boolean,
  depth: number,
): Tlv[] => {
  const elements: Tlv[] = [];
  for (let offset = start; offset < end; ) {
    if (elements.length === TLV_LIMITS.children) {
      throw new EmrtdError("TLV_LIMIT", `expected at most ${TLV_LIMITS.children} elements`, {
        offset,
      });
    }
    const element = readElement(source, offset, end, der, depth);
    elements.push(element);
    offset = element.end;
  }
  return elements;
};

const readElement = (
  source: Uint8Array,
  start: number,
  limit: number,
  der: boolean,
  depth: number,
): Tlv => {
  if (depth > TLV_LIMITS.depth) {
    throw new EmrtdError("TLV_LIMIT", `expected at most ${TLV_LIMITS.depth} levels`, {
      offset: start,
    });
  }
  if (start >= limit) throw truncated("a tag", start);
  let offset = start;
  const first = source[offset++]!;
  let tag = first;
  if ((first & 0x1f) === 0x1f) {
    let next: number;
    do {
      if (offset >= limit) throw truncated("another tag byte", offset);
      // Four bytes are all that the standards use; a first subsequent byte of 80 is not minimal.
      if (offset - start === 4 || (offset === start + 1 && source[offset] === 0x80)) {
        throw new EmrtdError(
          "TLV_TAG_INVALID",
          `expected a minimal tag of at most 4 bytes at offset ${start}`,
          {
            offset: start,
          },
        );
      }
      next = source[offset++]!;
      tag = tag * 256 + next;
    } while ((next & 0x80) !== 0);
  }
  if (offset >= limit) throw truncated("a length", offset);
  const lengthOffset = offset;
  let length = source[offset++]!;
  if (length === 0x80) {
    return readIndefinite(source, tag, start, offset, limit, der, depth);
  }
  if (length > 0x80) {
    const count = length & 0x7f;
    if (count > 4) throw invalidLength("at most 4 length bytes", lengthOffset);
    if (offset + count > limit) throw truncated(`${count} length bytes`, offset);
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + source[offset++]!;
    if (der && (length < 0x80 || length < 2 ** (8 * (count - 1)))) {
      throw invalidLength("the shortest form of the length", lengthOffset);
    }
  }
  const end = offset + length;
  if (end > limit) throw truncated(`${length} bytes of content`, offset);
  return new Tlv(source, tag, start, offset, end, end, der, depth);
};

const invalidLength = (expected: string, offset: number): EmrtdError =>
  new EmrtdError("TLV_LENGTH_INVALID", `expected ${expected} at offset ${offset}`, { offset });

/** Content of indefinite length: elements up to the end-of-contents octets 00 00 (X.690, 8.1.5). */
const readIndefinite = (
  source: Uint8Array,
  tag: number,
  start: number,
  valueStart: number,
  limit: number,
  der: boolean,
  depth: number,
): Tlv => {
  if (der || (source[start]! & 0x20) === 0) {
    throw invalidLength("a definite length", valueStart - 1);
  }
  let offset = valueStart;
  for (let count = 0; ; count++) {
    if (count > TLV_LIMITS.children) {
      throw new EmrtdError("TLV_LIMIT", `expected at most ${TLV_LIMITS.children} elements`, {
        offset,
      });
    }
    if (offset + 2 > limit) throw truncated("end-of-contents octets", offset);
    if (source[offset] === 0 && source[offset + 1] === 0) {
      return new Tlv(source, tag, start, valueStart, offset, offset + 2, der, depth);
    }
    offset = readElement(source, offset, limit, der, depth + 1).end;
  }
};
