import { EmrtdError } from "../errors.js";

/** An answer: its data and SW1-SW2. */
export interface ResponseApdu {
  readonly data: Uint8Array;
  /** SW1 in the high byte, SW2 in the low: 0x9000 is success. */
  readonly statusWord: number;
}

/** The most data of one answer: Ne of an extended command (ISO/IEC 7816-4, 5.2). */
const MAX_RESPONSE_DATA = 65_536;

/**
 * Writes an answer: data, then SW1 and SW2 (ISO/IEC 7816-4, 5.3).
 *
 * @throws EmrtdError `APDU_INVALID` for too much data or a status word out of range.
 */
export const encodeResponseApdu = ({ data, statusWord }: ResponseApdu): Uint8Array<ArrayBuffer> => {
  if (data.length > MAX_RESPONSE_DATA) {
    throw new EmrtdError(
      "APDU_INVALID",
      `expected at most ${MAX_RESPONSE_DATA} bytes of answer data, found ${data.length}`,
    );
  }
  if (!(Number.isInteger(statusWord) && statusWord >= 0 && statusWord <= 0xffff)) {
    throw new EmrtdError("APDU_INVALID", "expected a status word of two bytes");
  }
  const bytes = new Uint8Array(data.length + 2);
  bytes.set(data);
  bytes[data.length] = statusWord >> 8;
  bytes[data.length + 1] = statusWord;
  return bytes;
};

/**
 * Reads an answer; its data is a view of the bytes.
 *
 * @throws EmrtdError `APDU_INVALID` where it is shorter than a status word or longer than any answer.
 */
export const decodeResponseApdu = (bytes: Uint8Array): ResponseApdu => {
  const dataLength = bytes.length - 2;
  if (dataLength < 0 || dataLength > MAX_RESPONSE_DATA) {
    throw new EmrtdError(
      "APDU_INVALID",
      `expected an answer of 2 to ${MAX_RESPONSE_DATA + 2} bytes, found ${bytes.length}`,
    );
  }
  return {
    data: bytes.subarray(0, dataLength),
    statusWord: (bytes[dataLength]! << 8) | bytes[dataLength + 1]!,
  };
};

/** An answer of a status word alone. */
export const statusOnly = (statusWord: number): ResponseApdu => ({
  data: new Uint8Array(0),
  statusWord,
});
