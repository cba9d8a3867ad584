import { EmrtdError } from "../../errors.js";
import type { CommandApdu } from "../../iso7816/command-apdu.js";
import { oddReadOverhead, READ_BINARY, READ_TAG } from "../../iso7816/read-binary.js";
import { type ResponseApdu, statusOnly } from "../../iso7816/response-apdu.js";
import type { FileEntry } from "../../lds/files.js";
import { decodeTlv, encodeTlv } from "../../tlv.js";
import type { ChipCommand, ChipContext } from "../chip-context.js";
import { fileById, fileByShortId, mayRead } from "../file-access.js";

/**
 * READ BINARY (Doc 9303-10, tables 4 and 5).
 *
 * ```
 * P1 0xxxxxxx   P1-P2 is the offset in the selected file
 * P1 100xxxxx   short identifier in bits 5 to 1, P2 is the offset; selects the file
 * ```
 */
export const READ_BINARY_EVEN: ChipCommand = {
  ins: READ_BINARY.even,
  name: "READ BINARY",
  answer(command, context) {
    const { p1, p2, data } = command;
    if (data) return statusOnly(0x6700);
    const byShortId = (p1 & 0x80) !== 0;
    if (byShortId && (p1 & 0x60) !== 0) return statusOnly(0x6a86);
    const file = byShortId ? fileByShortId(context, p1 & 0x1f) : context.state.file;
    const offset = byShortId ? p2 : (p1 << 8) | p2;
    return readFile(command, context, file, byShortId, (content, le) => {
      const part = content.subarray(offset, offset + Math.min(le, context.room));
      return offset < content.length ? answer(part, offset + le > content.length, le) : OUTSIDE;
    });
  },
};

/**
 * READ BINARY with the odd instruction (Doc 9303-10, tables 6 and 7): offset in DO 54, answer in DO 53;
 * P1-P2 is 0000 for the selected file, 00 and a short identifier, or a file identifier.
 */
export const READ_BINARY_ODD: ChipCommand = {
  ins: READ_BINARY.odd,
  name: "READ BINARY",
  answer(command, context) {
    const target = (command.p1 << 8) | command.p2;
    const file =
      target === 0
        ? context.state.file
        : (target & 0xffe0) === 0
          ? fileByShortId(context, target)
          : fileById(context, target);
    const offset = command.data && readOffset(command.data);
    if (offset === undefined) return statusOnly(0x6a80);
    return readFile(command, context, file, target !== 0, (content, le) => {
      if (offset >= content.length) return OUTSIDE;
      const room = Math.min(le, context.room);
      const length = Math.min(Math.max(0, room - oddReadOverhead(room)), content.length - offset);
      const part = content.subarray(offset, offset + length);
      return answer(encodeTlv(READ_TAG.data, part), false, le);
    });
  },
};

const OUTSIDE = /* @__PURE__ */ statusOnly(0x6b00);

/** 6282 where the end of the file comes before the bytes that were asked for. */
const answer = (data: Uint8Array, atEnd: boolean, le: number): ResponseApdu => ({
  data,
  statusWord: atEnd && le !== 256 && le !== 65_536 ? 0x6282 : 0x9000,
});

const readFile = (
  { le }: CommandApdu,
  context: ChipContext,
  file: FileEntry | undefined,
  selects: boolean,
  read: (content: Uint8Array, le: number) => ResponseApdu,
): ResponseApdu => {
  if (le === undefined) return statusOnly(0x6700);
  if (!file) return statusOnly(selects ? 0x6a82 : 0x6986);
  if (!mayRead(context, file)) return statusOnly(0x6982);
  if (selects) context.state.file = file;
  return read(context.personalisation.files[file.name]!, le);
};

const readOffset = (data: Uint8Array): number | undefined => {
  try {
    const { value } = decodeTlv(data).expect(READ_TAG.offset, "READ BINARY");
    if (value.length === 0 || value.length > 3) return undefined;
    return value.reduce((offset, byte) => offset * 256 + byte, 0);
  } catch (error) {
    if (error instanceof EmrtdError) return undefined;
    throw error;
  }
};
