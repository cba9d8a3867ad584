/** Who closes with a reason, and under which code. */
interface CloseReasonEntry {
  /** RFC 6455, or of the range for private use. */
  readonly code: number;
  readonly by: "server" | "client" | "both";
  /** Versions of the API that list it. */
  readonly versions: readonly (1 | 2)[];
  readonly meaning: string;
}

const BOTH = [1, 2] as const;

const server = (
  code: number,
  meaning: string,
  versions: readonly (1 | 2)[] = BOTH,
): CloseReasonEntry => ({ code, by: "server", versions, meaning });

/**
 * Every close reason, with the code that real clients and servers have for it. DocVal WebSocket API v1,
 * "5b", and v2, "Possible Error Reasons"; the codes stand in neither.
 */
export const CLOSE_REASONS = /* @__PURE__ */ (() =>
  ({
    TIMEOUT_WHILE_WAITING_FOR_START_MESSAGE: server(1001, "no start message came in time"),
    TIMEOUT_WHILE_WAITING_FOR_RESPONSE: server(1001, "no answer of the chip came in time"),
    INVALID_CLIENT_ID: server(4401, "no client has this id"),
    INVALID_START_MESSAGE: server(1008, "the start message breaks its layout"),
    UNEXPECTED_MESSAGE: server(1008, "a message came that has no place here"),
    INVALID_ACCESS_KEY_VALUES: server(1008, "the access key is none that a document can have"),
    ACCESS_CONTROL_FAILED: server(4403, "the chip did not open with the access key"),
    EMRTD_PASSPORT_READER_ERROR: server(1011, "the conversation with the chip broke"),
    FILE_READ_ERROR: server(1011, "a file could not be read"),
    COMMUNICATION_FAILED: {
      code: 1011,
      by: "both",
      versions: BOTH,
      meaning: "the line between client and server broke",
    },
    POST_TO_RESULT_SERVER_FAILED: server(1011, "the result server did not take the result"),
    SERVER_ERROR: server(1011, "the server failed by itself"),
    MAX_SESSION_TIME_EXCEEDED: server(1011, "the session took longer than it may"),
    PROTOCOL_ERROR: {
      code: 1008,
      by: "both",
      versions: [2],
      meaning: "the other side broke the protocol",
    },
    MALFORMED_JSON: server(1008, "a text message was no JSON", [2]),
    NFC_CHIP_COMMUNICATION_FAILED: {
      code: 1001,
      by: "client",
      versions: BOTH,
      meaning: "the client lost the chip",
    },
    CANCELLED_BY_USER: {
      code: 1001,
      by: "client",
      versions: BOTH,
      meaning: "the person at the client gave up",
    },
  }) as const satisfies Record<string, CloseReasonEntry>)();

export type CloseReason = keyof typeof CLOSE_REASONS;

/** How a session ends: with a reason, or well and without one. */
export interface SessionClose {
  readonly code: number;
  readonly reason: CloseReason | "";
}

/** Normal closure (RFC 6455, 7.4.1): everything went well. */
export const NORMAL_CLOSE: SessionClose = { code: 1000, reason: "" };

export const closeWith = (reason: CloseReason): SessionClose => ({
  code: CLOSE_REASONS[reason].code,
  reason,
});

const isCloseReason = (text: string): text is CloseReason => Object.hasOwn(CLOSE_REASONS, text);

/** The codes that stand for one reason each. */
const BY_CODE: ReadonlyMap<number, CloseReason> = /* @__PURE__ */ new Map([
  [4401, "INVALID_CLIENT_ID"],
  [4403, "ACCESS_CONTROL_FAILED"],
]);

/**
 * The reason that a close means. The text decides; the code only where there is no text that is known:
 * clients in browsers cannot send most of the codes.
 *
 * @returns `""` for success, undefined for a reason that is not known.
 */
export const closeReasonOf = (close: {
  readonly code: number;
  readonly reason: string;
}): CloseReason | "" | undefined => {
  if (isCloseReason(close.reason)) return close.reason;
  const byCode = BY_CODE.get(close.code);
  if (byCode) return byCode;
  return close.code === NORMAL_CLOSE.code && close.reason === "" ? "" : undefined;
};
