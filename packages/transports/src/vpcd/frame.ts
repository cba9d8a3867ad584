import { checkLength } from "../apdu-transport.js";
import { TransportError } from "../errors.js";

/**
 * Frames of the virtual smart card protocol (vpcd of the vsmartcard project):
 *
 * | bytes | meaning |
 * |---|---|
 * | 2 | length of the body, big-endian |
 * | n | body |
 *
 * A body of one byte from the reader is a control, see {@link VPCD_CONTROL}; every other one is a
 * command, and what comes back an answer to reset or a response. An empty body means nothing, and the
 * driver in use takes it for a card that went away, so neither side may send one.
 */
export const VPCD_BODY_BYTES = 65_535;

/** Bodies of one byte that a reader sends. Only `atr` is answered. */
export const VPCD_CONTROL = { powerOff: 0, powerOn: 1, reset: 2, atr: 4 } as const;

/** The port where a virtual card finds its reader. */
export const VPCD_PORT = 35_963;

const HEADER_BYTES = 2;

/**
 * Writes one frame.
 *
 * @throws TransportError `FRAME_SIZE` for a body that is empty or longer than 65,535 bytes.
 */
export const encodeVpcdFrame = (body: Uint8Array): Uint8Array => {
  checkLength("a body", body.length, 1, VPCD_BODY_BYTES);
  const frame = new Uint8Array(HEADER_BYTES + body.length);
  frame[0] = body.length >> 8;
  frame[1] = body.length & 0xff;
  frame.set(body, HEADER_BYTES);
  return frame;
};

export interface VpcdDecoderOptions {
  /** Longest body that is taken; default 65,535. */
  readonly maxBody?: number;
}

/** Finds frames in bytes that arrive in pieces of any size. */
export interface VpcdDecoder {
  /**
   * The bodies that these bytes complete, in order; each is a copy.
   *
   * @throws TransportError `FRAME_LIMIT` as soon as a length is beyond the limit, `FRAME_INVALID` for
   * an empty body. Nothing can be read after that.
   */
  push(bytes: Uint8Array): Uint8Array[];
  /** Bytes of a frame that is not complete. */
  readonly pending: number;
}

export const createVpcdDecoder = (options: VpcdDecoderOptions = {}): VpcdDecoder => {
  const maxBody = options.maxBody ?? VPCD_BODY_BYTES;
  const header = new Uint8Array(HEADER_BYTES);
  let headerFilled = 0;
  let body: Uint8Array | undefined;
  let bodyFilled = 0;

  const startBody = (): Uint8Array => {
    const length = (header[0]! << 8) | header[1]!;
    if (length === 0) {
      throw new TransportError("FRAME_INVALID", "expected a body of 1 byte or more, found none");
    }
    if (length > maxBody) {
      throw new TransportError(
        "FRAME_LIMIT",
        `expected a body of at most ${maxBody} bytes, found a length of ${length}`,
        { limit: maxBody },
      );
    }
    bodyFilled = 0;
    return new Uint8Array(length);
  };

  return {
    get pending() {
      return headerFilled + (body ? bodyFilled : 0);
    },
    push(bytes) {
      const bodies: Uint8Array[] = [];
      for (let offset = 0; offset < bytes.length; ) {
        if (headerFilled < HEADER_BYTES) {
          header[headerFilled++] = bytes[offset++]!;
          if (headerFilled === HEADER_BYTES) body = startBody();
          continue;
        }
        const part = bytes.subarray(offset, offset + body!.length - bodyFilled);
        body!.set(part, bodyFilled);
        bodyFilled += part.length;
        offset += part.length;
        if (bodyFilled === body!.length) {
          bodies.push(body!);
          body = undefined;
          headerFilled = 0;
        }
      }
      return bodies;
    },
  };
};
