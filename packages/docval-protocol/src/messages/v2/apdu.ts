import { concatBytes } from "../../bytes.js";
import type { Codec } from "../../codec.js";
import { DocvalError } from "../../errors.js";
import { LIMITS } from "../../limits.js";

/**
 * APDU, server to client a command and client to server its answer. DocVal WebSocket API v2, "APDU
 * Message".
 *
 * ```
 * 02  data
 * ```
 */
export interface Apdu {
  readonly type: "APDU";
  readonly data: Uint8Array;
}

export const APDU_TYPE = 0x02;

/** No command is shorter than its header, and no answer than its status word. */
const SHORTEST = 2;

export const Apdu: Codec<Apdu> = {
  name: "APDU",
  encode({ data }) {
    if (data.length < SHORTEST || data.length > LIMITS.apdu) {
      throw new DocvalError("MESSAGE_UNENCODABLE", expectedLength(data.length));
    }
    return concatBytes(Uint8Array.of(APDU_TYPE), data);
  },
  decode(frame) {
    if (frame[0] !== APDU_TYPE) {
      throw new DocvalError("MESSAGE_UNKNOWN", "expected 02, the type of an APDU message");
    }
    const data = new Uint8Array(frame.subarray(1));
    if (data.length < SHORTEST || data.length > LIMITS.apdu) {
      throw new DocvalError("MESSAGE_INVALID", expectedLength(data.length), { offset: 1 });
    }
    return { type: "APDU", data };
  },
};

const expectedLength = (found: number): string =>
  `expected an APDU of ${SHORTEST} to ${LIMITS.apdu} bytes, found ${found}`;
