import { basename } from "node:path";
import { command, toJson } from "@org/command";
import { decodeFile } from "@org/emrtd-core";
import { readSmallFile } from "../folder.js";

export const decode = command({
  name: "decode",
  summary: "Shows what a file of a chip says, without judging it",
  operands: { file: { help: "a file of a chip: EF_SOD.bin, DG1.bin, ..." } },
  details: `
The file is known by its content first and by its name second. Bytes are shown as hexadecimal digits.

  emrtd decode dump/DG14.bin --json`,
  async run({ operands, output }) {
    const decoded = decodeFile(await readSmallFile(operands.file), basename(operands.file));
    output.result(decoded, JSON.stringify(JSON.parse(toJson(decoded)), undefined, 2));
  },
});
