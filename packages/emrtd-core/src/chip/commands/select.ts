import { equalBytes } from "../../bytes.js";
import type { CommandApdu } from "../../iso7816/command-apdu.js";
import { type ResponseApdu, statusOnly } from "../../iso7816/response-apdu.js";
import { EMRTD_APPLICATION, MASTER_FILE } from "../../iso7816/select.js";
import { encodeTlv } from "../../tlv.js";
import type { ChipCommand, ChipContext } from "../chip-context.js";
import { fileById, isOpen, maySelect } from "../file-access.js";

/**
 * SELECT (Doc 9303-10, 3.6.1 and 3.6.2; ISO/IEC 7816-4, 11.2.2).
 *
 * ```
 * P1 00  the master file, by 3F00 or no data     P2 0C  no answer data
 * P1 02  a file under the current directory      P2 00  file control information, where Le asks for it
 * P1 04  an application by its name              P2 04  file control parameters, likewise
 * ```
 */
export const SELECT: ChipCommand = {
  ins: 0xa4,
  name: "SELECT",
  answer(command, context) {
    if (!TEMPLATES.has(command.p2)) return statusOnly(0x6a86);
    switch (command.p1) {
      case 0x00:
        return selectMasterFile(command, context);
      case 0x02:
        return selectFile(command, context);
      case 0x04:
        return selectApplication(command, context);
      default:
        return statusOnly(0x6a86);
    }
  },
};

/** P2, and the template of the answer that it asks for. */
const TEMPLATES: ReadonlyMap<number, number | undefined> = /* @__PURE__ */ new Map([
  [0x00, 0x6f],
  [0x04, 0x62],
  [0x0c, undefined],
]);

const selectMasterFile = (command: CommandApdu, { state }: ChipContext): ResponseApdu => {
  if (command.data && readFileId(command.data) !== MASTER_FILE) return statusOnly(0x6a82);
  state.directory = "master-file";
  state.file = undefined;
  return selected(command, encodeTlv(0x83, Uint8Array.of(0x3f, 0x00)));
};

const selectApplication = (command: CommandApdu, { state }: ChipContext): ResponseApdu => {
  if (!command.data || !equalBytes(command.data, EMRTD_APPLICATION)) return statusOnly(0x6a82);
  state.directory = "application";
  state.file = undefined;
  return selected(command, encodeTlv(0x84, EMRTD_APPLICATION));
};

const selectFile = (command: CommandApdu, context: ChipContext): ResponseApdu => {
  const fileId = command.data && readFileId(command.data);
  if (fileId === undefined) return statusOnly(0x6a87);
  const file = fileById(context, fileId);
  context.state.file = undefined;
  // Who may not select a file does not learn whether it is there.
  if (file ? !maySelect(context, file) : hides(context)) return statusOnly(0x6982);
  if (!file) return statusOnly(0x6a82);
  context.state.file = file;
  const size = context.personalisation.files[file.name]!.length;
  return selected(
    command,
    encodeTlv(0x80, Uint8Array.of(size >> 16, size >> 8, size)),
    encodeTlv(0x83, Uint8Array.of(fileId >> 8, fileId)),
  );
};

const hides = (context: ChipContext): boolean =>
  context.state.directory === "application" && !isOpen(context);

const readFileId = (data: Uint8Array): number | undefined =>
  data.length === 2 ? (data[0]! << 8) | data[1]! : undefined;

const selected = ({ p2, le }: CommandApdu, ...control: readonly Uint8Array[]): ResponseApdu => {
  const template = TEMPLATES.get(p2);
  if (template === undefined || le === undefined) return statusOnly(0x9000);
  return { data: encodeTlv(template, ...control), statusWord: 0x9000 };
};
