import { describe, expect, test } from "vitest";
import { type CyrillicLanguage, makeMrz, parseMrz, transliterateName } from "../src/mrz/index.js";
import rows from "./vectors/transliteration.json" with { type: "json" };

const text = (...codePoints: number[]) => String.fromCodePoint(...codePoints);

describe("Doc 9303-3, section 6, row by row", () => {
  test.each(rows)("$table $codePoint", ({ codePoint, forms, exceptions, firstOnly }) => {
    const letter = text(Number(codePoint));
    expect(transliterateName(letter)).toBe(forms[0]);
    expect(transliterateName(letter.toLowerCase())).toBe(forms[0]);
    for (const [language, form] of Object.entries(exceptions ?? {})) {
      const options = { language: language as CyrillicLanguage };
      expect(transliterateName(letter, options)).toBe(form);
      expect(transliterateName(`A${letter}`, options)).toBe(`A${firstOnly ? forms[0] : form}`);
    }
    if (forms.length > 1) {
      expect(transliterateName(letter, { latin: "plain" })).toBe(
        [...forms].reverse().find((form) => form.length === 1) ?? forms.at(-1),
      );
      const escaped = forms.find((form) => form.endsWith("XX")) ?? forms[0];
      expect(transliterateName(letter, { latin: "escaped" })).toBe(escaped);
    }
  });
});

describe("Arabic names", () => {
  /** Doc 9303-3, appendix B.5.7. */
  test("as worked out in the standard", () => {
    const abuBakr = [0x0627, 0x0628, 0x0648, 0x20, 0x0628, 0x0643, 0x0631];
    expect(transliterateName(text(...abuBakr))).toBe("ABW BKR");
    const muhammad = [0x0645, 0x062d, 0x0645, 0x062f];
    expect(transliterateName(text(...muhammad))).toBe("MXHMD");
  });

  /** Section 6.C, notes 2 and 3. */
  test("shadda doubles, vowel signs vanish, teh marbuta ends a component as XAH", () => {
    expect(transliterateName(text(0x0639, 0x0628, 0x0651, 0x0627, 0x0633))).toBe("EBBAS");
    expect(transliterateName(text(0x0639, 0x0628, 0x064e, 0x0651, 0x0627, 0x0633))).toBe("EBBAS");
    expect(transliterateName(text(0x0641, 0x0636, 0x0651, 0x0629))).toBe("FXDZXDZXAH");
    expect(transliterateName(text(0x0629, 0x0628))).toBe("XTAB");
    expect(transliterateName(text(0x0628, 0x0629, 0x0650))).toBe("BXAH");
  });

  test("presentation forms are the letters that they stand for", () => {
    expect(transliterateName(text(0xfefb))).toBe("LA");
    expect(transliterateName(text(0xfb56))).toBe("P");
  });
});

/** The table prints the row of this letter under the code of another, 0492. */
test("Macedonian has GJ for the letter that its names hold", () => {
  const name = text(0x0403, 0x043e, 0x0440, 0x0453, 0x0438);
  expect(transliterateName(name, { language: "macedonian" })).toBe("GJORGJI");
  expect(transliterateName(name.normalize("NFD"), { language: "macedonian" })).toBe("GJORGJI");
});

describe("other characters", () => {
  test("letters with marks that no table has lose the marks", () => {
    expect(transliterateName(text(0x4e, 0x67, 0x75, 0x79, 0x1ec5, 0x6e))).toBe("NGUYEN");
    expect(transliterateName(text(0x0403))).toBe("G");
  });

  test("apostrophes of every make and invisible joiners vanish, hyphens part components", () => {
    for (const mark of [0x27, 0x60, 0xb4, 0x2bc, 0x2019, 0x200c]) {
      expect(transliterateName(`D${text(mark)}ARTAGNAN`)).toBe("DARTAGNAN");
    }
    for (const mark of [0x2d, 0x2010, 0x2011, 0x2c, 0x3c]) {
      expect(transliterateName(`MARIE${text(mark)}ELISE`)).toBe("MARIE ELISE");
    }
  });

  test("digits and other scripts are refused without being quoted", () => {
    for (const letter of ["7", text(0x0391), text(0x4e00), text(0x1f600)]) {
      expect(() => transliterateName(`AB${letter}`)).toThrow(
        expect.objectContaining({ code: "MRZ_CHARACTERS" }),
      );
    }
  });
});

test("a zone is made from national characters", () => {
  const zone = makeMrz("TD3", {
    documentCode: "PP",
    issuer: "D",
    surname: text(0x47, 0xf6, 0xdf),
    givenNames: text(0x42, 0xe4, 0x72, 0x62, 0x65, 0x6c),
    documentNumber: "C01X00T47",
    nationality: "D",
    dateOfBirth: "640812",
    dateOfExpiry: "310227",
  });
  expect(parseMrz(zone)).toMatchObject({ surname: "GOESS", givenNames: "BAERBEL" });
});
