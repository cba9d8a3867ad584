import { TransportError } from "./errors.js";

/**
 * Close codes that an endpoint may send (RFC 6455, 7.4, and the IANA registry to 1014): 1004 is
 * reserved; 1005, 1006 and 1015 only report.
 */
export const isSendableCloseCode = (code: number): boolean =>
  Number.isInteger(code) &&
  ((code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006) ||
    (code >= 3000 && code <= 4999));

/** @throws TransportError `CLOSE_CODE_INVALID` where the code may not be sent. */
export const checkCloseCode = (code: number): void => {
  if (isSendableCloseCode(code)) return;
  throw new TransportError(
    "CLOSE_CODE_INVALID",
    `expected a close code of 1000 to 1014 (not 1004 to 1006) or 3000 to 4999, found ${code}`,
  );
};

/**
 * The code that a web page may send instead: the platform's `close` takes 1000 and 3000 to 4999 only
 * (WHATWG WebSockets, close()), so 1001 to 1014 become 4001 to 4014.
 */
export const toWebCloseCode = (code: number): number =>
  code > 1000 && code <= 1014 ? code + 3000 : code;

/** The registered code that {@link toWebCloseCode} stands for; other codes as they are. */
export const fromWebCloseCode = (code: number): number =>
  code > 4000 && code <= 4014 && isSendableCloseCode(code - 3000) ? code - 3000 : code;
