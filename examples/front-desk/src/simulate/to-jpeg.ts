import type { ToJpeg } from "@org/docval-protocol/emrtd";
import type { Jpeg2000Decoder } from "@org/emrtd-core/images";
import { encode } from "jpeg-js";

/** JPEG 2000 of a document as JPEG, for results. */
export const createToJpeg =
  (decoder: Jpeg2000Decoder): ToJpeg =>
  (image) => {
    const { width, height, channels, data } = decoder(image);
    const rgba = new Uint8Array(4 * width * height);
    for (let i = 0; i < width * height; i++) {
      const at = i * channels;
      const grey = channels === 1;
      rgba.set([data[at]!, data[at + (grey ? 0 : 1)]!, data[at + (grey ? 0 : 2)]!, 255], 4 * i);
    }
    return new Uint8Array(encode({ width, height, data: rgba }, 85).data);
  };
