export { mrzCheckDigit } from "./check-digit.js";
export { PASSPORT_CODES } from "./document-codes.js";
export { MRZ_LAYOUTS } from "./formats.js";
export type {
  CheckDigitLayout,
  FieldLayout,
  MrzCharacters,
  MrzLayout,
  Positions,
} from "./layout.js";
export { type MakeMrzOptions, type MrzInput, makeMrz } from "./make-mrz.js";
export {
  type CheckedField,
  type Mrz,
  type MrzCheckDigit,
  type MrzField,
  type MrzFieldName,
  type MrzFields,
  type MrzFormat,
  mrzCheckDigitsCorrect,
} from "./mrz.js";
export { parseMrz } from "./parse-mrz.js";
export { type TransliterationOptions, transliterateName } from "./transliterate.js";
export type { CyrillicLanguage } from "./transliteration-cyrillic.js";
