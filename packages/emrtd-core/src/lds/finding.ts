/** What a decoder put up with, and says. */
const MEANINGS = {
  MRZ_CHARACTERS: "a field of the machine readable zone holds characters that it may not",
  MRZ_DATE: "a date of the machine readable zone is no date",
  MRZ_FILLER_COUNTED: "the check digit of a long document number covers the filler inside it",
  COPY_MISMATCH: "the copy of a signed value that stands outside the signature differs from it",
  COUNT_MISMATCH: "a file says that it holds another number of elements than it does",
  DATE_BCD: "a date is in packed digits, two a byte",
  DATE_FORM: "a date has neither of the two forms that are known",
  LENGTH_MISMATCH: "a record says another length of itself than it has",
  RECORD_UNKNOWN: "a biometric data block is in no form that is known",
  TAG_LIST_MISMATCH: "a list of tags names other elements than the file holds",
  TEXT_NOT_UTF8: "a text is not UTF-8 and was read as ISO 8859-1",
  TRAILING_BYTES: "bytes follow the content and were left alone",
} as const;

export type FindingCode = keyof typeof MEANINGS;

/** A deviation from the standard that was tolerated. */
export interface Finding {
  readonly code: FindingCode;
  /** The field, tag or structure, never its content. */
  readonly where: string;
}

export const FINDINGS: Readonly<Record<FindingCode, string>> = MEANINGS;
