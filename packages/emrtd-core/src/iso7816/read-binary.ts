import { EmrtdError } from "../errors.js";
import { decodeTlv, encodeTlv } from "../tlv.js";
import type { CommandApdu } from "./command-apdu.js";

/** The first offset that P1-P2 cannot say: from here on the odd instruction reads (Doc 9303-10, 3.6.6). */
export const ODD_READ_FROM = 0x8000;

/** Instruction bytes of READ BINARY. */
export const READ_BINARY = { even: 0xb0, odd: 0xb1 } as const;

/** Offset data object of the odd instruction, and the data object of its answer. */
export const READ_TAG = { offset: 0x54, data: 0x53 } as const;

/** Bytes around the content in the answer of the odd instruction: tag and length. */
export const oddReadOverhead = (length: number): number =>
  length < 0x80 ? 2 : length < 0x100 ? 3 : 4;

/**
 * READ BINARY of the selected file (Doc 9303-10, tables 4 and 6): offset in P1-P2 up to 32,767, in
 * DO 54 above.
 *
 * @param length bytes of content that are wanted.
 */
export const readBinary = (offset: number, length: number): CommandApdu => {
  const { even, odd } = READ_BINARY;
  if (offset < ODD_READ_FROM) {
    return { cla: 0x00, ins: even, p1: offset >> 8, p2: offset & 0xff, le: length };
  }
  return {
    cla: 0x00,
    ins: odd,
    p1: 0x00,
    p2: 0x00,
    data: encodeTlv(READ_TAG.offset, offsetBytes(offset)),
    le: length + oddReadOverhead(length),
  };
};

/** The content that an answer to {@link readBinary} carries; empty stays empty. */
export const readBinaryContent = (command: CommandApdu, data: Uint8Array): Uint8Array => {
  if (command.ins === READ_BINARY.even || data.length === 0) return data;
  return decodeTlv(data).expect(READ_TAG.data, "READ BINARY").value;
};

const offsetBytes = (offset: number): Uint8Array => {
  if (!(Number.isInteger(offset) && offset >= 0 && offset <= 0xff_ffff)) {
    throw new EmrtdError("APDU_INVALID", "expected an offset of at most three bytes");
  }
  return offset > 0xffff
    ? Uint8Array.of(offset >> 16, offset >> 8, offset)
    : Uint8Array.of(offset >> 8, offset);
};
