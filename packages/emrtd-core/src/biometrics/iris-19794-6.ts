import { concatBytes } from "../bytes.js";
import { EmrtdError } from "../errors.js";
import type { Finding } from "../lds/finding.js";
import { FieldReader, startsWith, writeFields } from "./fields.js";

/**
 * Iris image record of ISO/IEC 19794-6:2005, as DG4 holds one to a template.
 *
 * ```
 * record header   IIR\0 010\0, length of record (4), capture device (2), number of eyes (1), length of
 *                 header (2), image properties (2), iris diameter (2), image format (2), raw width (2),
 *                 raw height (2), intensity depth (1), transformation (1), device identifier (16)
 * each eye:       which (1), number of images (2)
 * each image:     number (2), quality (1), rotation (2), its uncertainty (2), length of image (4), image data
 * ```
 */
export interface IrisRecord {
  readonly captureDevice: number;
  readonly imageProperties: number;
  readonly irisDiameter: number;
  /** 2 raw, 4 JPEG, 8 JPEG lossless, 16 JPEG 2000 (clause 6.4). */
  readonly imageFormat: number;
  readonly width: number;
  readonly height: number;
  readonly intensityDepth: number;
  readonly transformation: number;
  readonly deviceIdentifier: Uint8Array;
  readonly eyes: readonly IrisEye[];
}

export interface IrisEye {
  /** 0 unknown, 1 right, 2 left. */
  readonly eye: number;
  readonly images: readonly IrisImage[];
}

export interface IrisImage {
  readonly number: number;
  readonly quality: number;
  readonly rotation: number;
  readonly rotationUncertainty: number;
  readonly image: Uint8Array;
}

export const IRIS_LIMITS = { images: 256 } as const;

const MARK = "IIR\0";
const VERSION = "010\0";
const RECORD_HEADER = 45;
const PATH = "iris image record";

export const isIrisRecord = (bytes: Uint8Array): boolean => startsWith(bytes, MARK);

/**
 * Reads an iris image record and every image in it. A wrong length is put up with where only the last
 * image can be meant: it goes to the end.
 *
 * @throws EmrtdError `BIOMETRIC_INVALID` where it is malformed.
 */
export const decodeIrisRecord = (
  bytes: Uint8Array,
): IrisRecord & { readonly findings: readonly Finding[] } => {
  const findings: Finding[] = [];
  const mismatch = (where: string) => findings.push({ code: "LENGTH_MISMATCH", where });
  const reader = new FieldReader(bytes, PATH);
  reader.expect(MARK);
  reader.expect(VERSION);
  if (reader.integer(4) !== bytes.length) mismatch(PATH);
  const captureDevice = reader.integer(2);
  const eyeCount = reader.integer(1);
  if (reader.integer(2) !== RECORD_HEADER) mismatch(`header of ${PATH}`);
  const header = {
    captureDevice,
    imageProperties: reader.integer(2),
    irisDiameter: reader.integer(2),
    imageFormat: reader.integer(2),
    width: reader.integer(2),
    height: reader.integer(2),
    intensityDepth: reader.integer(1),
    transformation: reader.integer(1),
    deviceIdentifier: reader.take(16),
  };
  let left = IRIS_LIMITS.images;
  const eyes = Array.from({ length: eyeCount }, (_, index): IrisEye => {
    const eye = reader.integer(1);
    const count = reader.integer(2);
    left -= count;
    if (left < 0) {
      throw new EmrtdError(
        "BIOMETRIC_INVALID",
        `expected at most ${IRIS_LIMITS.images} images in ${PATH}`,
        { path: PATH },
      );
    }
    const images = Array.from({ length: count }, (_, n): IrisImage => {
      const [number, quality, rotation, rotationUncertainty] = [2, 1, 2, 2].map((length) =>
        reader.integer(length),
      ) as [number, number, number, number];
      const declared = reader.integer(4);
      const last = index === eyeCount - 1 && n === count - 1;
      const length = last ? reader.remaining : declared;
      if (length !== declared) mismatch(`image ${n + 1} of eye ${index + 1} of ${PATH}`);
      return { number, quality, rotation, rotationUncertainty, image: reader.take(length) };
    });
    return { eye, images };
  });
  if (reader.remaining > 0) {
    throw new EmrtdError(
      "BIOMETRIC_INVALID",
      `expected the end of ${PATH} at offset ${reader.offset}, found ${reader.remaining} more bytes`,
      { offset: reader.offset, path: PATH },
    );
  }
  return { ...header, eyes, findings };
};

/** @throws EmrtdError `BIOMETRIC_VALUE` where a number does not fit its field. */
export const encodeIrisRecord = (record: IrisRecord): Uint8Array<ArrayBuffer> => {
  if (record.deviceIdentifier.length !== 16) {
    throw new EmrtdError("BIOMETRIC_VALUE", `expected a device identifier of 16 bytes in ${PATH}`);
  }
  const eyes = concatBytes(...record.eyes.map(encodeEye));
  return writeFields(
    PATH,
    MARK,
    VERSION,
    [RECORD_HEADER + eyes.length, 4],
    [record.captureDevice, 2],
    [record.eyes.length, 1],
    [RECORD_HEADER, 2],
    [record.imageProperties, 2],
    [record.irisDiameter, 2],
    [record.imageFormat, 2],
    [record.width, 2],
    [record.height, 2],
    [record.intensityDepth, 1],
    [record.transformation, 1],
    record.deviceIdentifier,
    eyes,
  );
};

const encodeEye = ({ eye, images }: IrisEye): Uint8Array =>
  writeFields(
    PATH,
    [eye, 1],
    [images.length, 2],
    ...images.flatMap(({ number, quality, rotation, rotationUncertainty, image }) => [
      [number, 2] as const,
      [quality, 1] as const,
      [rotation, 2] as const,
      [rotationUncertainty, 2] as const,
      [image.length, 4] as const,
      image,
    ]),
  );
