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

/** Room that a parser begins with, in bytes; it doubles as it must. */
const FIRST_ROOM = 64 * 1024;

/** How often the bytes of broken pictures are looked at again for a start that they may have swallowed. */
const MAX_RETRIES = 32;

/**
 * Reads the pictures of a stream by their own structure: from the start marker, over the segments, to the
 * end marker. Boundaries, part headers and lengths are not looked at, because real services get all three
 * wrong: a boundary declared with two dashes too many, lengths in characters, a whole HTTP answer behind
 * the last part. A picture that breaks off is dropped, and the next start marker begins a new one.
 *
 * However finely a stream is cut, each byte is looked at once, or {@link MAX_RETRIES} times where pictures
 * are broken.
 */
export const createMjpegParser = (limit = MAX_FRAME_BYTES): MjpegParser => {
  let room = new Uint8Array(FIRST_ROOM);
  let length = 0;
  /** The picture that is being read, and how far. */
  let start = -1;
  let place: Place = { at: 0, part: "header" };
  /** Where the last picture broke, and how often one did before that. */
  let broke = 0;
  let retries = 0;

  const append = (bytes: Uint8Array): void => {
    if (length + bytes.length > room.length) {
      const wider = new Uint8Array(Math.max(2 * room.length, length + bytes.length));
      wider.set(room.subarray(0, length));
      room = wider;
    }
    room.set(bytes, length);
    length += bytes.length;
  };

  const forget = (count: number): void => {
    if (count === 0) {
      return;
    }
    room.copyWithin(0, count, length);
    length -= count;
    start = start < 0 ? -1 : start - count;
    place = { ...place, at: place.at - count };
    broke -= count;
  };

  return {
    push: (bytes) => {
      append(bytes);
      const seen = room.subarray(0, length);
      const frames: Uint8Array[] = [];
      for (;;) {
        if (start < 0) {
          start = findStart(seen, place.at);
          if (start < 0) {
            // The last two bytes may be the beginning of a start marker.
            place = { at: Math.max(place.at, length - 2), part: "header" };
            forget(place.at);
            return frames;
          }
          place = { at: start + 2, part: "header" };
        }
        place = advance(seen, place);
        if (place.part === "whole") {
          frames.push(seen.slice(start, place.at));
          start = -1;
        } else if (place.part === "broken") {
          retries = place.at > broke ? 0 : retries + 1;
          broke = Math.max(broke, place.at);
          place = { at: retries > MAX_RETRIES ? broke : start + 2, part: "header" };
          start = -1;
        } else {
          if (length - start > limit) {
            throw new MdsError("STREAM_LIMIT", `expected frames of at most ${limit} bytes`);
          }
          forget(start);
          return frames;
        }
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

/**
 * How far a picture is read: in the segments before its data, in entropy-coded data, between that and the
 * end; or it is whole, or it is none.
 */
interface Place {
  readonly at: number;
  readonly part: "header" | "scan" | "trailer" | "whole" | "broken";
}

/** Reads on as far as the bytes go. */
const advance = (bytes: Uint8Array, from: Place): Place => {
  let { at } = from;
  let part = from.part;
  for (;;) {
    if (part === "scan") {
      at = endOfScan(bytes, at);
      if (at + 1 >= bytes.length) {
        return { at, part };
      }
      part = "trailer";
    }
    if (at + 2 > bytes.length) {
      return { at, part };
    }
    const marker = bytes[at + 1]!;
    if (bytes[at] !== 0xff || marker === SOI || marker < FIRST_MARKER) {
      return { at, part: "broken" };
    }
    if (marker === EOI) {
      return part === "trailer" ? { at: at + 2, part: "whole" } : { at, part: "broken" };
    }
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (at + 4 > bytes.length) {
      return { at, part };
    }
    const size = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    if (size < 2) {
      return { at, part: "broken" };
    }
    if (marker === SOS) {
      part = "scan";
    }
    at += 2 + size;
  }
};

/** Offset of the first marker behind entropy-coded data: FF is followed by 0 or a restart marker inside it. */
const endOfScan = (bytes: Uint8Array, from: number): number => {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined || (next !== 0 && (next < 0xd0 || next > 0xd7) && next !== 0xff)) {
      return at;
    }
  }
  return Math.max(from, bytes.length);
};
