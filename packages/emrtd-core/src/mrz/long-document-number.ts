import { mrzCheckDigit } from "./check-digit.js";
import type { MrzLayout } from "./layout.js";

/** Characters of a document number that fit its own field, in every format. */
export const DOCUMENT_NUMBER_FIELD = 9;

/** How many characters of the number fit: its field, and optional data less check digit and filler. */
export const longestDocumentNumber = (layout: MrzLayout): number => {
  const room = layout.fields.find(({ name }) => name === "optionalData")!.length;
  return hasLongNumbers(layout) ? DOCUMENT_NUMBER_FIELD + room - 2 : DOCUMENT_NUMBER_FIELD;
};

/** Only cards of TD1 and TD2 size can go on with the number in optional data. */
const hasLongNumbers = ({ format }: MrzLayout): boolean => format === "TD1" || format === "TD2";

/** A number that goes on in the optional data. */
export interface LongDocumentNumber {
  readonly number: string;
  readonly expected: string;
  readonly found: string;
  /** The check digit counts the filler between the two parts as well, as some issuers do. */
  readonly overFiller: boolean;
  /** Position of the check digit within the optional data, from 0. */
  readonly checkDigitAt: number;
  /** What of the optional data is left. */
  readonly optionalData: string;
}

/**
 * The rest of a document number longer than nine characters (Doc 9303-5 and -6, 4.2.2 note j): a
 * filler stands where its check digit would, and the optional data begin with the remaining
 * characters, the check digit over all of them, and a filler. A digit that covers the first filler too
 * is put up with.
 *
 * @returns undefined where the number does not go on.
 */
export const readLongDocumentNumber = (
  layout: MrzLayout,
  principal: string,
  checkDigit: string,
  optionalData: string,
): LongDocumentNumber | undefined => {
  if (checkDigit !== "<" || !hasLongNumbers(layout)) return undefined;
  const filler = optionalData.indexOf("<");
  const end = filler < 0 ? optionalData.length : filler;
  // One character alone would be a check digit without a number.
  if (end < 2) return undefined;
  const rest = optionalData.slice(0, end - 1);
  const found = optionalData[end - 1]!;
  const number = principal + rest;
  const standard = mrzCheckDigit(number);
  const overFiller = found !== standard && found === mrzCheckDigit(`${principal}<${rest}`);
  return {
    number,
    expected: overFiller ? found : standard,
    found,
    overFiller,
    checkDigitAt: end - 1,
    optionalData: optionalData.slice(end + 1),
  };
};
