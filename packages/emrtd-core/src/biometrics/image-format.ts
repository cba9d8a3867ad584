import { EmrtdError } from "../errors.js";
import { FieldReader } from "./fields.js";
import { findCodestream, readJpeg2000Size } from "./jpeg2000-header.js";

/** Images of travel documents, told apart by their first bytes and not by what a record says. */
export type ImageFormat = "JPEG" | "JP2" | "J2K" | "WSQ" | "PNG";

/** What the header of an image says. */
export interface ImageInfo {
  readonly format: ImageFormat;
  readonly mediaType: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

interface FormatRow {
  readonly format: ImageFormat;
  readonly mediaType: string;
  /** File name ending, without a dot. */
  readonly extension: string;
  readonly start: readonly number[];
}

/** First bytes: JFIF, ISO/IEC 15444-1 annex I and A, FBI WSQ 3.1, PNG. */
const FORMATS: readonly FormatRow[] = [
  { format: "JPEG", mediaType: "image/jpeg", extension: "jpg", start: [0xff, 0xd8, 0xff] },
  {
    format: "JP2",
    mediaType: "image/jp2",
    extension: "jp2",
    start: [0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a],
  },
  { format: "J2K", mediaType: "image/j2c", extension: "j2k", start: [0xff, 0x4f, 0xff, 0x51] },
  { format: "WSQ", mediaType: "image/x-wsq", extension: "wsq", start: [0xff, 0xa0, 0xff] },
  {
    format: "PNG",
    mediaType: "image/png",
    extension: "png",
    start: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  },
];

const rowOf = (image: Uint8Array): FormatRow | undefined =>
  FORMATS.find(({ start }) => start.every((byte, i) => image[i] === byte));

/** The format by the first bytes; undefined where they are of none. */
export const detectImageFormat = (image: Uint8Array): ImageFormat | undefined =>
  rowOf(image)?.format;

/** Media type and file name ending of a format. */
export const imageMediaType = (
  format: ImageFormat,
): { readonly mediaType: string; readonly extension: string } =>
  FORMATS.find((row) => row.format === format)!;

/**
 * Reads format and size from the header; nothing is decoded.
 *
 * @throws EmrtdError `IMAGE_INVALID` where the format is none of these or the header is malformed.
 */
export const readImageInfo = (image: Uint8Array): ImageInfo => {
  const row = rowOf(image);
  if (row === undefined) throw invalid("JPEG, JPEG 2000, WSQ or PNG");
  const size = readSize(row.format, image);
  if (size === undefined) throw invalid(`the size of a ${row.format} image in its header`);
  return { format: row.format, mediaType: row.mediaType, ...size };
};

type Size = { readonly width: number; readonly height: number };

const readSize = (format: ImageFormat, image: Uint8Array): Size | undefined => {
  try {
    switch (format) {
      case "JPEG":
        return readMarkedSize(image, isJpegFrame, 1);
      case "WSQ":
        return readMarkedSize(image, (marker) => marker === WSQ_FRAME, 2);
      case "JP2":
      case "J2K": {
        const { width, height } = readJpeg2000Size(findCodestream(image));
        return { width, height };
      }
      case "PNG": {
        const reader = new FieldReader(image.subarray(PNG_IHDR), "PNG");
        return { width: reader.integer(4), height: reader.integer(4) };
      }
    }
  } catch (error) {
    if (error instanceof EmrtdError) return undefined;
    throw error;
  }
};

const PNG_IHDR = 16;
const WSQ_FRAME = 0xa2;

/** Start of frame: C0 to CF, less the markers of Huffman and arithmetic tables (ITU-T T.81, B.1.1.3). */
const isJpegFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Walks marker segments to the frame header; `skip` bytes stand before height and width there. */
const readMarkedSize = (
  image: Uint8Array,
  isFrame: (marker: number) => boolean,
  skip: number,
): Size | undefined => {
  const reader = new FieldReader(image, "image");
  reader.take(2);
  while (reader.remaining > 0) {
    if (reader.integer(1) !== 0xff) return undefined;
    let marker = reader.integer(1);
    while (marker === 0xff) marker = reader.integer(1);
    const length = reader.integer(2);
    if (length < 2) return undefined;
    const segment = new FieldReader(reader.take(length - 2), "image");
    if (isFrame(marker)) {
      segment.take(skip);
      const [height, width] = [segment.integer(2), segment.integer(2)];
      return { width, height };
    }
  }
  return undefined;
};

/** End of a JPEG image and of a JPEG 2000 codestream alike. */
const END = [0xff, 0xd9] as const;

/**
 * The image without padding after its end: some documents fill up with 00 or FF after JPEG and
 * JPEG 2000. Anything else after the end is left alone.
 */
export const trimImage = (image: Uint8Array): Uint8Array => {
  const format = detectImageFormat(image);
  if (format === undefined || format === "WSQ" || format === "PNG") return image;
  let end = image.length;
  while (end > 0 && (image[end - 1] === 0x00 || image[end - 1] === 0xff)) end--;
  return end >= 2 && image[end - 2] === END[0] && image[end - 1] === END[1]
    ? image.subarray(0, end)
    : image;
};

const invalid = (expected: string): EmrtdError =>
  new EmrtdError("IMAGE_INVALID", `expected ${expected}, found none`);
