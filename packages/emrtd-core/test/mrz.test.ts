import { describe, expect, test } from "vitest";
import type { Password } from "../src/access/password.js";
import { EmrtdError } from "../src/errors.js";
import {
  MRZ_LAYOUTS,
  type MrzFormat,
  makeMrz,
  mrzCheckDigit,
  mrzCheckDigitsCorrect,
  parseMrz,
} from "../src/mrz/index.js";
import names from "./vectors/mrz-names.json" with { type: "json" };
import specimens from "./vectors/mrz-specimens.json" with { type: "json" };

const codeOf = (action: () => unknown): string | undefined => {
  try {
    action();
  } catch (error) {
    return error instanceof EmrtdError ? error.code : String(error);
  }
  return undefined;
};

const HOLDER = {
  documentCode: "PP",
  issuer: "UTO",
  surname: "Eriksson",
  givenNames: "Anna Maria",
  documentNumber: "L898902C3",
  nationality: "UTO",
  dateOfBirth: "740812",
  sex: "F",
  dateOfExpiry: "340415",
} as const;

describe("specimens of the standard", () => {
  for (const specimen of specimens) {
    test(`${specimen.format}: ${specimen.source}`, () => {
      if (specimen.refused !== undefined) {
        expect(() => parseMrz(specimen.lines.join("\n"))).toThrow(specimen.found.join(" + "));
        expect(codeOf(() => parseMrz(specimen.lines.join("\n")))).toBe(specimen.refused);
        return;
      }
      const mrz = parseMrz(specimen.lines.join("\n"));
      expect(mrz.format).toBe(specimen.format);
      expect(mrz.lines).toEqual(specimen.lines);
      expect(mrz.findings).toEqual([]);
      const wrong = mrz.checkDigits.filter(({ correct }) => !correct);
      expect(wrong.map(({ of }) => of)).toEqual(specimen.wrong);
      if (wrong.length > 0) expect(wrong[0]!.expected).toBe("2");
      if (specimen.documentNumber !== undefined) {
        expect(mrz.documentNumber).toBe(specimen.documentNumber);
      }
      if (wrong.length === 0) expect(makeMrz(mrz.format, mrz).split("\n")).toEqual(mrz.lines);
    });
  }

  test("one run, other line ends, lower case and blanks around lines make no difference", () => {
    for (const { lines, refused } of specimens) {
      if (refused !== undefined) continue;
      const expected = parseMrz(lines.join("\n"));
      expect(parseMrz(lines.join(""))).toEqual(expected);
      expect(parseMrz(lines.join("\r\n"))).toEqual(expected);
      expect(parseMrz(`  ${lines.join(" \r\n ")}\n\n`)).toEqual(expected);
      expect(parseMrz(lines.join("\n").toLowerCase())).toEqual(expected);
    }
  });
});

describe("fields", () => {
  const mrz = parseMrz(makeMrz("TD3", { ...HOLDER, optionalData: "ZE184226B" }));

  test("are named in the standard's words, without fillers", () => {
    expect(mrz).toMatchObject({
      format: "TD3",
      documentCode: "PP",
      issuer: "UTO",
      surname: "ERIKSSON",
      givenNames: "ANNA MARIA",
      documentNumber: "L898902C3",
      nationality: "UTO",
      dateOfBirth: "740812",
      sex: "F",
      dateOfExpiry: "340415",
      optionalData: "ZE184226B",
      optionalData2: "",
      nameMayBeTruncated: false,
    });
    expect(mrz.lines[1]).toBe("L898902C36UTO7408122F3404159ZE184226B<<<<<16");
  });

  test("are a password for the chip as they are", () => {
    const password: Password = mrz;
    expect(password).toMatchObject({
      documentNumber: "L898902C3",
      dateOfBirth: "740812",
      dateOfExpiry: "340415",
    });
  });

  test("carry their place and their characters", () => {
    expect(mrz.fields.map(({ name }) => name)).toEqual(
      MRZ_LAYOUTS.TD3.fields.map(({ name }) => name),
    );
    for (const { line, start, length, text } of mrz.fields) {
      expect(mrz.lines[line - 1]!.slice(start - 1, start - 1 + length)).toBe(text);
    }
  });

  test("with check digits fill each line of each format exactly once", () => {
    for (const layout of Object.values(MRZ_LAYOUTS)) {
      const seen = Array.from({ length: layout.lineCount }, () =>
        Array<number>(layout.lineLength).fill(0),
      );
      for (const { line, start, length } of layout.fields) {
        for (let i = 0; i < length; i++) seen[line - 1]![start - 1 + i]!++;
      }
      for (const { line, position } of layout.checkDigits) seen[line - 1]![position - 1]!++;
      expect(seen.flat().every((count) => count === 1)).toBe(true);
    }
  });

  test("a German code of one letter is filled up and stripped", () => {
    const german = makeMrz("TD3", { ...HOLDER, issuer: "D", nationality: "D" });
    expect(german.slice(2, 5)).toBe("D<<");
    expect(parseMrz(german)).toMatchObject({ issuer: "D", nationality: "D" });
  });

  test("an unspecified sex is a filler in the zone and X outside it", () => {
    const text = makeMrz("TD3", { ...HOLDER, sex: "X" });
    expect(text.split("\n")[1]![20]).toBe("<");
    expect(parseMrz(text).sex).toBe("X");
  });

  test("unknown parts of a date of birth are fillers and count as zero", () => {
    const text = makeMrz("TD3", { ...HOLDER, dateOfBirth: "74XXXX" });
    const unknown = parseMrz(text);
    expect(unknown.dateOfBirth).toBe("74<<<<");
    expect(mrzCheckDigitsCorrect(unknown)).toBe(true);
    expect(unknown.findings).toEqual([]);
  });

  test("a date that is none and a digit in a name are findings, not errors", () => {
    const text = mrz.lines.join("\n");
    expect(parseMrz(text.replace("340415", "341515")).findings).toEqual([
      { code: "MRZ_DATE", where: "dateOfExpiry" },
    ]);
    expect(parseMrz(text.replace("ANNA", "4NNA")).findings).toEqual([
      { code: "MRZ_CHARACTERS", where: "name" },
    ]);
  });
});

