/** Whose doing an error is: the caller's, the other side's, the reader or card, or the way between. */
export type Fault = "caller" | "peer" | "device" | "transport";

interface ErrorEntry {
  readonly fault: Fault;
  readonly meaning: string;
}

const entry = (fault: Fault, meaning: string): ErrorEntry => ({ fault, meaning });

/** Every code that this package throws, with the side at fault. `docs/errors.md` lists them. */
export const TRANSPORT_ERRORS = {
  OPTION_INVALID: entry("caller", "an option is outside what it may be"),
  TRANSPORT_BUSY: entry("caller", "the exchange before is not over"),
  TRANSPORT_CLOSED: entry("transport", "the transport was closed, before or meanwhile"),
  TRANSPORT_ABORTED: entry("caller", "the caller's signal ended the wait"),
  TRANSPORT_TIMEOUT: entry("transport", "nothing came in the time given"),
  CONNECT_FAILED: entry("transport", "no connection to the other side could be made"),
  LISTEN_FAILED: entry("caller", "the address cannot be listened on"),
  FRAME_SIZE: entry("caller", "the bytes to be sent do not fit into a frame of the protocol"),
  FRAME_LIMIT: entry("peer", "a frame that came is longer than allowed"),
  FRAME_INVALID: entry("peer", "what came is not a frame of the protocol"),
  FRAME_UNEXPECTED: entry("peer", "a frame came that nobody asked for"),
  FRAME_FLOOD: entry("peer", "frames come faster than they are answered"),
  SEND_OVERFLOW: entry("caller", "more is waiting to be sent than allowed"),
  CLOSE_CODE_INVALID: entry("caller", "the close code may not be sent"),
  HANDSHAKE_REFUSED: entry("peer", "the server answered the handshake with another status"),
  CARD_ABSENT: entry("device", "there is no card in the reader"),
  CARD_REMOVED: entry("device", "the card went away during an exchange"),
  CARD_RESET: entry("device", "the card was reset by another program: its session is lost"),
  CARD_FAILED: entry("device", "the card does not answer as a card"),
  PCSC_BINDING_MISSING: entry(
    "caller",
    "the native binding to PC/SC is not installed or not built",
  ),
  PCSC_NO_SERVICE: entry("device", "the PC/SC service of the system does not run"),
  PCSC_NO_READER: entry("device", "there is no reader, or none of that name or number"),
  PCSC_SHARING: entry("device", "another program holds the card"),
  PCSC_FAILED: entry("device", "PC/SC reports an error that has no code of its own here"),
  TAPE_INVALID: entry("caller", "a line of the tape cannot be read"),
  TAPE_MISMATCH: entry("caller", "the tape holds another command at this place, or none"),
  TAPE_REDACTED: entry("caller", "a tape with blanked bytes can be shown and not replayed"),
  RELAY_FAILED: entry("peer", "the far end of the relay could not reach its card"),
  HTTP_REQUEST_INVALID: entry("caller", "a part of the request cannot be written"),
  HTTP_RESPONSE_INVALID: entry("peer", "what came is not an HTTP answer"),
  HTTP_TRUNCATED: entry("peer", "the answer ended before its declared length"),
  HTTP_LIMIT: entry("peer", "the answer is longer than allowed"),
} as const satisfies Record<string, ErrorEntry>;

/** Stable name of an error; see {@link TRANSPORT_ERRORS}. */
export type TransportErrorCode = keyof typeof TRANSPORT_ERRORS;

/** The few facts that help: never the bytes that were carried. */
export interface TransportErrorDetails {
  /** What is allowed at most, in the unit that the message names. */
  readonly limit?: number;
  /** HTTP status of a refused handshake. */
  readonly status?: number;
  readonly cause?: unknown;
}

/** The one error class of this package. The message says what was expected, what was found, where. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  readonly code: TransportErrorCode;
  readonly limit: number | undefined;
  readonly status: number | undefined;

  constructor(code: TransportErrorCode, message: string, details: TransportErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.limit = details.limit;
    this.status = details.status;
  }

  /** Whose doing it is. */
  get fault(): Fault {
    return TRANSPORT_ERRORS[this.code].fault;
  }
}

/** Our error as it is; anything else as the cause of one with this code. */
export const asTransportError = (
  error: unknown,
  code: TransportErrorCode,
  message: string,
): TransportError =>
  error instanceof TransportError ? error : new TransportError(code, message, { cause: error });

/** The answer of a transport that was closed. */
export const closedError = (what: string): TransportError =>
  new TransportError("TRANSPORT_CLOSED", `expected an open ${what}, found it closed`);

/** The answer to a caller whose signal fired; what the signal says is the cause. */
export const abortedError = (signal: AbortSignal): TransportError =>
  new TransportError("TRANSPORT_ABORTED", "the caller ended the wait", { cause: signal.reason });
