/** Whose doing an error is: the caller's, the other side's, the bytes read, or the way between. */
export type Fault = "caller" | "peer" | "data" | "transport";

interface ErrorEntry {
  readonly fault: Fault;
  readonly meaning: string;
}

const entry = (fault: Fault, meaning: string): ErrorEntry => ({ fault, meaning });

/** Every code that this package throws, with the side at fault. `docs/errors.md` is made from it. */
export const MDS_ERRORS = /* @__PURE__ */ (() =>
  ({
    JSON_MALFORMED: entry(
      "peer",
      "a text is no JSON, or is too long, too deep or holds a forbidden key",
    ),
    MESSAGE_INVALID: entry("peer", "a received message breaks the schema of its version"),
    MESSAGE_UNENCODABLE: entry("caller", "a value is no message of this version"),
    PROFILE_UNKNOWN: entry("caller", "no profile has this name"),
    OPERATION_UNSUPPORTED: entry("caller", "the version does not have this operation"),
    BASE64_MALFORMED: entry("data", "a text is base64 in neither alphabet"),
    JWS_MALFORMED: entry("data", "a text is no compact JSON Web Signature"),
    DER_MALFORMED: entry("data", "a certificate or key is not well-formed DER"),
    CERTIFICATE_UNSUPPORTED: entry(
      "data",
      "a certificate has a key or signature of an unknown kind",
    ),
    KEY_INVALID: entry("caller", "a key or certificate given by the caller cannot be used"),
    WEB_CRYPTO_MISSING: entry(
      "caller",
      "the platform has no Web Cryptography API: pages need HTTPS, or to be on this machine",
    ),
    TIME_MALFORMED: entry("data", "a text is no ISO 8601 time with a zone"),
    ENCRYPTION_INPUT: entry(
      "caller",
      "timestamp or transaction id cannot give an initialisation vector",
    ),
    DECRYPTION_FAILED: entry("data", "a session key or an encrypted value does not open"),
    RECORD_MALFORMED: entry("data", "a biometric record breaks its ISO/IEC 19794 layout"),
    RECORD_UNENCODABLE: entry("caller", "a value does not fit its field of the biometric record"),
    IMAGE_MALFORMED: entry("data", "an image header cannot be read"),
    IMAGE_UNENCODABLE: entry("caller", "samples, size and depth of an image do not fit together"),
    STREAM_LIMIT: entry("peer", "a preview stream holds a frame beyond the limit"),
    BODY_TOO_LARGE: entry("peer", "a body is longer than the limit"),
    HTTP_STATUS: entry("peer", "the other side answered with a status that is no success"),
    UNREACHABLE: entry("transport", "the other side could not be reached"),
    TIMED_OUT: entry("transport", "the other side did not answer in time"),
    MOBILE_URL_INVALID: entry("data", "a URL of the iOS way in cannot be read"),
    INTENT_INVALID: entry("data", "an intent of the Android way in cannot be read"),
    PHYSICAL_ID_INVALID: entry("data", "a printed device identity cannot be read"),
    DEVICE_REFUSED: entry("peer", "a device answered a request for frames with an error"),
    FAULT_UNKNOWN: entry("caller", "no fault of the simulator has this name"),
    CONFORMANCE: entry("peer", "a device service failed a conformance case"),
  }) as const satisfies Record<string, ErrorEntry>)();

/** Stable name of an error; see {@link MDS_ERRORS}. */
export type MdsErrorCode = keyof typeof MDS_ERRORS;

/** The few facts that help to find the place: never biometric data, never keys. */
export interface MdsErrorDetails {
  /** Offset in the input, in bytes or characters. */
  readonly offset?: number;
  /** Where in the message, e.g. `bio.0.count`. */
  readonly path?: string;
  /** HTTP status of the answer. */
  readonly status?: number;
  readonly cause?: unknown;
}

/** The one error class of this package. The message says what was expected, what was found, where. */
export class MdsError extends Error {
  override readonly name = "MdsError";
  readonly code: MdsErrorCode;
  readonly offset: number | undefined;
  readonly path: string | undefined;
  readonly status: number | undefined;

  constructor(code: MdsErrorCode, message: string, details: MdsErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.offset = details.offset;
    this.path = details.path;
    this.status = details.status;
  }

  /** Whose doing it is. */
  get fault(): Fault {
    return MDS_ERRORS[this.code].fault;
  }
}
