/** Whose doing an error is: the caller's, the chip's, the document's data, or the way between. */
export type Fault = "caller" | "chip" | "data" | "transport";

interface ErrorEntry {
  readonly fault: Fault;
  readonly meaning: string;
}

const entry = (fault: Fault, meaning: string): ErrorEntry => ({ fault, meaning });

/** Every code that this package throws, with the side at fault. `docs/errors.md` is made from it. */
export const EMRTD_ERRORS = /* @__PURE__ */ (() =>
  ({
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
    EC_PARAMETERS_UNKNOWN: entry(
      "data",
      "a key states a curve, or parameters of one, that is no curve of travel documents",
    ),
    PUBLIC_KEY_INVALID: entry("data", "a public key breaks its encoding, its range or its limits"),
    PRIVATE_KEY_INVALID: entry("caller", "a private key cannot be read or its parts disagree"),
    ALGORITHM_UNKNOWN: entry(
      "data",
      "an algorithm identifier or its parameters name nothing that travel documents use",
    ),
    CERTIFICATE_INVALID: entry("data", "a certificate breaks the rules of X.509"),
    CRL_INVALID: entry("data", "a revocation list breaks the rules of X.509"),
    CVC_INVALID: entry("data", "a card verifiable certificate breaks the rules of Doc 9303-12"),
    CVC_VALUE: entry("caller", "a value cannot be written into a card verifiable certificate"),
    CMS_INVALID: entry(
      "data",
      "a signed object breaks the rules of the Cryptographic Message Syntax",
    ),
    SOD_INVALID: entry("data", "the document security object breaks the rules of Doc 9303-10"),
    JUDGEMENT_TIME_INVALID: entry("caller", "the time at which to judge is no point in time"),
    TRUST_SOURCE_INVALID: entry("caller", "what was given to trust is not what it is said to be"),
    TRUST_LIST_REFUSED: entry(
      "caller",
      "a list is not signed under the root that it was given with",
    ),
    TRUST_LIST_INVALID: entry(
      "data",
      "a list of authorities, deviations or defects breaks its rules",
    ),
    MRZ_LENGTH: entry("caller", "the lines of a machine readable zone are of no format"),
    MRZ_CHARACTERS: entry("caller", "a character cannot stand in a machine readable zone"),
    MRZ_FIELD: entry("caller", "a value does not fit its field of a machine readable zone"),
    LDS_INVALID: entry("data", "a file of the chip breaks the rules of Doc 9303-10"),
    LDS_UNKNOWN_FILE: entry("data", "a file begins with the tag of none that can be decoded"),
    LDS_VALUE: entry("caller", "a value cannot be written into a file of the chip"),
    BIOMETRIC_INVALID: entry("data", "a biometric record breaks the rules of its standard"),
    BIOMETRIC_VALUE: entry("caller", "a value cannot be written into a biometric record"),
    IMAGE_INVALID: entry("data", "an image cannot be decoded"),
    IMAGE_LIMIT: entry("data", "an image is larger than the limits of the decoder"),
    IMAGE_CODEC: entry("caller", "no decoder for images of this format is at hand"),
    APDU_INVALID: entry("caller", "a command or answer cannot be written as an APDU"),
    APDU_STATUS: entry("chip", "the chip refused a command"),
    CHAINING_INVALID: entry(
      "chip",
      "a chained command or answer does not hold together or never ends",
    ),
    SM_UNPROTECTED: entry("chip", "an answer inside secure messaging came without protection"),
    SM_INCOMPLETE: entry(
      "chip",
      "a data object of secure messaging is missing, doubled, out of order, malformed or unknown",
    ),
    SM_MAC_MISMATCH: entry("chip", "the checksum of a protected message is not that of its bytes"),
    SM_STATUS_MISMATCH: entry(
      "chip",
      "the status word outside secure messaging is not the one inside",
    ),
    SM_PADDING: entry(
      "chip",
      "decrypted data does not end in the padding of ISO/IEC 9797-1 method 2",
    ),
    SM_SESSION_ENDED: entry("caller", "the session is over, or the last command has no answer yet"),
    PASSWORD_INVALID: entry("caller", "a password is not what a document could have printed on it"),
    ACCESS_DENIED: entry("chip", "the chip does not accept the password"),
    ACCESS_ANSWER_INVALID: entry(
      "chip",
      "an answer of access control is malformed or proves nothing",
    ),
    ACCESS_UNSUPPORTED: entry(
      "caller",
      "no password given fits an access protocol that the chip offers",
    ),
    TERMINAL_CREDENTIALS: entry(
      "caller",
      "no certificate of a terminal among those given belongs to the private key",
    ),
    PACE_COMBINATION: entry(
      "caller",
      "domain parameters that the standard does not allow with a protocol of PACE",
    ),
    FILE_INVALID: entry("chip", "a file does not begin as it must, or is larger than the limit"),
    FILE_TRUNCATED: entry("chip", "the chip gives less of a file than its header declares"),
    RESUME_MISMATCH: entry(
      "caller",
      "the chip at hand is not the one whose reading is to be resumed",
    ),
    TRANSPORT_FAILED: entry("transport", "the way to the chip broke"),
    EVIDENCE_INVALID: entry("data", "evidence of a proof by a chip cannot be read"),
    TAPE_INVALID: entry("data", "a recorded conversation cannot be read"),
    TAPE_REDACTED: entry("caller", "a redacted recording can be shown, not replayed"),
    TAPE_MISMATCH: entry("caller", "the conversation is not the one on the tape"),
    CHIP_PERSONALISATION: entry("caller", "a virtual chip cannot be made from what was given"),
    CHIP_FAULT_UNKNOWN: entry("caller", "no such fault of the virtual chip"),
  }) as const satisfies Record<string, ErrorEntry>)();

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
}

/** Whose doing an error is. Apart from the class, so that the table is loaded only where it is asked. */
export const faultOf = (error: EmrtdError): Fault => EMRTD_ERRORS[error.code].fault;
