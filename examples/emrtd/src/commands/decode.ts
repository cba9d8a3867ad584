import { basename } from "node:path";
import { command, toJson } from "@org/command";
import { decodeCvCertificate, decodeFile } from "@org/emrtd-core";
import { readSmallFile } from "../read-file.js";

export const decode = command({
  name: "decode",
  summary: "Shows what a file of a chip says, without judging it",
  operands: {
    file: { help: "a file of a chip: EF_SOD.bin, DG1.bin, ...; or a card verifiable certificate" },
  },
  details: `
The file is known by its content first and by its name second. Bytes are shown as hexadecimal digits.

  emrtd decode dump/DG14.bin --json`,
  async run({ operands, output }) {
    const bytes = await readSmallFile(operands.file);
    const decoded = isCvCertificate(bytes)
      ? { name: "CV certificate", content: decodeCvCertificate(bytes) }
      : decodeFile(bytes, basename(operands.file));
    output.result(decoded, JSON.stringify(JSON.parse(toJson(decoded)), undefined, 2));
  },
});

const isCvCertificate = (bytes: Uint8Array): boolean => bytes[0] === 0x7f && bytes[1] === 0x21;
