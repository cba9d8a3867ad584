import { MdsError } from "../errors.js";

/** One element of DER: X.690, definite lengths, tags of one byte. That is all a certificate has. */
export interface DerElement {
  readonly tag: number;
  /** The content, without tag and length. */
  readonly content: Uint8Array;
  /** The element whole. */
  readonly bytes: Uint8Array;
}

/** Longest certificate or key that is looked at, in bytes. */
export const MAX_DER_LENGTH = 65_536;
/** Most elements of a sequence: a certificate's longest lists have a dozen. */
const MAX_ELEMENTS = 256;

/** The one element that the bytes are. @throws MdsError `DER_MALFORMED`. */
export const readDer = (bytes: Uint8Array): DerElement => {
  if (bytes.length > MAX_DER_LENGTH) {
    throw malformed(`at most ${MAX_DER_LENGTH} bytes, found ${bytes.length}`, 0);
  }
  const element = elementAt(bytes, 0);
  if (element.bytes.length !== bytes.length) {
    throw malformed("one element, found bytes behind it", element.bytes.length);
  }
  return element;
};

/** The elements inside a constructed one. */
export const readChildren = (parent: DerElement): readonly DerElement[] => {
  const children: DerElement[] = [];
  for (let offset = 0; offset < parent.content.length; ) {
    if (children.length === MAX_ELEMENTS) {
      throw malformed(`at most ${MAX_ELEMENTS} elements, found more`, offset);
    }
    const child = elementAt(parent.content, offset);
    children.push(child);
    offset += child.bytes.length;
  }
  return children;
};

const elementAt = (bytes: Uint8Array, offset: number): DerElement => {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined) {
    throw malformed("tag and length, found the end", offset);
  }
  if ((tag & 0x1f) === 0x1f) {
    throw malformed("a tag of one byte, found a longer one", offset);
  }
  let start = offset + 2;
  let length = first;
  if (first >= 0x80) {
    const size = first & 0x7f;
    if (size === 0 || size > 3 || start + size > bytes.length || bytes[start] === 0) {
      throw malformed("a definite length in the fewest bytes", offset + 1);
    }
    length = 0;
    for (let i = 0; i < size; i++) {
      length = (length << 8) | bytes[start + i]!;
    }
    start += size;
    if (length < 0x80) {
      throw malformed("a definite length in the fewest bytes", offset + 1);
    }
  }
  if (start + length > bytes.length) {
    throw malformed("the whole element, found the end", offset);
  }
  return {
    tag,
    content: bytes.subarray(start, start + length),
    bytes: bytes.subarray(offset, start + length),
  };
};

/** The element, when it has the tag. @throws MdsError `DER_MALFORMED`. */
export const expectTag = (
  element: DerElement | undefined,
  tag: number,
  what: string,
): DerElement => {
  if (element?.tag !== tag) {
    throw new MdsError("DER_MALFORMED", `expected ${what}, found another element or none`);
  }
  return element;
};

/** Dotted text of an object identifier's content. */
export const readOid = (content: Uint8Array): string => {
  const arcs: number[] = [];
  let value = 0;
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f);
    if (value > Number.MAX_SAFE_INTEGER / 128) {
      throw malformed("an object identifier with arcs of sensible size", 0);
    }
    if (byte < 0x80) {
      arcs.push(value);
      value = 0;
    }
  }
  const [first, ...rest] = arcs;
  if (first === undefined || content[content.length - 1]! >= 0x80) {
    throw malformed("a whole object identifier", 0);
  }
  const root = Math.min(Math.floor(first / 40), 2);
  return [root, first - 40 * root, ...rest].join(".");
};

/** Content of a bit string that has whole bytes. */
export const readBits = (element: DerElement | undefined, what: string): Uint8Array => {
  const { content } = expectTag(element, 0x03, what);
  if (content[0] !== 0) {
    throw new MdsError("DER_MALFORMED", `expected ${what} in whole bytes`);
  }
  return content.subarray(1);
};

const malformed = (expected: string, offset: number): MdsError =>
  new MdsError("DER_MALFORMED", `expected ${expected}, at offset ${offset}`, { offset });
