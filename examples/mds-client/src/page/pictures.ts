import type { Modality, VerifiedSegment } from "@org/mosip-mds-types";
import { imagesOf } from "@org/mosip-mds-types/records";
import { element } from "./element.js";

/** Browsers show no JPEG 2000: it is decoded here, by a codec that is loaded when it is needed. */
const decodeJpeg2000 = async (bytes: Uint8Array): Promise<HTMLCanvasElement> => {
  const { loadJpeg2000 } = await import("@org/mosip-mds-types/images");
  const { width, height, components, pixels } = (await loadJpeg2000()).decode(bytes);
  const canvas = element("canvas", { width, height });
  const image = new ImageData(width, height);
  for (let at = 0; at < width * height; at++) {
    for (let channel = 0; channel < 3; channel++) {
      image.data[4 * at + channel] = pixels[components * at + (components === 3 ? channel : 0)]!;
    }
    image.data[4 * at + 3] = 255;
  }
  canvas.getContext("2d")!.putImageData(image, 0, 0);
  return canvas;
};

const blobUrl = (bytes: Uint8Array, type: string): string =>
  URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));

/** What was captured: a picture where one can be shown, and a link that saves it. */
export const pictureOf = async (
  { block, value }: VerifiedSegment,
  modality: Modality,
): Promise<HTMLElement> => {
  const name = block?.subType ?? modality;
  const caption = element(
    "figcaption",
    {},
    `${name}, quality ${block?.qualityScore ?? "unknown"} `,
  );
  if (value === undefined) {
    caption.append("(encrypted)");
    return element("figure", {}, caption);
  }
  caption.append(
    element(
      "a",
      { href: blobUrl(value, "application/octet-stream"), download: `${name}.iso` },
      "save",
    ),
  );
  try {
    const [first] = imagesOf(value, block?.modality ?? modality);
    const { format } = first!.header;
    const shown =
      format === "jp2" || format === "j2k"
        ? await decodeJpeg2000(first!.image)
        : element("img", { src: blobUrl(first!.image, `image/${format}`), alt: name });
    return element("figure", {}, shown, caption);
  } catch {
    // A format that is not decoded here can still be saved.
    return element("figure", {}, caption);
  }
};
