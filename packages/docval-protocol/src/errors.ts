/** Whose doing an error is: the caller's, the other side's, the bytes read, or the way between. */
export type Fault = "caller" | "peer" | "chip" | "data" | "transport";

interface ErrorEntry {
  readonly fault: Fault;
  readonly meaning: string;
}

const entry = (fault: Fault, meaning: string): ErrorEntry => ({ fault, meaning });

/** Every code that this package throws, with the side at fault. `docs/errors.md` is made from it. */
export const DOCVAL_ERRORS = /* @__PURE__ */ (() =>
  ({
    JSON_MALFORMED: entry("peer", "a text is no JSON, is too deep, or names a key twice"),
    MESSAGE_UNKNOWN: entry("peer", "a text or binary message is of no known type"),
    MESSAGE_INVALID: entry("peer", "a message breaks the layout of its type"),
    MESSAGE_UNENCODABLE: entry("caller", "a value is no message of its type"),
    FILE_NAME_INVALID: entry("peer", "the name of a file has no bytes, too many, or is no UTF-8"),
    RESULT_INVALID: entry("data", "a result breaks its layout in either spelling"),
    LIMIT_TOO_SMALL: entry(
      "peer",
      "the limits of the other side leave no room for a command that the chip must be sent",
    ),
    SESSION_UNUSABLE: entry("peer", "handed-over keys or counter fit no secure messaging"),
    CHIP_LOST: entry("transport", "the chip did not answer, or the way to it broke"),
    SIGNATURE_INPUT: entry("caller", "a component or parameter cannot be signed over"),
    SIGNATURE_MALFORMED: entry("peer", "signature headers of a request cannot be read"),
    KEY_INVALID: entry("caller", "a key for signing or verifying cannot be used"),
    OPTION_INVALID: entry("caller", "an option has a value that makes no sense"),
    PROFILE_UNKNOWN: entry("caller", "no client to test with has this name"),
    FAULT_UNKNOWN: entry("caller", "no fault of the misbehaving server has this name"),
    CONFORMANCE: entry("peer", "a server failed a conformance case"),
  }) as const satisfies Record<string, ErrorEntry>)();

/** Stable name of an error; see {@link DOCVAL_ERRORS}. */
export type DocvalErrorCode = keyof typeof DOCVAL_ERRORS;

/** The few facts that help to find the place: never personal data, never keys. */
export interface DocvalErrorDetails {
  /** Offset in the input, in bytes or characters. */
  readonly offset?: number;
  /** Where in the message, e.g. `secureMessagingInfo.ssc`. */
  readonly path?: string;
  readonly cause?: unknown;
}

/** The one error class of this package. The message says what was expected, what was found, where. */
export class DocvalError extends Error {
  override readonly name = "DocvalError";
  readonly code: DocvalErrorCode;
  readonly offset: number | undefined;
  readonly path: string | undefined;

  constructor(code: DocvalErrorCode, message: string, details: DocvalErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.offset = details.offset;
    this.path = details.path;
  }
}

/** Whose doing an error is. Apart from the class, so that the table is loaded only where it is asked. */
export const faultOf = (error: DocvalError): Fault => DOCVAL_ERRORS[error.code].fault;
