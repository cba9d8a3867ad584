/** Whose doing an error is: the caller's, the other party's, a terminal's, or the way between. */
export type Fault = "caller" | "peer" | "device" | "transport";

interface ErrorEntry {
  readonly fault: Fault;
  readonly meaning: string;
}

const entry = (fault: Fault, meaning: string): ErrorEntry => ({ fault, meaning });

/** Every code that this package throws, with the side at fault. `docs/errors.md` is made from it. */
export const ZK_PUSH_ERRORS = {
  FIELD_FORBIDDEN: entry("caller", "a field holds a character that would end the field or line"),
  FIELD_INVALID: entry("caller", "a value is outside what its field can carry"),
  FIELD_MISSING: entry("caller", "a field that the message cannot do without is absent"),
  TEXT_NOT_ENCODABLE: entry("caller", "a text has no form in the character set of the terminal"),
  TEXT_CHARSET_UNAVAILABLE: entry("caller", "the platform cannot decode the character set"),
  LINE_TOO_LONG: entry("caller", "a line is longer than the terminal's buffer for it"),
  COMMAND_ID_INVALID: entry("caller", "a command id is not 1 to 16 letters or digits"),
  COMMAND_UNSUPPORTED: entry("caller", "the terminal's protocol version has no such command"),
  TIME_ZONE_NOT_REPRESENTABLE: entry("caller", "no value of TimeZone means this offset"),
  RESPONSE_FORBIDDEN: entry("caller", "a refusal would be read as an acknowledgement"),
  ENCRYPTION_UNAVAILABLE: entry("caller", "encrypted traffic needs a provider and none is given"),
  RECORD_MALFORMED: entry("peer", "a record lacks what makes it one"),
  REQUEST_UNKNOWN: entry("peer", "no interaction of the protocol has this path and query"),
  REQUEST_MALFORMED: entry("peer", "a request lacks what its interaction needs"),
  REQUEST_FOREIGN: entry("peer", "the request belongs to another dialect of the protocol"),
  SERIAL_NUMBER_INVALID: entry("peer", "a serial number is absent or not of the accepted shape"),
  COMMAND_MALFORMED: entry("peer", "a command line cannot be read"),
  RESPONSE_MALFORMED: entry("peer", "a response cannot be read"),
  BASE64_INVALID: entry("peer", "a text is not base64"),
  LIMIT_EXCEEDED: entry("peer", "a size or count is beyond the limits of the decoder"),
  ARCHIVE_MALFORMED: entry("peer", "a gzip or tar stream is damaged"),
  ARCHIVE_FORBIDDEN: entry("peer", "an archive holds a link, a device or a name that leaves it"),
  STORE_IN_USE: entry("caller", "another process has the database file open"),
  STORE_NEWER: entry("caller", "a later version of this program has changed the database"),
  STORE_CLOSED: entry("caller", "the store was closed before the call"),
  STORE_FAILED: entry("transport", "the database did not do what it was asked"),
  STORE_UNAVAILABLE: entry("transport", "the database cannot be reached or went away"),
  HTTP_MALFORMED: entry("transport", "bytes are not an HTTP/1.x message"),
} as const satisfies Record<string, ErrorEntry>;

/** Stable name of an error; see {@link ZK_PUSH_ERRORS}. */
export type ZkPushErrorCode = keyof typeof ZK_PUSH_ERRORS;

/** The few facts that help to find the place: never names, numbers of people or templates. */
export interface ZkPushErrorDetails {
  /** Byte offset in the input. */
  readonly offset?: number;
  /** Where in the message, e.g. `DATA UPDATE USERINFO.Name`. */
  readonly path?: string;
  readonly cause?: unknown;
}

/** The one error class of this package. The message says what was expected, what was found, where. */
export class ZkPushError extends Error {
  override readonly name = "ZkPushError";
  readonly code: ZkPushErrorCode;
  readonly offset: number | undefined;
  readonly path: string | undefined;

  constructor(code: ZkPushErrorCode, message: string, details: ZkPushErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.offset = details.offset;
    this.path = details.path;
  }

  /** Whose doing it is. */
  get fault(): Fault {
    return ZK_PUSH_ERRORS[this.code].fault;
  }
}
