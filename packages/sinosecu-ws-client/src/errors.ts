/** Whose doing an error is: the caller's, the service's words, the reader's, or the way between. */
export type Fault = "caller" | "peer" | "device" | "transport";

interface ErrorEntry {
  readonly fault: Fault;
  readonly meaning: string;
}

const entry = (fault: Fault, meaning: string): ErrorEntry => ({ fault, meaning });

/** Every code that this package throws or reports, with the side at fault. */
export const SINOSECU_ERRORS = {
  JSON_INVALID: entry("peer", "a message is not JSON"),
  NOT_UTF8: entry("peer", "a binary message is not UTF-8 text"),
  MESSAGE_INVALID: entry("peer", "a message has another shape than the manual gives it"),
  MESSAGE_TOO_LARGE: entry("peer", "a message is larger than the limit"),
  TYPE_HOMOGLYPH: entry("peer", "the key Type is written with letters that only look Latin"),
  PARAM_INVALID: entry("caller", "a parameter is not one that the command takes"),
  IMAGE_MASK_INVALID: entry("caller", "an image mask is not a whole number from 1 to 31"),
  IMAGE_INVALID: entry("device", "an image is not base64, bare or in a data URL"),
  HEX_INVALID: entry("device", "a chip file is not pairs of hexadecimal digits"),
  CHECK_FIELD_INVALID: entry("device", "a check field does not begin with two of Y and N"),
  REQUEST_REFUSED: entry("device", "the service answered that it did not do what was asked"),
  REQUEST_TIMEOUT: entry("transport", "the service did not answer in time"),
  TRIGGER_TIMEOUT: entry("device", "no document was read in the time given"),
  REPLY_UNEXPECTED: entry("peer", "an answer came that nobody had asked for"),
  REPLY_LATE: entry("peer", "an answer came after its request had been given up"),
  UNREACHABLE: entry("transport", "no connection to the service could be opened"),
  CONNECTION_LOST: entry("transport", "the connection ended before the answer came"),
  CLIENT_CLOSED: entry("caller", "the client was closed"),
  LISTENER_FAILED: entry("caller", "a listener threw"),
  DOCUMENT_INVALID: entry(
    "caller",
    "a document for the simulator has another shape than it should",
  ),
  QUIRK_UNKNOWN: entry("caller", "the simulator has no quirk of this name"),
  CONFORMANCE: entry("peer", "a service does not do what the manual says"),
} as const satisfies Record<string, ErrorEntry>;

/** Stable name of an error; see {@link SINOSECU_ERRORS}. */
export type SinosecuErrorCode = keyof typeof SINOSECU_ERRORS;

export interface SinosecuErrorDetails {
  /** Where in the message, e.g. `Param.White`. Never a value. */
  readonly path?: string;
  /** What the service itself said, in its own language; only with `REQUEST_REFUSED`. */
  readonly serviceText?: string;
  readonly cause?: unknown;
}

/** The one error class of this package. The message says what was expected, what was found, where. */
export class SinosecuError extends Error {
  override readonly name = "SinosecuError";
  readonly code: SinosecuErrorCode;
  readonly path: string | undefined;
  readonly serviceText: string | undefined;

  constructor(code: SinosecuErrorCode, message: string, details: SinosecuErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.path = details.path;
    this.serviceText = details.serviceText;
  }

  /** Whose doing it is. */
  get fault(): Fault {
    return SINOSECU_ERRORS[this.code].fault;
  }
}
