/**
 * What a decoder noticed and passed on: real terminals differ from the document, and none of it is
 * a reason to lose a record.
 */
export const DIAGNOSTICS = {
  FIELD_UNKNOWN: "a key that the document does not have; kept",
  FIELD_REPEATED: "a key stands twice; the first one counts, the other is kept",
  FIELD_NOT_A_PAIR: "a piece without an equals sign; kept",
  FIELD_UNREADABLE: "a value is not of the field's type; kept as sent, the field is left out",
  DOUBLE_EQUALS: "a value starts with a second equals sign; it is taken off",
  TEXT_OTHER_CHARSET: "a text is not in the terminal's character set but in the other one",
  TEXT_UNDECODABLE: "a text is in no known character set; its bytes are kept",
  BASE64_NOT_CANONICAL: "base64 holds white space or lacks its padding",
  BASE64_INVALID: "base64 holds other characters or has an impossible length",
  SIZE_IS_DECODED_SIZE: "Size is the length of the data, not of its base64 text",
  SIZE_MISMATCH: "Size is neither the length of the base64 text nor of the data",
  TIME_INVALID: "a time is not YYYY-MM-DD hh:mm:ss of a real day",
  LINE_UNREADABLE: "a line is no record; it is kept apart",
  LINE_BLANK: "an empty line between records",
  LINE_UNTERMINATED: "the last line has no line feed; a terminal throws such a line away",
  COLUMNS_UNEXPECTED: "more or fewer columns than any known form of the record",
  REQUEST_OUT_OF_FORM: "method, path or query are not written as the document has them",
  FOREIGN_DIALECT: "the request belongs to another dialect of the protocol",
  PHOTO_WITHOUT_SEPARATOR: "no NUL between the header and the picture",
  PHOTO_SIZE_MISMATCH: "the declared size of a picture is not the received one",
  VERSION_TOO_OLD: "the interaction is newer than the protocol version both sides announced",
  TIME_ZONE_UNREADABLE: "TimeZone is a fraction or a name; a terminal reads its leading digits",
  REPLY_UNREADABLE: "a piece of a reply is no reply; it is kept apart",
  REPLY_CONTENT_SHORT: "a file is shorter than its declared size",
} as const;

/** Stable name of an oddity; see {@link DIAGNOSTICS}. */
export type DiagnosticCode = keyof typeof DIAGNOSTICS;

/** One oddity and its place. It holds no value of any field: values are personal data. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  /** Key or column as the document spells it. */
  readonly field?: string;
  /** Line of the body, from 0. */
  readonly line?: number;
}

/** Receives what a decoder notices. */
export type Report = (diagnostic: Diagnostic) => void;
