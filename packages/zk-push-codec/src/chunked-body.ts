import { type ByteQueue, createByteQueue } from "./byte-queue.js";
import { wireOf } from "./bytes.js";
import { endOfHead, malformed, tooLarge } from "./http-lines.js";

/** Takes a chunked body from a queue, as far as it has come. */
export interface ChunkedBody {
  /**
   * @returns the body once it is whole, `undefined` before.
   * @throws ZkPushError `HTTP_MALFORMED` or `LIMIT_EXCEEDED`.
   */
  take(): Uint8Array | undefined;
}

/** A chunked body (RFC 9112, 7.1). Extensions and trailers are passed over. */
export const createChunkedBody = (
  input: ByteQueue,
  limits: { readonly head: number; readonly body: number },
): ChunkedBody => {
  const body = createByteQueue();
  let at: "size" | "data" | "end" | "trailers" = "size";
  /** Bytes of the chunk that have not come. */
  let left = 0;

  const takeSize = (): boolean => {
    const feed = input.bytes.indexOf(10);
    if (feed < 0 ? input.length > limits.head : feed > limits.head) {
      throw tooLarge("the line of a chunk", limits.head);
    }
    if (feed < 0) return false;
    const line = wireOf(input.bytes.subarray(0, feed));
    const size = /^([0-9a-f]{1,8})(?:;.*)?\r?$/i.exec(line)?.[1];
    if (size === undefined) throw malformed("the size of a chunk");
    input.drop(feed + 1);
    left = Number.parseInt(size, 16);
    if (body.length + left > limits.body) throw tooLarge("a body", limits.body);
    at = left === 0 ? "trailers" : "data";
    return true;
  };
  const takeData = (): boolean => {
    const came = input.bytes.subarray(0, left);
    body.append(came);
    input.drop(came.length);
    left -= came.length;
    if (left > 0) return false;
    at = "end";
    return true;
  };
  const takeEnd = (): boolean => {
    const width = lineEnd(input.bytes);
    if (width === undefined) return false;
    if (width === 0) throw malformed("a line end behind a chunk");
    input.drop(width);
    at = "size";
    return true;
  };
  const takeTrailers = (): boolean => {
    const width = lineEnd(input.bytes);
    if (width === undefined) return false;
    const end = width > 0 ? width : endOfHead(input.bytes);
    if ((end ?? input.length) > limits.head) throw tooLarge("trailers", limits.head);
    if (end === undefined) return false;
    input.drop(end);
    return true;
  };

  return {
    take() {
      for (;;) {
        if (at === "trailers") return takeTrailers() ? new Uint8Array(body.bytes) : undefined;
        const taken = at === "size" ? takeSize() : at === "data" ? takeData() : takeEnd();
        if (!taken) return undefined;
      }
    },
  };
};

/** Width of the line end that stands first; 0 where another byte does, `undefined` before it has come. */
const lineEnd = ([first, second]: Uint8Array): number | undefined => {
  if (first === 10) return 1;
  if (first === undefined || (first === 13 && second === undefined)) return undefined;
  return first === 13 && second === 10 ? 2 : 0;
};
