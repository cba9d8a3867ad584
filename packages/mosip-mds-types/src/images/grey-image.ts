import { MdsError } from "../errors.js";

/** A grey image of 8 bits a pixel, row after row. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** @throws MdsError `IMAGE_UNENCODABLE` when the samples do not fill the size. */
export const checkGrey = (image: GreyImage): void => {
  const { width, height, pixels } = image;
  const sound = width > 0 && height > 0 && width <= 0xffff && height <= 0xffff;
  if (!sound || pixels.length !== width * height) {
    throw new MdsError(
      "IMAGE_UNENCODABLE",
      `expected ${width} by ${height} samples, found ${pixels.length}`,
    );
  }
};
