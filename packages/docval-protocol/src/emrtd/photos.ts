import {
  biometricImages,
  decodeDg2,
  decodeDg7,
  detectImageFormat,
  EmrtdError,
  readImageInfo,
} from "@org/emrtd-core";

/**
 * Pixels that are converted of one document. A portrait has a quarter of a million; a file of a few bytes
 * can state any number, and each keeps the server from everybody else.
 */
const MAX_PIXELS = 2 * 1024 * 1024;

/** Turns an image of a document, JPEG 2000 as a rule, into JPEG; undefined where it cannot. */
export type ToJpeg = (image: Uint8Array) => Uint8Array | undefined;

/** Pictures for a result, and codes of what could not be shown. */
export interface Photos {
  readonly face: Uint8Array | null;
  readonly signatures: readonly Uint8Array[];
  readonly errors: readonly string[];
}

/** The face of DG2 and the signatures of DG7, as JPEG. */
export const photosOf = (
  files: { readonly DG2?: Uint8Array; readonly DG7?: Uint8Array },
  toJpeg: ToJpeg | undefined,
): Photos => {
  const errors: string[] = [];
  let room = MAX_PIXELS;
  const convert = (image: Uint8Array, where: string): Uint8Array[] => {
    if (detectImageFormat(image) === "JPEG") return [image];
    const pixels = pixelsOf(image);
    if (pixels <= room) {
      room -= pixels;
      const jpeg = attempt(() => toJpeg?.(image));
      if (jpeg) return [jpeg];
    }
    errors.push(`${where}: IMAGE_NOT_CONVERTED`);
    return [];
  };
  const images = (
    file: Uint8Array | undefined,
    where: string,
    decode: (file: Uint8Array) => readonly Uint8Array[],
  ) => {
    if (file === undefined) return [];
    const found = readable(() => decode(file));
    if (found) return found;
    errors.push(`${where}: FILE_MALFORMED`);
    return [];
  };
  const [face] = images(files.DG2, "DG2", (file) => biometricImages(decodeDg2(file)));
  return {
    face: (face && convert(face, "DG2")[0]) ?? null,
    signatures: images(files.DG7, "DG7", (file) => decodeDg7(file).images).flatMap((image) =>
      convert(image, "DG7"),
    ),
    errors,
  };
};

/** As its header states; without end where it does not. */
const pixelsOf = (image: Uint8Array): number => {
  const size = readable(() => readImageInfo(image));
  return size ? size.width * size.height : Number.POSITIVE_INFINITY;
};

/** Whatever a converter does with a broken image, it is no reason to lose a result. */
const attempt = (convert: () => Uint8Array | undefined): Uint8Array | undefined => {
  try {
    return convert();
  } catch {
    return undefined;
  }
};

/** What a file says; undefined where it cannot be read. */
export const readable = <T>(decode: () => T): T | undefined => {
  try {
    return decode();
  } catch (error) {
    if (error instanceof EmrtdError) return undefined;
    throw error;
  }
};
