import type { ToJpeg } from "@org/docval-protocol/emrtd";
import { detectImageFormat } from "@org/emrtd-core";
import { loadJpeg2000, type Pixels } from "@org/emrtd-core/images";
import { encode } from "jpeg-js";

/** Of 100; a portrait of 20 kB in JPEG 2000 is some 40 kB then. */
const QUALITY = 85;

/** Turns JPEG 2000, as most documents have it, into JPEG: OpenJPEG in, jpeg-js out. */
export const loadToJpeg = async (): Promise<ToJpeg> => {
  const decode = await loadJpeg2000();
  return (image) => {
    const format = detectImageFormat(image);
    if (format !== "JP2" && format !== "J2K") return undefined;
    const pixels = decode(image);
    const { width, height } = pixels;
    return new Uint8Array(encode({ width, height, data: rgba(pixels) }, QUALITY).data);
  };
};

/** Four channels of any; JPEG has no opacity, so what it says is not kept. */
const rgba = ({ width, height, channels, data }: Pixels): Uint8Array => {
  const wide = new Uint8Array(4 * width * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const from = channels * pixel;
    for (let channel = 0; channel < 3; channel++) {
      wide[4 * pixel + channel] = data[from + (channels === 1 ? 0 : channel)]!;
    }
    wide[4 * pixel + 3] = 0xff;
  }
  return wide;
};
