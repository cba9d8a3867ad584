import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyMrzFields, anyMrzFormat } from "../src/arbitraries.js";
import { EmrtdError } from "../src/errors.js";
import { MRZ_LAYOUTS, makeMrz, mrzCheckDigitsCorrect, parseMrz } from "../src/mrz/index.js";

const anyZone = () =>
  anyMrzFormat().chain((format) => fc.tuple(fc.constant(format), anyMrzFields(format)));

describe("machine readable zone", () => {
  test("what is made is parsed, and made again to the letter", () => {
    fc.assert(
      fc.property(anyZone(), ([format, fields]) => {
        const text = makeMrz(format, fields);
        const mrz = parseMrz(text);
        expect(mrz.format).toBe(format);
        expect(mrzCheckDigitsCorrect(mrz)).toBe(true);
        expect(mrz.findings).toEqual([]);
        const { surname, givenNames, ...rest } = fields;
        expect(mrz).toMatchObject(rest);
        if (!mrz.nameMayBeTruncated) expect(mrz).toMatchObject({ surname, givenNames });
        expect(makeMrz(format, mrz)).toBe(text);
      }),
    );
  });

  test("a name that does not fit fills its field to the last letter, all beginnings in order", () => {
    fc.assert(
      fc.property(anyZone(), ([format, fields]) => {
        const width = MRZ_LAYOUTS[format].fields.find(({ name }) => name === "name")!.length;
        const given = fields.givenNames;
        const whole = fields.surname.length + (given === "" ? 0 : 2 + given.length);
        const mrz = parseMrz(makeMrz(format, fields));
        // A name that fits exactly looks the same; one letter a component may leave a place empty.
        if (whole > width) {
          expect(mrz.surname).not.toBe("");
          expect(mrz.givenNames === "").toBe(given === "");
          if (/[A-Z]{3}/.test(given || fields.surname)) expect(mrz.nameMayBeTruncated).toBe(true);
        }
        for (const part of ["surname", "givenNames"] as const) {
          const all = fields[part].split(" ");
          mrz[part].split(" ").forEach((word, index) => {
            expect(all[index]!.startsWith(word)).toBe(true);
          });
        }
      }),
    );
  });

  test("one wrong character in a checked field is seen, unless it weighs the same", () => {
    fc.assert(
      fc.property(anyZone(), fc.nat(), fc.nat(35), ([format, fields], where, change) => {
        const text = makeMrz(format, fields);
        const { fields: places, lines } = parseMrz(text);
        const place = places.filter(({ name }) => name.startsWith("dateOf"))[where % 2]!;
        const at = place.start - 1 + (where % 6);
        const old = lines[place.line - 1]![at]!;
        const put = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[change]!;
        const line = lines[place.line - 1]!;
        const altered = lines.map((text, index) =>
          index === place.line - 1 ? line.slice(0, at) + put + line.slice(at + 1) : text,
        );
        const same = (Number.parseInt(put, 36) - Number.parseInt(old, 36)) % 10 === 0;
        expect(mrzCheckDigitsCorrect(parseMrz(altered.join("\n")))).toBe(same);
      }),
    );
  });

  test("any text is parsed or refused with our error", () => {
    const alphabet = fc.constantFrom(..."ABCPVIDX0189<<<<\n");
    const mutated = anyZone().chain(([format, fields]) =>
      fc
        .tuple(fc.constant(makeMrz(format, fields)), fc.nat(95), fc.string({ maxLength: 3 }))
        .map(([text, at, put]) => text.slice(0, at) + put + text.slice(at + put.length)),
    );
    const sized = fc
      .constantFrom(72, 88, 90)
      .chain((length) => fc.string({ unit: alphabet, minLength: length, maxLength: length }));
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 100 }), sized, mutated), (text) => {
        try {
          const mrz = parseMrz(text);
          expect(mrz.lines.length).toBe(MRZ_LAYOUTS[mrz.format].lineCount);
        } catch (error) {
          if (!(error instanceof EmrtdError)) throw error;
        }
      }),
      { numRuns: 10_000 },
    );
  });
});
