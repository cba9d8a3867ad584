/**
 * Data objects of secure messaging (ISO/IEC 7816-4, 10; Doc 9303-11, 9.8.4), read in one pass over the
 * bytes: every exchange with a chip goes through here.
 */
export const SM_TAG = {
  /** Cryptogram, content in BER-TLV: no padding indicator. Odd INS. */
  cryptogramTlv: 0x85,
  /** Padding indicator 01, then the cryptogram. Even INS. */
  cryptogram: 0x87,
  /** Cryptographic checksum. */
  checksum: 0x8e,
  /** Le of the command. */
  le: 0x97,
  /** Status word of the answer. */
  status: 0x99,
} as const;

/** Views into the data of one protected message. */
export interface SmDataObjects {
  /** Content of DO 85, or of DO 87 after its padding indicator. */
  readonly cryptogram: Uint8Array | undefined;
  /** 0x85 or 0x87, where there is a cryptogram. */
  readonly cryptogramTag: number | undefined;
  /** Content of DO 97 of a command, of DO 99 of an answer. */
  readonly middle: Uint8Array | undefined;
  readonly checksum: Uint8Array;
  /** All before DO 8E: what the checksum is over. */
  readonly checked: Uint8Array;
}

/**
 * Reads `[DO 85 | DO 87] [DO 97 or DO 99] DO 8E`, in this order, each once, and nothing else.
 *
 * @param middleTag 0x97 in commands, 0x99 in answers.
 * @returns undefined where the data is anything else.
 */
export const readSmDataObjects = (
  data: Uint8Array,
  middleTag: number,
): SmDataObjects | undefined => {
  let cryptogram: Uint8Array | undefined;
  let cryptogramTag: number | undefined;
  let middle: Uint8Array | undefined;
  let offset = 0;
  while (offset < data.length) {
    const start = offset;
    const tag = data[offset++]!;
    const length = readLength(data, offset);
    if (!length) return undefined;
    const { valueStart, valueEnd } = length;
    const value = data.subarray(valueStart, valueEnd);
    offset = valueEnd;
    if (tag === SM_TAG.checksum) {
      if (offset !== data.length) return undefined;
      const checked = data.subarray(0, start);
      return { cryptogram, cryptogramTag, middle, checksum: value, checked };
    }
    if (tag === middleTag) {
      if (middle) return undefined;
      middle = value;
    } else if (tag === SM_TAG.cryptogram || tag === SM_TAG.cryptogramTlv) {
      if (cryptogramTag !== undefined || middle) return undefined;
      cryptogramTag = tag;
      if (tag === SM_TAG.cryptogram && value[0] !== 0x01) return undefined;
      cryptogram = tag === SM_TAG.cryptogram ? value.subarray(1) : value;
    } else {
      return undefined;
    }
  }
  return undefined;
};

/** Whether data looks like the beginning of a protected message at all. */
export const beginsProtected = (data: Uint8Array): boolean =>
  data[0] === SM_TAG.cryptogram ||
  data[0] === SM_TAG.cryptogramTlv ||
  data[0] === SM_TAG.status ||
  data[0] === SM_TAG.checksum;

const readLength = (
  data: Uint8Array,
  offset: number,
): { readonly valueStart: number; readonly valueEnd: number } | undefined => {
  const first = data[offset];
  if (first === undefined) return undefined;
  let length = first;
  let valueStart = offset + 1;
  if (first >= 0x80) {
    const count = first & 0x7f;
    // An answer of 65,536 bytes and its cryptogram's header need three length bytes at most.
    if (count === 0 || count > 3 || valueStart + count > data.length) return undefined;
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + data[valueStart++]!;
  }
  const valueEnd = valueStart + length;
  return valueEnd > data.length ? undefined : { valueStart, valueEnd };
};