describe("check digits", () => {
  test("weigh 7, 3, 1 (Doc 9303-3, appendix A)", () => {
    expect(mrzCheckDigit("520727")).toBe("3");
    expect(mrzCheckDigit("AB2134<<<")).toBe("5");
    expect(mrzCheckDigit("HA672242<658022549601086<<<<<<<<<<<<<<0")).toBe("8");
  });

  test("a wrong one is reported with its place and does not throw", () => {
    const text = makeMrz("TD3", HOLDER).replace("7408122", "7408123");
    const wrong = parseMrz(text).checkDigits.filter(({ correct }) => !correct);
    expect(wrong[0]).toEqual({
      of: "dateOfBirth",
      line: 2,
      position: 20,
      expected: "2",
      found: "3",
      correct: false,
    });
    expect(wrong[1]?.of).toBe("composite");
  });

  test("zero and filler are both right for unused optional data, and for nothing else", () => {
    for (const unusedCheckDigit of ["<", "0"] as const) {
      const text = makeMrz("TD3", HOLDER, { unusedCheckDigit });
      expect(text.split("\n")[1]![42]).toBe(unusedCheckDigit);
      expect(mrzCheckDigitsCorrect(parseMrz(text))).toBe(true);
    }
    const used = makeMrz("TD3", { ...HOLDER, optionalData: "ZE184226B" });
    const filler = `${used.slice(0, -2)}<${used.slice(-1)}`;
    expect(mrzCheckDigitsCorrect(parseMrz(filler))).toBe(false);
  });
});

describe("long document numbers", () => {
  test.each([
    ["TD1", 22],
    ["TD2", 14],
  ] as const)("of %s go on in the optional data up to %i characters", (format, longest) => {
    for (let length = 10; length <= longest; length++) {
      const documentNumber = "L1234567890ABCDEFGHIJK".slice(0, length);
      const mrz = parseMrz(makeMrz(format, { ...HOLDER, documentCode: "I", documentNumber }));
      expect(mrz.documentNumber).toBe(documentNumber);
      expect(mrz.optionalData).toBe("");
      expect(mrzCheckDigitsCorrect(mrz)).toBe(true);
      const digit = mrz.checkDigits[0]!;
      expect(mrz.lines[digit.line - 1]![digit.position - 1]).toBe(digit.found);
    }
    const tooLong = { ...HOLDER, documentCode: "I", documentNumber: "1".repeat(longest + 1) };
    expect(codeOf(() => makeMrz(format, tooLong))).toBe("MRZ_FIELD");
  });

  test("leave room for other optional data", () => {
    const text = makeMrz("TD1", {
      ...HOLDER,
      documentCode: "I",
      documentNumber: "D23145890734",
      optionalData: "XYZ",
    });
    expect(text.split("\n")[0]).toBe("I<UTOD23145890<7349<XYZ<<<<<<<");
    expect(parseMrz(text)).toMatchObject({ documentNumber: "D23145890734", optionalData: "XYZ" });
  });

  test("a filler as check digit without anything after it is a wrong check digit", () => {
    const text = makeMrz("TD1", { ...HOLDER, documentCode: "I" });
    const broken = `${text.slice(0, 14)}<${text.slice(15)}`;
    expect(parseMrz(broken).checkDigits[0]).toMatchObject({ found: "<", correct: false });
    expect(parseMrz(broken).documentNumber).toBe("L898902C3");
  });

  test("do not fit passports and visas", () => {
    for (const format of ["TD3", "MRV-A", "MRV-B"] as const) {
      const tooLong = { ...HOLDER, documentNumber: "L898902C34" };
      expect(codeOf(() => makeMrz(format, tooLong))).toBe("MRZ_FIELD");
    }
  });
});

