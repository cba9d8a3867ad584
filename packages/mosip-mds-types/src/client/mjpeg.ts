import { concat } from "../bytes.js";
import { MdsError } from "../errors.js";

/** Largest picture of a preview, in bytes. */
export const MAX_FRAME_BYTES = 8 * 1024 * 1024;

/** An incremental reader of a preview stream. */
export interface MjpegParser {
  /**
   * The pictures that are whole now.
   *
   * @throws MdsError `STREAM_LIMIT` when a picture grows beyond {@link MAX_FRAME_BYTES}.
   */
  push(bytes: Uint8Array): readonly Uint8Array[];
}

const FIRST_MARKER = 0xc0;
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;

/**
 * Reads the pictures of a stream by their own structure: from the start marker, over the segments, to the
 * end marker. Boundaries, part headers and lengths are not looked at, because real services get all three
 * wrong: a boundary declared with two dashes too many, lengths in characters, a whole HTTP answer behind
 * the last part. A picture that breaks off is dropped, and the next start marker begins a new one.
 */
export const createMjpegParser = (limit = MAX_FRAME_BYTES): MjpegParser => {
  let buffer: Uint8Array = new Uint8Array();
  return {
    push: (bytes) => {
      buffer = buffer.length === 0 ? bytes : concat(buffer, bytes);
      const frames: Uint8Array[] = [];
      for (;;) {
        const start = findStart(buffer, 0);
        if (start < 0) {
          // The last two bytes may be the beginning of a start marker.
          buffer = buffer.slice(Math.max(0, buffer.length - 2));
          return frames;
        }
        const end = endOfPicture(buffer, start);
        if (end === "more") {
          buffer = buffer.slice(start);
          if (buffer.length > limit) {
            throw new MdsError("STREAM_LIMIT", `expected frames of at most ${limit} bytes`);
          }
          return frames;
        }
        if (end === "broken") {
          buffer = buffer.slice(start + 2);
          continue;
        }
        frames.push(buffer.slice(start, end));
        buffer = buffer.slice(end);
      }
    },
  };
};

const findStart = (bytes: Uint8Array, from: number): number => {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === SOI && bytes[at + 2] === 0xff) {
      return at;
    }
  }
  return -1;
};

/** Offset behind the end marker, or why there is none. */
const endOfPicture = (bytes: Uint8Array, start: number): number | "more" | "broken" => {
  let at = start + 2;
  let scanned = false;
  for (;;) {
    if (at + 4 > bytes.length && !(scanned && bytes[at] === 0xff && bytes[at + 1] === EOI)) {
      return "more";
    }
    const marker = bytes[at + 1]!;
    if (bytes[at] !== 0xff || marker === SOI || marker < FIRST_MARKER) {
      return "broken";
    }
    if (marker === EOI) {
      return scanned ? at + 2 : "broken";
    }
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    if (length < 2) {
      return "broken";
    }
    at += 2 + length;
    if (marker === SOS) {
      const next = endOfScan(bytes, at);
      if (typeof next === "string") {
        return next;
      }
      at = next;
      scanned = true;
    }
  }
};

/** Offset of the first marker behind entropy-coded data: FF is followed by 0 or a restart marker inside it. */
const endOfScan = (bytes: Uint8Array, from: number): number | "more" | "broken" => {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) {
      return "more";
    }
    if (next === SOI) {
      return "broken";
    }
    if (next !== 0 && (next < 0xd0 || next > 0xd7) && next !== 0xff) {
      return at;
    }
  }
  return "more";
};
