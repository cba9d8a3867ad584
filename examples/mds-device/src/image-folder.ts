import { CommandError } from "@org/command";
import {
  type CaptureSource,
  type GreyImage,
  MdsError,
  MODALITIES,
  type Modality,
} from "@org/mosip-mds-types";
import { systemClock } from "@org/mosip-mds-types/http";
import type { Jpeg2000Codec, SampledImage } from "@org/mosip-mds-types/images";
import { readSamples } from "@org/mosip-mds-types/node";
import { readImageHeader } from "@org/mosip-mds-types/records";
import { createFixedSource } from "@org/mosip-mds-types/testing";
import jpeg from "jpeg-js";

/** Widest preview, in pixels: five frames a second are to be encoded. */
const PREVIEW_WIDTH = 320;

/** Sensors that give what a folder holds. */
export const readSources = async (
  folder: string,
  wanted: readonly Modality[] | undefined,
  jpeg2000: Jpeg2000Codec,
): Promise<{ readonly modalities: readonly Modality[]; of(modality: Modality): CaptureSource }> => {
  const sources = new Map<Modality, CaptureSource>();
  for (const modality of wanted ?? MODALITIES) {
    const samples = await readSamples(folder, modality, new Date()).catch((error: unknown) => {
      // Kinds that nobody named need not be there.
      if (wanted === undefined && error instanceof MdsError && error.code === "KEY_INVALID")
        return [];
      throw error;
    });
    const [first] = samples;
    if (first !== undefined) {
      const preview = greyOf(first.image, jpeg2000);
      sources.set(modality, createFixedSource(samples, preview, systemClock));
    }
  }
  if (sources.size === 0) {
    throw new CommandError(
      "NO_IMAGES",
      `expected names such as Left_Index.iso, right-iris.jp2 or face.jpg, found none in ${folder}`,
    );
  }
  return { modalities: [...sources.keys()], of: (modality) => sources.get(modality)! };
};

/** A picture for the preview; formats that are not decoded here give a grey one. */
const greyOf = (image: Uint8Array, jpeg2000: Jpeg2000Codec): GreyImage => {
  const { format } = readImageHeader(image);
  switch (format) {
    case "jp2":
    case "j2k":
      return shrunk(jpeg2000.decode(image));
    case "jpeg": {
      const { width, height, data } = jpeg.decode(image, { useTArray: true, formatAsRGBA: false });
      return shrunk({ width, height, components: 3, pixels: data });
    }
    default:
      return { width: 64, height: 64, pixels: new Uint8Array(64 * 64).fill(128) };
  }
};

const shrunk = ({ width, height, components, pixels }: SampledImage): GreyImage => {
  const step = Math.max(1, Math.ceil(width / PREVIEW_WIDTH));
  const small = { width: Math.floor(width / step), height: Math.floor(height / step) };
  const grey = new Uint8Array(small.width * small.height);
  for (let y = 0; y < small.height; y++) {
    for (let x = 0; x < small.width; x++) {
      const at = (y * step * width + x * step) * components;
      // The green channel is most of what an eye sees.
      grey[y * small.width + x] = pixels[at + (components === 3 ? 1 : 0)]!;
    }
  }
  return { ...small, pixels: grey };
};
