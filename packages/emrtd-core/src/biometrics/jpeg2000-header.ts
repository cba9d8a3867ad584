import { EmrtdError } from "../errors.js";
import { FieldReader } from "./fields.js";

/** The image and tile size segment of a codestream (ISO/IEC 15444-1, A.5.1). */
export interface Jpeg2000Size {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** Bits of each component. */
  readonly depths: readonly number[];
  readonly tiles: number;
}

const CODESTREAM = 0xff4fff51;
const BOX_JP2C = 0x6a703263;

/**
 * The codestream in a JP2 file, or the image itself where it is bare (ISO/IEC 15444-1, annex I).
 *
 * @throws EmrtdError `IMAGE_INVALID` or `BIOMETRIC_INVALID` where there is none.
 */
export const findCodestream = (image: Uint8Array): Uint8Array => {
  if (new FieldReader(image, "codestream").integer(4) === CODESTREAM) return image;
  const reader = new FieldReader(image, "JP2");
  while (reader.remaining > 0) {
    const start = reader.offset;
    const short = reader.integer(4);
    const type = reader.integer(4);
    // 1: an extended length follows; 0: the box goes to the end.
    if (short === 1 && reader.integer(4) !== 0) break;
    const length = short === 1 ? reader.integer(4) : short === 0 ? image.length - start : short;
    if (length < reader.offset - start) break;
    const content = reader.take(length - (reader.offset - start));
    if (type === BOX_JP2C) return content;
  }
  throw new EmrtdError("IMAGE_INVALID", "expected a codestream in a JP2 image, found none");
};

/** @throws EmrtdError `IMAGE_INVALID` or `BIOMETRIC_INVALID` where the segment is malformed. */
export const readJpeg2000Size = (codestream: Uint8Array): Jpeg2000Size => {
  const reader = new FieldReader(codestream, "codestream");
  if (reader.integer(4) !== CODESTREAM) throw malformed();
  const segment = new FieldReader(reader.take(reader.integer(2) - 2), "codestream");
  segment.take(2);
  const [xSize, ySize, x, y, tileWidth, tileHeight, tileX, tileY] = Array.from({ length: 8 }, () =>
    segment.integer(4),
  ) as [number, number, number, number, number, number, number, number];
  const components = segment.integer(2);
  const depths = Array.from({ length: components }, () => {
    const depth = (segment.integer(1) & 0x7f) + 1;
    segment.take(2);
    return depth;
  });
  const [width, height] = [xSize - x, ySize - y];
  if (width <= 0 || height <= 0 || tileWidth === 0 || tileHeight === 0) throw malformed();
  const tiles = Math.ceil((xSize - tileX) / tileWidth) * Math.ceil((ySize - tileY) / tileHeight);
  return { width, height, components, depths, tiles };
};

const malformed = (): EmrtdError =>
  new EmrtdError("IMAGE_INVALID", "expected the size of a JPEG 2000 image in its codestream");
