import { command, EXIT } from "@org/command";
import { verifyDocument } from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import { AT_FLAG, parseAt } from "../at.js";
import { readChipFolder } from "../folder.js";
import { reportText } from "../report/text.js";
import { writeHtmlReport } from "../report/write-html.js";
import { loadTrust, TRUST_FLAGS } from "../trust.js";

export const verify = command({
  name: "verify",
  summary: "Judges the files of a chip without the chip: are they signed, by whom, and unchanged?",
  flags: {
    dir: {
      type: "text",
      value: "DIR",
      required: true,
      help: "folder with EF.SOD and the files it lists",
    },
    ...TRUST_FLAGS,
    ...AT_FLAG,
    html: { type: "text", value: "FILE", help: "also write the report as one page" },
  },
  details: `
A file is known by its content first and by its name second (EF_SOD.bin, DG1.bin, Datagroup1.bin, dg1, sod).
Exit 0: authentic. 1: not authentic, or not determined. 2: wrong usage or unreadable input.

  emrtd verify --dir dump --csca csca.cer
  emrtd verify --dir dump --master-list list.ml --master-list-root csca.cer --crl utopia.crl`,
  async run({ flags, output }) {
    const at = parseAt(flags.at);
    const [{ files, ignored }, trust] = await Promise.all([
      readChipFolder(flags.dir),
      loadTrust(flags, [], (text) => output.note(text)),
    ]);
    if (ignored.length > 0) output.note(`not files of a chip: ${ignored.join(", ")}`);
    const report = verifyDocument(files, trust, { at, crypto: nodeCrypto });
    if (flags.html !== undefined) await writeHtmlReport(flags.html, report, files, at);
    output.result(report, reportText(report, output));
    return report.verdict === "authentic" ? EXIT.yes : EXIT.no;
  },
});
