import { concatBytes } from "../bytes.js";
import { EmrtdError } from "../errors.js";
import { encodeTag, encodeTlv, readTlv, type Tlv } from "../tlv.js";

/** An element that a decoder has no name for, as it came. */
export interface DataObject {
  readonly tag: number;
  readonly value: Uint8Array;
}

/** What a file says, together with the bytes that said it: hashes are over these, never over a copy. */
export type Decoded<Content> = Content & { readonly bytes: Uint8Array };

/** What decoders of files accept at most. */
export const LDS_LIMITS = {
  /** Data objects side by side, names in a list, tags in a tag list. */
  elements: 256,
  /** Biometric information templates in one group. */
  templates: 64,
  /** SecurityInfos in one set. */
  securityInfos: 256,
} as const;

/**
 * Belgian documents hold a data object 5F85 in DG12. By the rules of tags it would go on for a third
 * byte; it does not.
 */
const TWO_BYTE_5F85 = 0x5f85;

const startsWith5f85 = (source: Uint8Array, offset: number): boolean =>
  source[offset] === 0x5f && source[offset + 1] === 0x85;

/**
 * Reads data objects side by side.
 *
 * @throws EmrtdError `TLV_…` where one is malformed, `TLV_LIMIT` where there are too many.
 */
export const readDataObjects = (content: Uint8Array): DataObject[] => {
  const objects: DataObject[] = [];
  for (let offset = 0; offset < content.length; ) {
    if (objects.length === LDS_LIMITS.elements) {
      throw new EmrtdError("TLV_LIMIT", `expected at most ${LDS_LIMITS.elements} data objects`, {
        offset,
      });
    }
    // Read from its second byte on, 5F85 is an element of its own.
    const odd = startsWith5f85(content, offset);
    const element: Tlv = readTlv(content, odd ? offset + 1 : offset);
    objects.push({ tag: odd ? TWO_BYTE_5F85 : element.tag, value: element.value });
    offset = element.end;
  }
  return objects;
};

export const encodeDataObjects = (objects: readonly DataObject[]): Uint8Array<ArrayBuffer> =>
  concatBytes(...objects.map(({ tag, value }) => encodeTlv(tag, value)));

/** Reads a tag list (5C): tags one after the other. */
export const readTagList = (content: Uint8Array): number[] => {
  const tags: number[] = [];
  for (let offset = 0; offset < content.length; ) {
    if (tags.length === LDS_LIMITS.elements) {
      throw new EmrtdError("TLV_LIMIT", `expected at most ${LDS_LIMITS.elements} tags`, { offset });
    }
    if (startsWith5f85(content, offset)) {
      tags.push(TWO_BYTE_5F85);
      offset += 2;
      continue;
    }
    // An element of no length reads the tag by the same rules as everywhere else.
    const end = tagEnd(content, offset);
    tags.push(readTlv(concatBytes(content.subarray(offset, end), Uint8Array.of(0))).tag);
    offset = end;
  }
  return tags;
};

export const encodeTagList = (tags: readonly number[]): Uint8Array<ArrayBuffer> =>
  concatBytes(...tags.map(encodeTag));

const tagEnd = (content: Uint8Array, offset: number): number => {
  if ((content[offset]! & 0x1f) !== 0x1f) return offset + 1;
  let end = offset + 1;
  while (end < content.length && content[end]! >= 0x80) end++;
  return Math.min(end + 1, content.length);
};
