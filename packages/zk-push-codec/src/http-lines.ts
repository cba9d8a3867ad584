import { ZkPushError } from "./errors.js";

export const malformed = (expected: string): ZkPushError =>
  new ZkPushError("HTTP_MALFORMED", `expected ${expected}, found another line`);

export const tooLarge = (what: string, limit: number): ZkPushError =>
  new ZkPushError("LIMIT_EXCEEDED", `expected ${what} of at most ${limit} bytes`);

/** Where the empty line after the headers ends; some senders end lines with LF alone. */
export const endOfHead = (bytes: Uint8Array, from = 0): number | undefined => {
  for (let feed = bytes.indexOf(10, from); feed >= 0; feed = bytes.indexOf(10, feed + 1)) {
    if (bytes[feed + 1] === 10) return feed + 2;
    if (bytes[feed + 1] === 13 && bytes[feed + 2] === 10) return feed + 3;
  }
  return undefined;
};
