import fc from "fast-check";
import { MRZ_LAYOUTS } from "./formats.js";
import { DOCUMENT_NUMBER_FIELD, longestDocumentNumber } from "./long-document-number.js";
import type { MrzFields, MrzFormat } from "./mrz.js";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ALPHANUMERIC = `${LETTERS}0123456789`;

const text = (alphabet: string, minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });

const two = (value: number): string => String(value).padStart(2, "0");

/** YYMMDD. */
export const anyMrzDate = (): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat(99), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
    .map((parts) => parts.map(two).join(""));

const anyName = (least: number): fc.Arbitrary<string> =>
  fc
    .array(text(LETTERS, 1, 20), { minLength: least, maxLength: 5 })
    .map((words) => words.join(" "));

export const anyMrzFormat = (): fc.Arbitrary<MrzFormat> =>
  fc.constantFrom(...(Object.keys(MRZ_LAYOUTS) as MrzFormat[]));

/** What a zone of this format can say; names of any length, so they may be shortened. */
export const anyMrzFields = (format: MrzFormat): fc.Arbitrary<MrzFields> => {
  const layout = MRZ_LAYOUTS[format];
  const lengthOf = (name: string) =>
    layout.fields.find((place) => place.name === name)?.length ?? 0;
  const first = format.startsWith("MRV") ? "V" : format === "TD3" ? "P" : "I";
  return fc
    .record({
      documentCode: text(LETTERS, 0, 1).map((second) => first + second),
      issuer: text(LETTERS, 1, 3),
      surname: anyName(1),
      givenNames: anyName(0),
      documentNumber: text(ALPHANUMERIC, 1, longestDocumentNumber(layout)),
      nationality: text(LETTERS, 1, 3),
      dateOfBirth: anyMrzDate(),
      sex: fc.constantFrom("F", "M", "X"),
      dateOfExpiry: anyMrzDate(),
      optionalData: text(ALPHANUMERIC, 0, lengthOf("optionalData")),
      optionalData2: text(ALPHANUMERIC, 0, lengthOf("optionalData2")),
    })
    .map((fields) => {
      // A long number takes room of the optional data: its rest, a check digit and a filler.
      const rest = fields.documentNumber.length - DOCUMENT_NUMBER_FIELD;
      const room = rest > 0 ? lengthOf("optionalData") - rest - 2 : lengthOf("optionalData");
      return { ...fields, optionalData: fields.optionalData.slice(0, room) };
    });
};
