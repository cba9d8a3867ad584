import { concat, utf8 } from "../bytes.js";
import { MdsError } from "../errors.js";
import { recordWriter } from "./reader.js";

/** Size and depth that an image states of itself. */
export interface ImageHeader {
  readonly format: "jp2" | "j2k" | "jpeg" | "png" | "wsq";
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  readonly components: number;
}

const SIGNATURE = [0x0d, 0x0a, 0x87, 0x0a];
const CODESTREAM = [0xff, 0x4f, 0xff, 0x51];
/** Enumerated colour spaces of ISO/IEC 15444-1: sRGB and grey. */
const SRGB = 16;
const GREY = 17;

const box = (type: string, ...content: readonly Uint8Array[]): Uint8Array => {
  const body = concat(...content);
  return recordWriter()
    .u32(8 + body.length, "a box length")
    .bytes(utf8(type))
    .bytes(body)
    .done();
};

/**
 * A JPEG 2000 codestream inside the boxes of a JP2 file: signature, file type, image header, colour.
 * ISO/IEC 15444-1, annex I.
 *
 * @throws MdsError `IMAGE_MALFORMED` when the bytes are no codestream.
 */
export const wrapCodestream = (codestream: Uint8Array): Uint8Array => {
  const { width, height, bitDepth, components } = readCodestream(codestream, 0);
  const header = recordWriter()
    .u32(height, "the height")
    .u32(width, "the width")
    .u16(components, "the components")
    .u8(bitDepth - 1, "the depth")
    .u8(7, "the compression")
    .u8(0, "whether the colour space is unknown")
    .u8(0, "intellectual property")
    .done();
  const colour = recordWriter()
    .u8(1, "the method")
    .u8(0, "the precedence")
    .u8(0, "the approximation")
    .u32(components >= 3 ? SRGB : GREY, "the colour space")
    .done();
  return concat(
    box("jP  ", new Uint8Array(SIGNATURE)),
    box("ftyp", utf8("jp2 "), new Uint8Array(4), utf8("jp2 ")),
    box("jp2h", box("ihdr", header), box("colr", colour)),
    box("jp2c", codestream),
  );
};

const startsWith = (bytes: Uint8Array, start: readonly number[], offset = 0): boolean =>
  start.every((byte, index) => bytes[offset + index] === byte);

/**
 * What an image says of itself: JP2, a raw JPEG 2000 codestream, JPEG, PNG or WSQ.
 *
 * @throws MdsError `IMAGE_MALFORMED`.
 */
export const readImageHeader = (bytes: Uint8Array): ImageHeader => {
  if (startsWith(bytes, CODESTREAM)) {
    return readCodestream(bytes, 0);
  }
  if (startsWith(bytes, SIGNATURE, 8)) {
    return { ...readCodestream(bytes, findCodestream(bytes)), format: "jp2" };
  }
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) {
    return readFrame(bytes, "jpeg", JPEG_FRAMES, 2);
  }
  if (startsWith(bytes, [0xff, 0xa0])) {
    return readFrame(bytes, "wsq", [0xa2], 2);
  }
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47])) {
    const colour = bytes[25];
    return {
      format: "png",
      width: number(bytes, 16, 4),
      height: number(bytes, 20, 4),
      bitDepth: number(bytes, 24, 1),
      components: colour === 2 ? 3 : colour === 6 ? 4 : colour === 4 ? 2 : 1,
    };
  }
  throw malformed("JPEG 2000, JPEG, PNG or WSQ");
};

const number = (bytes: Uint8Array, offset: number, length: number): number => {
  if (offset + length > bytes.length) {
    throw malformed("the whole header");
  }
  return bytes.subarray(offset, offset + length).reduce((value, byte) => value * 256 + byte, 0);
};

/** The SIZ segment of a codestream: reference grid less the offset of the image in it. */
const readCodestream = (bytes: Uint8Array, at: number): ImageHeader => {
  if (!startsWith(bytes, CODESTREAM, at)) {
    throw malformed("a JPEG 2000 codestream");
  }
  return {
    format: "j2k",
    width: number(bytes, at + 8, 4) - number(bytes, at + 16, 4),
    height: number(bytes, at + 12, 4) - number(bytes, at + 20, 4),
    components: number(bytes, at + 40, 2),
    bitDepth: (number(bytes, at + 42, 1) & 0x7f) + 1,
  };
};

const MAX_BOXES = 64;

const findCodestream = (bytes: Uint8Array): number => {
  let at = 0;
  for (let i = 0; i < MAX_BOXES && at + 8 <= bytes.length; i++) {
    const length = number(bytes, at, 4);
    if (startsWith(bytes, [0x6a, 0x70, 0x32, 0x63], at + 4)) {
      return at + 8;
    }
    if (length < 8) {
      break;
    }
    at += length;
  }
  throw malformed("a codestream inside the boxes");
};

/** Frame markers of JPEG: baseline, extended, progressive and lossless, without DHT, JPG and DAC. */
const JPEG_FRAMES = [0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf];

/** Walks the segments of JPEG or WSQ, which share their form, to the frame header. */
const readFrame = (
  bytes: Uint8Array,
  format: "jpeg" | "wsq",
  frames: readonly number[],
  from: number,
): ImageHeader => {
  for (let at = from; at + 4 <= bytes.length; at += 2 + number(bytes, at + 2, 2)) {
    const marker = bytes[at + 1]!;
    if (bytes[at] !== 0xff || marker < 0xa0) {
      break;
    }
    if (frames.includes(marker)) {
      return format === "wsq"
        ? {
            format,
            height: number(bytes, at + 6, 2),
            width: number(bytes, at + 8, 2),
            bitDepth: 8,
            components: 1,
          }
        : {
            format,
            bitDepth: number(bytes, at + 4, 1),
            height: number(bytes, at + 5, 2),
            width: number(bytes, at + 7, 2),
            components: number(bytes, at + 9, 1),
          };
    }
  }
  throw malformed("a frame header");
};

const malformed = (expected: string): MdsError =>
  new MdsError("IMAGE_MALFORMED", `expected ${expected}, found another`);
