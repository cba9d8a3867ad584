import { biometricImages, decodeDg2 } from "@org/emrtd-core";
import { type Jpeg2000Decoder, toDisplayable } from "@org/emrtd-core/images";
import type { Picture } from "../story/index.js";

/** An image as a browser shows it, JPEG 2000 as PNG; undefined where it is none that we know. */
export const showable = (image: Uint8Array, decoder: Jpeg2000Decoder): Picture | undefined => {
  try {
    const { mediaType, bytes } = toDisplayable(image, decoder);
    return mediaType === "image/jpeg" || mediaType === "image/png"
      ? { mediaType, bytes }
      : undefined;
  } catch {
    return undefined;
  }
};

/** The portrait of data group 2. */
export const portraitOf = (dg2: Uint8Array, decoder: Jpeg2000Decoder): Picture | undefined => {
  try {
    const [image] = biometricImages(decodeDg2(dg2));
    return image === undefined ? undefined : showable(image, decoder);
  } catch {
    return undefined;
  }
};
