import { CVC_LIMITS } from "./limits.js";
import { invalidCvc, unwritable } from "./refuse.js";

/** The parts of a reference as Doc 9303-12, 7.2.2.2, table 12 has them. */
export interface CvReferenceParts {
  /** Two letters: whose key it is. */
  readonly country: string;
  /** Up to nine characters that the holder is known by. */
  readonly mnemonic: string;
  /** Five digits or capital letters. */
  readonly sequenceNumber: string;
}

/** Codes 00 to 1F and 7F to 9F are no characters of ISO/IEC 8859-1. */
const isCharacter = (code: number): boolean =>
  code >= 0x20 && code <= 0xff && !(code >= 0x7f && code <= 0x9f);

/**
 * Reads the name of a public key, whatever its parts.
 *
 * @throws EmrtdError `CVC_INVALID` for no characters, too many, or codes that are none.
 */
export const decodeCvReference = (bytes: Uint8Array, path: string): string => {
  const { reference } = CVC_LIMITS;
  if (bytes.length === 0 || bytes.length > reference || !bytes.every(isCharacter)) {
    throw invalidCvc(`1 to ${reference} characters of ISO 8859-1`, path);
  }
  return String.fromCharCode(...bytes);
};

/** @throws EmrtdError `CVC_VALUE` for a text that no certificate can hold. */
export const encodeCvReference = (text: string, path: string): Uint8Array<ArrayBuffer> => {
  const codes = Array.from(text, (character) => character.codePointAt(0)!);
  const { reference } = CVC_LIMITS;
  if (codes.length === 0 || codes.length > reference || !codes.every(isCharacter)) {
    throw unwritable(`1 to ${reference} characters of ISO 8859-1`, path);
  }
  return Uint8Array.from(codes);
};

/** Takes a reference apart; undefined where it is not built as the standard has it. */
export const parseCvReference = (reference: string): CvReferenceParts | undefined => {
  const match = /^([A-Z]{2})(.{1,9})([0-9A-Z]{5})$/s.exec(reference);
  if (match === null) return undefined;
  const [, country, mnemonic, sequenceNumber] = match as unknown as [
    string,
    string,
    string,
    string,
  ];
  return { country, mnemonic, sequenceNumber };
};
