import { concatBytes, textOf, utf8 } from "../../bytes.js";
import type { Codec } from "../../codec.js";
import { DocvalError } from "../../errors.js";

/**
 * FILE, both ways: one file of the chip. DocVal WebSocket API v2, "FILE Message".
 *
 * ```
 * 01  name length, 1 byte  name, UTF-8  data
 * ```
 *
 * Written with names of 1 to 127 bytes, since a client takes the length for a signed byte; read with up
 * to 255.
 */
export interface File {
  readonly type: "FILE";
  /** As sent: never a path, and never the key of an object. */
  readonly name: string;
  readonly data: Uint8Array;
}

export const FILE_TYPE = 0x01;

const NAME_WRITTEN = 127;

export const File: Codec<File> = {
  name: "FILE",
  encode({ name, data }) {
    const bytes = utf8(name);
    if (bytes.length === 0 || bytes.length > NAME_WRITTEN || textOf(bytes) !== name) {
      throw new DocvalError(
        "MESSAGE_UNENCODABLE",
        `expected a file name of 1 to ${NAME_WRITTEN} bytes, found ${bytes.length}`,
      );
    }
    return concatBytes(Uint8Array.of(FILE_TYPE, bytes.length), bytes, data);
  },
  decode(frame) {
    if (frame[0] !== FILE_TYPE) {
      throw new DocvalError("MESSAGE_UNKNOWN", "expected 01, the type of a FILE message");
    }
    const length = frame[1] ?? 0;
    const end = 2 + length;
    if (length === 0 || end > frame.length) {
      throw new DocvalError(
        "FILE_NAME_INVALID",
        `expected a file name of 1 to 255 bytes, found ${Math.min(length, Math.max(0, frame.length - 2))}`,
        { offset: 1 },
      );
    }
    const name = textOf(frame.subarray(2, end));
    if (name === undefined) {
      throw new DocvalError("FILE_NAME_INVALID", "expected a file name in UTF-8", { offset: 2 });
    }
    return { type: "FILE", name, data: new Uint8Array(frame.subarray(end)) };
  },
};
