/** Whose doing an error is: the caller's, the chip's, the document's data, or the way between. */
export type Fault = "caller" | "chip" | "data" | "transport";

interface ErrorEntry {
  readonly fault: Fault;
  readonly meaning: string;
}

const entry = (fault: Fault, meaning: string): ErrorEntry => ({ fault, meaning });

/** Every code that this package throws, with the side at fault. `docs/errors.md` is made from it. */
export const EMRTD_ERRORS = {
  TLV_TRUNCATED: entry("data", "an element ends before its declared length"),
  TLV_TRAILING_BYTES: entry("data", "bytes follow the last element"),
  TLV_TAG_INVALID: entry("data", "a tag is longer than four bytes or not minimal"),
  TLV_LENGTH_INVALID: entry(
    "data",
    "a length is reserved, not minimal, or indefinite where DER rules",
  ),
  TLV_LIMIT: entry("data", "nesting, count or size is beyond the limits of the decoder"),
  TLV_UNEXPECTED_TAG: entry(
    "data",
    "another tag stands where the structure asks for a certain one",
  ),
  DER_INVALID: entry("data", "the content of a primitive type breaks its encoding rules"),
  OID_INVALID: entry("data", "an object identifier cannot be read or written"),
  CRYPTO_INPUT: entry("caller", "a key, point, block or digest has the wrong length or range"),
  CRYPTO_UNSUPPORTED: entry("caller", "the algorithm or curve is not known to the provider"),
  ALGORITHM_UNKNOWN: entry(
    "data",
    "an algorithm identifier or its parameters name nothing that travel documents use",
  ),
  CERTIFICATE_INVALID: entry("data", "a certificate breaks the rules of X.509"),
  CMS_INVALID: entry("data", "a signed object breaks the rules of the Cryptographic Message Syntax"),
  SOD_INVALID: entry("data", "the document security object breaks the rules of Doc 9303-10"),
  TRUST_SOURCE_INVALID: entry("caller", "what was given to trust holds no certificate"),
  APDU_INVALID: entry("caller", "a command or answer cannot be written as an APDU"),
  APDU_STATUS: entry("chip", "the chip refused a command"),
} as const satisfies Record<string, ErrorEntry>;

/** Stable name of an error; see {@link EMRTD_ERRORS}. */
export type EmrtdErrorCode = keyof typeof EMRTD_ERRORS;

/** The few facts that help to find the place: never personal data, never keys. */
export interface EmrtdErrorDetails {
  /** Byte offset in the input. */
  readonly offset?: number;
  /** Where in the structure, e.g. `SignedData.signerInfos[0]`. */
  readonly path?: string;
  /** SW1-SW2 of the answer, e.g. 0x6982. */
  readonly statusWord?: number;
  readonly cause?: unknown;
}

/** The one error class of this package. The message says what was expected, what was found, where. */
export class EmrtdError extends Error {
  override readonly name = "EmrtdError";
  readonly code: EmrtdErrorCode;
  readonly offset: number | undefined;
  readonly path: string | undefined;
  readonly statusWord: number | undefined;

  constructor(code: EmrtdErrorCode, message: string, details: EmrtdErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.offset = details.offset;
    this.path = details.path;
    this.statusWord = details.statusWord;
  }

  /** Whose doing it is. */
  get fault(): Fault {
    return EMRTD_ERRORS[this.code].fault;
  }
}
