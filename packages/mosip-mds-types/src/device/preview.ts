import { concat, utf8 } from "../bytes.js";
import type { Clock } from "../clock.js";
import { drawScore } from "../images/digits.js";
import { encodeGreyJpeg } from "../images/jpeg.js";
import { leaveBehind, orAborted } from "./or-aborted.js";
import type { PreviewFrame } from "./source.js";

/** Boundary of the stream's parts. */
export const STREAM_BOUNDARY = "mds-frame";
/** "Minimum frames 3 per second"; this service shows five. */
export const FRAME_INTERVAL_MS = 200;
/** A stream ends after this time unless it is asked for another. MDS 0.9.5, "Device Stream". */
export const DEFAULT_STREAM_MS = 300_000;

/** One picture as JPEG, with its score drawn in. */
export const encodeFrame = ({ image, score }: PreviewFrame): Uint8Array =>
  encodeGreyJpeg(drawScore(image, score));

/** One part of `multipart/x-mixed-replace`. */
export const framePart = (jpeg: Uint8Array): Uint8Array =>
  concat(
    utf8(
      `--${STREAM_BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\n\r\n`,
    ),
    jpeg,
    utf8("\r\n"),
  );

export const STREAM_END = /* @__PURE__ */ utf8(`--${STREAM_BOUNDARY}--\r\n`);

/**
 * Parts of a preview at a steady pace, until the signal aborts. While `shows` says no, as during a
 * registration capture, nothing goes out and the stream stays open.
 */
export async function* previewParts(
  frames: AsyncIterable<PreviewFrame>,
  shows: () => boolean,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, void> {
  const source = frames[Symbol.asyncIterator]();
  try {
    while (!signal.aborted) {
      const next = await orAborted(source.next(), signal);
      if (next === undefined || next.done) {
        break;
      }
      const started = clock.now().getTime();
      if (shows()) {
        yield framePart(encodeFrame(next.value));
      }
      const spent = clock.now().getTime() - started;
      await clock.sleep(Math.max(0, FRAME_INTERVAL_MS - spent), signal);
    }
  } finally {
    leaveBehind(source);
  }
  yield STREAM_END;
}
