import { command, EXIT, group, type Output, table } from "@org/command";
import {
  type Mrz,
  type MrzFormat,
  makeMrz,
  mrzCheckDigitsCorrect,
  parseMrz,
} from "@org/emrtd-core";

const FORMATS = ["TD1", "TD2", "TD3", "MRV-A", "MRV-B"] as const satisfies readonly MrzFormat[];

const parse = command({
  name: "parse",
  summary: "Reads a machine readable zone and checks its digits",
  operands: { text: { many: true, help: "the lines, apart or joined" } },
  details: `
Exit 0: every check digit is right. 1: one is wrong. 2: not a machine readable zone.

  emrtd mrz parse 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<' 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'`,
  async run({ operands, output }) {
    const mrz = parseMrz(operands.text.join("\n"));
    output.result(mrz, mrzText(mrz, output));
    return mrzCheckDigitsCorrect(mrz) ? EXIT.yes : EXIT.no;
  },
});

const make = command({
  name: "make",
  summary:
    "Writes a machine readable zone: transliterates, shortens, and computes the check digits",
  flags: {
    format: {
      type: "text",
      value: "FORMAT",
      choices: FORMATS,
      default: "TD3",
      help: "size of the document",
    },
    code: { type: "text", value: "CODE", default: "PP", help: "document code: P, PP, I, V, ..." },
    issuer: {
      type: "text",
      value: "STATE",
      required: true,
      help: "issuing state, up to three letters",
    },
    number: { type: "text", value: "N", required: true, help: "document number" },
    surname: {
      type: "text",
      value: "NAME",
      required: true,
      help: "primary identifier, in any script known",
    },
    "given-names": { type: "text", value: "NAMES", default: "", help: "secondary identifier" },
    nationality: { type: "text", value: "STATE", help: "nationality; the issuer where not given" },
    birth: { type: "text", value: "YYMMDD", required: true, help: "date of birth" },
    sex: { type: "text", value: "SEX", choices: ["F", "M", "X"], default: "X", help: "sex" },
    expiry: { type: "text", value: "YYMMDD", required: true, help: "date of expiry" },
    optional: {
      type: "text",
      value: "TEXT",
      default: "",
      help: "optional data, or the personal number",
    },
    "optional-2": {
      type: "text",
      value: "TEXT",
      default: "",
      help: "second optional data, TD1 only",
    },
  },
  async run({ flags, output }) {
    const text = makeMrz(flags.format as MrzFormat, {
      documentCode: flags.code,
      issuer: flags.issuer,
      surname: flags.surname,
      givenNames: flags["given-names"],
      documentNumber: flags.number,
      nationality: flags.nationality ?? flags.issuer,
      dateOfBirth: flags.birth,
      sex: flags.sex as "F" | "M" | "X",
      dateOfExpiry: flags.expiry,
      optionalData: flags.optional,
      optionalData2: flags["optional-2"],
    });
    output.result(parseMrz(text), text);
  },
});

export const mrz = group({
  name: "mrz",
  summary: "Reads and writes machine readable zones of all five formats",
  commands: [parse, make],
});

const mrzText = (mrz: Mrz, output: Output): string =>
  [
    output.style("bold", mrz.format),
    table(
      [
        ["document", `${mrz.documentCode} ${mrz.issuer} ${mrz.documentNumber}`],
        ["surname", mrz.surname],
        ["given names", mrz.givenNames + (mrz.nameMayBeTruncated ? " (may be shortened)" : "")],
        ["nationality", mrz.nationality],
        ["birth", mrz.dateOfBirth],
        ["sex", mrz.sex],
        ["expiry", mrz.dateOfExpiry],
        ["optional data", mrz.optionalData],
        ["optional data 2", mrz.optionalData2],
      ]
        .filter(([, value]) => value !== "")
        .map(([name, value]) => [`  ${name}`, value!]),
    ),
    "",
    table(
      mrz.checkDigits.map(({ of, line, position, expected, found, correct }) => [
        `  check digit of ${of}`,
        `line ${line}, position ${position}`,
        correct
          ? output.style("green", "right")
          : output.style("red", `wrong: expected ${expected}, found ${found}`),
      ]),
    ),
    ...mrz.findings.map(({ code, where }) => `  ${code} ${where}`),
  ].join("\n");
