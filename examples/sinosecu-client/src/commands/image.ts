import { CommandError, command, EXIT, table } from "@org/command";
import { IMAGE_KINDS } from "@org/sinosecu-ws-client";
import { SERVICE_FLAGS, withReader } from "../service.js";
import { saveImages } from "../show-document.js";

export const image = command({
  name: "image",
  summary: "Takes images of the document on the reader",
  flags: {
    ...SERVICE_FLAGS,
    out: { type: "text", value: "DIR", help: "folder to save them in" },
  },
  operands: { mask: { help: "sum of the images' numbers, 1 to 31" } },
  details: `Images:\n${IMAGE_KINDS.filter(({ bit }) => bit > 0)
    .map(({ kind, bit, meaning }) => `  ${String(bit).padStart(2)}  ${kind}: ${meaning}`)
    .join("\n")}`,
  async run({ flags, operands, output, signal }) {
    if (!/^\d{1,2}$/.test(operands.mask)) {
      throw new CommandError("USAGE", "expected a whole number from 1 to 31 for MASK");
    }
    const images = await withReader(flags, signal, (reader) =>
      reader.images(Number(operands.mask), { signal }),
    );
    const saved = await saveImages(images, flags.out);
    output.result(
      { images: saved },
      table(
        saved.map(({ kind, format, bytes, file }) => [
          kind,
          format ?? "unreadable",
          `${bytes}`,
          file ?? "",
        ]),
      ),
    );
    return saved.some(({ format }) => format !== null) ? EXIT.yes : EXIT.no;
  },
});
