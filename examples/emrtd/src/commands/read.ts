import { CommandError, command, EXIT, type Output, writeWholeFile } from "@org/command";
import {
  type AccessPolicy,
  createTerminal,
  DEFAULT_READ_PLAN,
  type DocumentReading,
  drive,
  encodeTape,
  type FileName,
  type Password,
  type ReadProgress,
  readDocument,
  recordTape,
  type TerminalCredentials,
  verifyDocument,
} from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import { AT_FLAG, parseAt } from "../at.js";
import { CHIP_FORMS, CHIP_HELP, type OpenChip, openChip } from "../chips/index.js";
import { inputsOfPassword } from "../chips/replay.js";
import { writeChipFiles } from "../folder.js";
import { PASSWORD_FLAGS, passwordOf } from "../passwords.js";
import { reportText } from "../report/text.js";
import { writeHtmlReport } from "../report/write-html.js";
import { inputsOfTerminal, TERMINAL_FLAGS, terminalOf } from "../terminal.js";
import { loadTrust, namesTrust, TRUST_FLAGS } from "../trust.js";

export const read = command({
  name: "read",
  summary: "Opens a chip, reads it, lets it prove itself, and judges what it gave",
  flags: {
    chip: { type: "text", value: "CHIP", required: true, help: `the chip: ${CHIP_FORMS}` },
    ...PASSWORD_FLAGS,
    access: {
      type: "text",
      value: "PROTOCOL",
      choices: ["auto", "pace", "bac"],
      default: "auto",
      help: "how to open the chip; auto is PACE where it is offered, and never falls back silently",
    },
    ...TRUST_FLAGS,
    ...TERMINAL_FLAGS,
    ...AT_FLAG,
    out: { type: "text", value: "DIR", help: "write the files that were read" },
    html: { type: "text", value: "FILE", help: "also write the report as one page" },
    trace: {
      type: "text",
      value: "FILE",
      help: "record the reading; the file opens the document again",
    },
  },
  details: `
Chips:
${CHIP_HELP}

The simulator brings its own key, trust anchors and terminal. A recording brings its own key, and no private
key of a terminal: to replay a reading of fingers and irises, name it again.
Exit 0: authentic. 1: not authentic, not determined, or refused. 2: wrong usage. 3: the chip was lost.

  emrtd read --chip sim
  emrtd read --chip sim:cloned
  emrtd read --chip dir:dump --document-number L898902C3 --birth 740812 --expiry 340415 --csca csca.cer`,
  async run({ flags, output, signal }) {
    const at = parseAt(flags.at);
    const given = passwordOf(flags);
    const note = (text: string) => output.note(text);
    const chip = await openChip(flags.chip, { note, signal });
    try {
      const password = given ?? chip.password;
      if (password === undefined) {
        throw new CommandError(
          "USAGE",
          "expected --document-number, --birth and --expiry, or --mrz, or --can, found no key",
        );
      }
      if (given === undefined) output.note(`the key is that of ${chip.label}`);
      const named = await terminalOf(flags);
      const terminal = named ?? chip.terminal;
      if (terminal && !named) output.note(`the terminal's keys are those of ${chip.label}`);
      const ownTrust = namesTrust(flags) ? [] : (chip.trust ?? []);
      if (ownTrust.length > 0) output.note(`the trust anchors are those of ${chip.label}`);
      const trust = await loadTrust(flags, ownTrust, (text) => output.note(text));
      const reading = await readChip(
        chip,
        password,
        { access: flags.access as AccessPolicy["protocol"], trace: flags.trace, terminal },
        output,
        signal,
      );
      const { files, evidence, failure } = reading;
      if (flags.out !== undefined) await writeChipFiles(flags.out, files);
      if (failure !== null) {
        if (flags.out !== undefined) output.note(`what was read until then is in ${flags.out}`);
        throw failure;
      }
      const report = verifyDocument(files, trust, { at, evidence, crypto: nodeCrypto });
      if (flags.html !== undefined) await writeHtmlReport(flags.html, report, files, at);
      output.result(report, reportText(report, output));
      return report.verdict === "authentic" ? EXIT.yes : EXIT.no;
    } finally {
      await chip.close();
    }
  },
});

/** How often a chip that was lost may come back. */
const MAX_RETURNS = 5;

interface ReadOptions {
  readonly access: AccessPolicy["protocol"];
  readonly trace: string | undefined;
  readonly terminal: TerminalCredentials | undefined;
}

/** Reads a chip to the end, also where it is lost and comes back in between. */
const readChip = async (
  chip: OpenChip,
  password: Password,
  { access, trace, terminal }: ReadOptions,
  output: Output,
  signal: AbortSignal,
): Promise<DocumentReading> => {
  const inputs = { ...inputsOfPassword(password), ...inputsOfTerminal(terminal) };
  const recorder = recordTape(chip, inputs);
  const { transceive, random } = trace === undefined ? chip : recorder;
  const plan = { ...DEFAULT_READ_PLAN, access: { ...DEFAULT_READ_PLAN.access, protocol: access } };
  const onProgress = (event: ReadProgress) => output.progress(progressText(event));
  const read = (resume: DocumentReading | undefined) =>
    drive(
      readDocument(password, {
        random,
        crypto: nodeCrypto,
        plan,
        onProgress,
        ...(terminal && { terminal: createTerminal(terminal, { crypto: nodeCrypto }) }),
        ...(resume === undefined ? {} : { resume }),
      }),
      transceive,
      { signal },
    );
  try {
    let reading = await read(undefined);
    for (let returns = 0; chip.returned && isLost(reading) && returns < MAX_RETURNS; returns++) {
      output.note(`the chip was lost after ${soFar(reading)}; lay it on the reader again`);
      await chip.returned();
      reading = await read(reading);
    }
    return reading;
  } finally {
    output.clearProgress();
    // A tape of a reading that failed is the one that is wanted most.
    if (trace !== undefined) await writeWholeFile(trace, encodeTape(recorder.tape()), 0o600);
  }
};

const isLost = ({ failure }: DocumentReading): boolean => failure?.code === "TRANSPORT_FAILED";

const soFar = ({ files, partial }: DocumentReading): string => {
  const whole = `${Object.keys(files).length} files`;
  return partial
    ? `${whole} and ${partial.bytes.length} bytes of ${fileLabel(partial.file)}`
    : whole;
};

const progressText = (event: ReadProgress): string => {
  switch (event.event) {
    case "opened":
      return `opened by ${event.access.protocol}`;
    case "reading":
      return `${fileLabel(event.file)} ${event.read}${event.length === undefined ? "" : ` of ${event.length}`} bytes`;
    case "file":
      return `${fileLabel(event.file)} ${event.outcome}`;
    case "chip-authentication":
      return "the chip proves itself by a key agreement";
    case "active-authentication":
      return "the chip proves itself by a signature";
    case "terminal-authentication":
      return "the terminal proves itself by a signature";
  }
};

const fileLabel = (file: FileName): string => (file.startsWith("DG") ? file : `EF.${file}`);