describe("names", () => {
  const nameOf = (text: string) => parseMrz(text).fields.find(({ name }) => name === "name")!.text;
  const code = (format: MrzFormat) =>
    format.startsWith("MRV") ? "V" : format === "TD3" ? "PP" : "I";
  const made = (format: MrzFormat, surname: string, givenNames: string) =>
    nameOf(makeMrz(format, { ...HOLDER, documentCode: code(format), surname, givenNames }));
  /** Printed examples whose shortening another method of the issuer's choice explains. */
  const OTHER_METHOD =
    /ARNPOL<PE<CH|ARN<PET|ARNP<PE|WOOLOOM<|BENNE<|BENNEL<|BENN<|WOOLOOMOOLOO<WAR<W<<D$/;

  test("as printed in Doc 9303-4 to -7, shortened to initials where they do not fit", () => {
    for (const { format, surname, givenNames, field } of names) {
      if (OTHER_METHOD.test(field)) continue;
      expect(made(format as MrzFormat, surname, givenNames)).toBe(field);
    }
    expect(names.filter(({ field }) => OTHER_METHOD.test(field))).toHaveLength(14);
  });

  test("an issuer's own shortening is kept", () => {
    for (const { format, field } of names) {
      const [surname, givenNames = ""] = field.split("<<");
      expect(made(format as MrzFormat, surname!, givenNames)).toBe(field);
    }
  });

  test("shortened ones end with a letter and begin with letters of each identifier", () => {
    expect(made("TD1", "A".repeat(40), "B C")).toBe(`${"A".repeat(27)}<<B`);
    expect(made("TD1", "A".repeat(40), "")).toBe("A".repeat(30));
    expect(made("TD1", `${"A".repeat(26)} ${"B".repeat(9)}`, "C")).toBe(`${"A".repeat(25)}<B<<C`);
    expect(made("TD1", `${"A".repeat(20)} ${"B".repeat(10)}`, "C")).toBe(
      `${"A".repeat(20)}<${"B".repeat(6)}<<C`,
    );
  });

  test("apostrophes vanish, hyphens and commas part components", () => {
    expect(made("TD1", "D'Artagnan", "Marie-Elise, Anna")).toBe("DARTAGNAN<<MARIE<ELISE<ANNA<<<");
  });

  test("a digit is refused", () => {
    expect(codeOf(() => made("TD3", "ERIKSSON 2", ""))).toBe("MRZ_CHARACTERS");
  });
});

describe("what is no zone", () => {
  test("wrong lengths say what was found", () => {
    for (const text of ["", "<", "P<UTO", "A".repeat(44), `${"A".repeat(30)}\n${"A".repeat(30)}`]) {
      expect(codeOf(() => parseMrz(text))).toBe("MRZ_LENGTH");
    }
    expect(codeOf(() => parseMrz("A".repeat(100_000)))).toBe("MRZ_LENGTH");
  });

  test("other characters are refused with their place and without the text", () => {
    const text = makeMrz("TD3", HOLDER).replace("ERIKSSON", "ERIK*SON");
    expect(codeOf(() => parseMrz(text))).toBe("MRZ_CHARACTERS");
    expect(() => parseMrz(text)).toThrow("line 1 at position 10");
    expect(() => parseMrz(text)).not.toThrow("ERIK");
  });

  test("a letter whose capital is of the alphabet is still another letter", () => {
    const zone = makeMrz("TD3", HOLDER);
    for (const letter of [0xdf, 0x131, 0x17f]) {
      const text = zone.replace("K", String.fromCodePoint(letter));
      expect(codeOf(() => parseMrz(text))).toBe("MRZ_CHARACTERS");
    }
  });

  test("values that do not fit are refused", () => {
    expect(codeOf(() => makeMrz("TD3", { ...HOLDER, issuer: "UTOP" }))).toBe("MRZ_FIELD");
    expect(codeOf(() => makeMrz("TD3", { ...HOLDER, dateOfExpiry: "20340415" }))).toBe("MRZ_FIELD");
    expect(codeOf(() => makeMrz("TD3", { ...HOLDER, dateOfExpiry: "341315" }))).toBe("MRZ_FIELD");
    expect(codeOf(() => makeMrz("TD3", { ...HOLDER, optionalData2: "A" }))).toBe("MRZ_FIELD");
  });
});
