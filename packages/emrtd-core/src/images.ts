import { detectImageFormat, imageMediaType } from "./biometrics/image-format.js";
import { EmrtdError } from "./errors.js";
import type { Jpeg2000Decoder } from "./images/jpeg2000.js";
import { encodePng } from "./images/png.js";

export {
  IMAGE_LIMITS,
  type Jpeg2000Decoder,
  type Jpeg2000Options,
  loadJpeg2000,
} from "./images/jpeg2000.js";
export type {
  FrameInfo,
  J2KDecoder,
  LoadOpenJpeg,
  OpenJpeg,
  OpenJpegOptions,
} from "./images/openjpeg.js";
export type { Pixels } from "./images/pixels.js";
export { encodePng } from "./images/png.js";

/** An image that every browser shows. */
export interface DisplayableImage {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/**
 * An image of a document as a browser shows it: JPEG and PNG as they are, JPEG 2000 as PNG.
 *
 * @param decoder from `loadJpeg2000`; needed for JPEG 2000 only.
 * @throws EmrtdError `IMAGE_CODEC` for WSQ, and for JPEG 2000 without a decoder; `IMAGE_INVALID` for what
 * is no image, `IMAGE_LIMIT` for one that is too large.
 */
export const toDisplayable = (image: Uint8Array, decoder?: Jpeg2000Decoder): DisplayableImage => {
  const format = detectImageFormat(image);
  switch (format) {
    case "JPEG":
    case "PNG":
      return { mediaType: imageMediaType(format).mediaType, bytes: image };
    case "JP2":
    case "J2K":
      if (decoder === undefined) break;
      return { mediaType: imageMediaType("PNG").mediaType, bytes: encodePng(decoder(image)) };
    case undefined:
      throw new EmrtdError("IMAGE_INVALID", "expected JPEG, JPEG 2000 or PNG, found neither");
  }
  throw new EmrtdError("IMAGE_CODEC", `expected a decoder for ${format}, found none`);
};
