import type { ImageKind } from "../messages/image-kinds.js";
import { mosaicJpeg } from "./mosaic.js";
import type { SimulatedDocument } from "./simulated-document.js";

/** Whom a specimen passport of Utopia is made out to. */
export interface Holder {
  readonly documentNumber: string;
  readonly surname: string;
  readonly givenNames: string;
  readonly sex: "F" | "M";
  /** YYMMDD */
  readonly dateOfBirth: string;
  /** YYMMDD */
  readonly dateOfExpiry: string;
}

const ANNA: Holder = {
  documentNumber: "L898902C3",
  surname: "ERIKSSON",
  givenNames: "ANNA MARIA",
  sex: "F",
  dateOfBirth: "740812",
  dateOfExpiry: "340415",
};

/** A passport of Utopia as the reader would read it, its MRZ right in every digit, its pictures drawn. */
export const specimenPassport = (holder: Partial<Holder> = {}): SimulatedDocument => {
  const person = { ...ANNA, ...holder };
  const [mrz1, mrz2] = td3(person);
  return {
    mainId: "13",
    name: "Passport",
    values: {
      documentCode: "P",
      documentNumber: person.documentNumber,
      nationalName: `${person.surname} ${person.givenNames}`,
      name: `${person.surname} ${person.givenNames}`,
      sex: person.sex,
      dateOfBirth: isoDate(person.dateOfBirth, "19"),
      dateOfExpiry: isoDate(person.dateOfExpiry, "20"),
      issuer: "UTO",
      surname: person.surname,
      givenNames: person.givenNames,
      mrz1,
      mrz2,
      nationality: "UTO",
      placeOfIssue: "ZENITH",
    },
    images: pictures(person),
  };
};

const isoDate = (date: string, century: string): string =>
  `${century}${date.slice(0, 2)}-${date.slice(2, 4)}-${date.slice(4)}`;

/** The two lines of a passport (ICAO Doc 9303-4, 4.2.2). */
const td3 = (person: Holder): [string, string] => {
  const name = `${person.surname}<<${person.givenNames}`.replace(/ /g, "<");
  const number = person.documentNumber.padEnd(9, "<");
  const optional = "<".repeat(14);
  const checked = (text: string): string => text + checkDigit(text);
  const [a, b, c] = [checked(number), checked(person.dateOfBirth), checked(person.dateOfExpiry)];
  const composite = checkDigit(a + b + c + checked(optional));
  return [
    `P<UTO${name}`.padEnd(44, "<").slice(0, 44),
    `${a}UTO${b}${person.sex}${c}${checked(optional)}${composite}`,
  ];
};

/** Weights 7, 3, 1; letters from 10; a filler is 0 (ICAO Doc 9303-3, 4.9). */
const checkDigit = (text: string): string => {
  const values = [...text].map((letter) => (letter === "<" ? 0 : Number.parseInt(letter, 36)));
  return String(values.reduce((sum, value, i) => sum + value * [7, 3, 1][i % 3]!, 0) % 10);
};

/** Drawn pages and a drawn head, each a little different from person to person. */
const pictures = (person: Holder): { [kind in ImageKind]?: Uint8Array } => {
  const seed = [...person.documentNumber].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  const head = mosaicJpeg(16, 20, (x, y) => headAt(x, y, seed));
  const page = (paper: number, ink: number) =>
    mosaicJpeg(60, 42, (x, y) => {
      if (x >= 3 && x < 19 && y >= 6 && y < 26) return headAt(x - 3, y - 6, seed) * (paper / 230);
      const line = y > 34 || (x > 22 && y > 5 && y % 4 === 0);
      return line && (x * 7 + y * 3 + seed) % 5 > 0 ? ink : paper;
    });
  return {
    White: page(230, 60),
    IR: page(200, 40),
    UV: page(40, 90),
    OcrHead: head,
    ChipHead: head,
  };
};

const headAt = (x: number, y: number, seed: number): number => {
  const inFace = ((x - 8) / (5 + (seed % 2))) ** 2 + ((y - 9) / 7) ** 2 < 1;
  const inEye = y === 8 && (x === 6 || x === 10);
  const inMouth = y === 12 && x > 5 && x < 11;
  if (inEye || inMouth) return 30 + (seed % 40);
  return inFace ? 180 + (seed % 30) : y > 15 ? 90 : 220;
};
