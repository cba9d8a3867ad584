import { EmrtdError } from "../errors.js";
import { mrzCheckDigit } from "../mrz/check-digit.js";

/**
 * What of the machine readable zone opens a chip; the result of `parseMrz` is one.
 *
 * The document number is taken in full where it is longer than its field (Doc 9303-5, 4.2.2 note j).
 */
export interface MrzPassword {
  readonly documentNumber: string;
  /** YYMMDD; fillers where unknown. */
  readonly dateOfBirth: string;
  /** YYMMDD. */
  readonly dateOfExpiry: string;
}

/** Card access number, printed on the front: PACE only. */
export interface CanPassword {
  readonly can: string;
}

/** A secret of the holder: PACE only. */
export interface PinPassword {
  readonly pin: string;
}

/** Opens a blocked PIN: PACE only. */
export interface PukPassword {
  readonly puk: string;
}

/** What a chip is opened with (Doc 9303-11, 9.7). */
export type Password = MrzPassword | CanPassword | PinPassword | PukPassword;

export const isMrzPassword = (password: Password): password is MrzPassword =>
  "documentNumber" in password;

/** No document number is longer: TD2 has room for 14 characters, TD1 for 22. */
const MAX_DOCUMENT_NUMBER = 22;
const DOCUMENT_NUMBER_FIELD = 9;

/**
 * MRZ information: number, birth and expiry, each with its check digit (Doc 9303-11, 4.3.2). Small
 * letters, which a zone never has, are read as capitals.
 *
 * @throws EmrtdError `PASSWORD_INVALID` for what a zone cannot say. The message holds none of it.
 */
export const mrzInformation = ({
  documentNumber,
  dateOfBirth,
  dateOfExpiry,
}: MrzPassword): string =>
  [
    checkedNumber(documentNumber).padEnd(DOCUMENT_NUMBER_FIELD, "<"),
    checkedDate(dateOfBirth, "date of birth"),
    checkedDate(dateOfExpiry, "date of expiry"),
  ]
    .map((field) => field + mrzCheckDigit(field))
    .join("");

const checkedNumber = (text: string): string => {
  const number = text.toUpperCase().replace(/<+$/, "");
  if (number.length > MAX_DOCUMENT_NUMBER || !/^[0-9A-Z][0-9A-Z<]*$/.test(number)) {
    throw new EmrtdError(
      "PASSWORD_INVALID",
      `expected a document number of 1 to ${MAX_DOCUMENT_NUMBER} letters, digits and fillers`,
    );
  }
  return number;
};

const checkedDate = (text: string, what: string): string => {
  if (!/^[0-9<]{6}$/.test(text)) {
    throw new EmrtdError("PASSWORD_INVALID", `expected YYMMDD for the ${what}`);
  }
  return text;
};
