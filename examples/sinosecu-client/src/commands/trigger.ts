import { CommandError, command, EXIT } from "@org/command";
import { parseMrz } from "@org/emrtd-core";
import { SERVICE_FLAGS, withReader } from "../service.js";
import { documentAnswer, documentText } from "../show-document.js";

export const trigger = command({
  name: "trigger",
  summary: "Reads the document that lies there, or is laid down within so many seconds",
  flags: {
    ...SERVICE_FLAGS,
    out: { type: "text", value: "DIR", help: "folder to save images and chip files in" },
  },
  operands: { seconds: { help: "how long to wait for a document, 0 to 3600" } },
  details: "Exit 0: a document was read. 1: none was, or it could not be read.",
  async run({ flags, operands, output, signal }) {
    if (!/^\d{1,4}$/.test(operands.seconds)) {
      throw new CommandError("USAGE", "expected a whole number from 0 to 3600 for SECONDS");
    }
    const outcome = await withReader(
      flags,
      signal,
      (reader) => reader.trigger(Number(operands.seconds), { signal }),
      { parseMrz },
    );
    if ("message" in outcome) {
      output.result({ message: outcome.message }, outcome.message);
      return EXIT.no;
    }
    const answer = await documentAnswer(outcome.document, flags.out);
    output.result(answer, documentText(answer, output));
    return answer.failure === undefined ? EXIT.yes : EXIT.no;
  },
});
