import { EmrtdError } from "../errors.js";
import { formatTag } from "../tlv.js";

/** Bytes that the first read of a file asks for: tag and length of all but the largest files. */
export const HEADER_LENGTH = 4;

/**
 * Bytes of a file, header included, from its first bytes: files are one data object, and that is what
 * their hash is over (Doc 9303-10, 4.6).
 *
 * @param tag the tag that the file begins with; one byte.
 * @returns undefined where more bytes of the header are needed.
 * @throws EmrtdError `FILE_INVALID` for another tag, an indefinite length, or more than `maxFileSize`.
 */
export const declaredLength = (
  bytes: Uint8Array,
  tag: number,
  file: string,
  maxFileSize: number,
): number | undefined => {
  if (bytes.length > 0 && bytes[0] !== tag) {
    throw invalid(`tag ${formatTag(tag)} at the beginning, found ${formatTag(bytes[0]!)}`, file);
  }
  const first = bytes[1];
  if (first === undefined) return undefined;
  const count = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || count > 4) throw invalid("a definite length of at most 4 bytes", file);
  if (bytes.length < 2 + count) return undefined;
  const length =
    count === 0 ? first : bytes.subarray(2, 2 + count).reduce((sum, byte) => sum * 256 + byte, 0);
  const whole = 2 + count + length;
  if (whole > maxFileSize) throw invalid(`at most ${maxFileSize} bytes, found ${whole}`, file);
  return whole;
};

const invalid = (expected: string, file: string): EmrtdError =>
  new EmrtdError("FILE_INVALID", `expected ${expected}, in ${file}`, { path: file });
