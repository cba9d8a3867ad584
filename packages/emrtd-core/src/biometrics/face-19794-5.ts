import { concatBytes } from "../bytes.js";
import { EmrtdError } from "../errors.js";
import type { Finding } from "../lds/finding.js";
import { FieldReader, startsWith, writeFields } from "./fields.js";

/**
 * Facial record of ISO/IEC 19794-5:2005, the form that DG2 demands until 2030 (Doc 9303-10, 4.5.6).
 *
 * ```
 * facial record header     FAC\0 010\0, length of record (4), number of images (2)
 * each image:
 *   facial information     length of block (4), number of feature points (2), gender (1), eye colour (1),
 *                          hair colour (1), feature mask (3), expression (2), pose angle (3), its uncertainty (3)
 *   feature points         type (1), code (1), x (2), y (2), reserved (2)
 *   image information      image type (1), data type (1), width (2), height (2), colour space (1),
 *                          source type (1), device type (2), quality (2)
 *   image data
 * ```
 */
export interface FaceRecord {
  /** The most recent first. */
  readonly images: readonly FaceImage[];
}

/** One image; codes are the standard's numbers, 0 is unspecified. */
export interface FaceImage {
  readonly gender: number;
  readonly eyeColour: number;
  readonly hairColour: number;
  readonly featureMask: number;
  readonly expression: number;
  /** Yaw, pitch, roll, in steps of two degrees from 1 (clause 5.5.7). */
  readonly poseAngle: readonly [number, number, number];
  readonly poseAngleUncertainty: readonly [number, number, number];
  readonly featurePoints: readonly FeaturePoint[];
  /** 0 basic, 1 full frontal, 2 token frontal. */
  readonly imageType: number;
  /** 0 JPEG, 1 JPEG 2000. Trust the image's own first bytes before it. */
  readonly imageDataType: number;
  readonly width: number;
  readonly height: number;
  readonly colourSpace: number;
  readonly sourceType: number;
  readonly deviceType: number;
  readonly quality: number;
  readonly image: Uint8Array;
}

/** A point of the face by the MPEG-4 code. */
export interface FeaturePoint {
  readonly type: number;
  /** Major point in the high half, minor in the low. */
  readonly code: number;
  readonly x: number;
  readonly y: number;
}

export const FACE_LIMITS = { images: 64, featurePoints: 4096 } as const;

const MARK = "FAC\0";
const VERSION = "010\0";
const RECORD_HEADER = 14;
/** Facial information and image information. */
const BLOCK_HEADERS = 20 + 12;
const FEATURE_POINT = 8;
const PATH = "facial record";

/** Whether the bytes begin as a facial record. */
export const isFaceRecord = (bytes: Uint8Array): boolean => startsWith(bytes, MARK);

/**
 * Reads a facial record and every image in it. Lengths that the record states wrongly are put up with
 * where only the last image can be meant: it goes to the end.
 *
 * @throws EmrtdError `BIOMETRIC_INVALID` where it is malformed.
 */
export const decodeFaceRecord = (
  bytes: Uint8Array,
): FaceRecord & { readonly findings: readonly Finding[] } => {
  const findings: Finding[] = [];
  const reader = new FieldReader(bytes, PATH);
  reader.expect(MARK);
  reader.expect(VERSION);
  if (reader.integer(4) !== bytes.length) {
    findings.push({ code: "LENGTH_MISMATCH", where: PATH });
  }
  const count = reader.integer(2);
  if (count === 0 || count > FACE_LIMITS.images) {
    throw new EmrtdError(
      "BIOMETRIC_INVALID",
      `expected 1 to ${FACE_LIMITS.images} images in ${PATH}, found ${count}`,
      { path: PATH },
    );
  }
  const images = Array.from({ length: count }, (_, index) => {
    const path = `image ${index + 1} of ${PATH}`;
    const last = index === count - 1;
    const declared = new FieldReader(reader.bytes.subarray(reader.offset), path).integer(4);
    const length = last ? reader.remaining : declared;
    if (length !== declared) findings.push({ code: "LENGTH_MISMATCH", where: path });
    return decodeFaceImage(new FieldReader(reader.take(length), path));
  });
  return { images, findings };
};

const decodeFaceImage = (block: FieldReader): FaceImage => {
  block.take(4);
  const pointCount = block.integer(2);
  if (pointCount > FACE_LIMITS.featurePoints) {
    throw new EmrtdError(
      "BIOMETRIC_INVALID",
      `expected at most ${FACE_LIMITS.featurePoints} feature points in ${block.path}, found ${pointCount}`,
      { path: block.path },
    );
  }
  const three = (): [number, number, number] => [
    block.integer(1),
    block.integer(1),
    block.integer(1),
  ];
  return {
    gender: block.integer(1),
    eyeColour: block.integer(1),
    hairColour: block.integer(1),
    featureMask: block.integer(3),
    expression: block.integer(2),
    poseAngle: three(),
    poseAngleUncertainty: three(),
    featurePoints: Array.from({ length: pointCount }, () => {
      const [type, code, x, y] = [1, 1, 2, 2].map((length) => block.integer(length));
      block.take(2);
      return { type: type!, code: code!, x: x!, y: y! };
    }),
    imageType: block.integer(1),
    imageDataType: block.integer(1),
    width: block.integer(2),
    height: block.integer(2),
    colourSpace: block.integer(1),
    sourceType: block.integer(1),
    deviceType: block.integer(2),
    quality: block.integer(2),
    image: block.take(block.remaining),
  };
};

/** @throws EmrtdError `BIOMETRIC_VALUE` where a number does not fit its field. */
export const encodeFaceRecord = ({ images }: FaceRecord): Uint8Array<ArrayBuffer> => {
  const blocks = concatBytes(...images.map(encodeFaceImage));
  const length = RECORD_HEADER + blocks.length;
  return writeFields(PATH, MARK, VERSION, [length, 4], [images.length, 2], blocks);
};

const encodeFaceImage = (face: FaceImage): Uint8Array =>
  writeFields(
    PATH,
    [BLOCK_HEADERS + FEATURE_POINT * face.featurePoints.length + face.image.length, 4],
    [face.featurePoints.length, 2],
    [face.gender, 1],
    [face.eyeColour, 1],
    [face.hairColour, 1],
    [face.featureMask, 3],
    [face.expression, 2],
    ...face.poseAngle.map((angle) => [angle, 1] as const),
    ...face.poseAngleUncertainty.map((angle) => [angle, 1] as const),
    ...face.featurePoints.flatMap(
      ({ type, code, x, y }) =>
        [
          [type, 1],
          [code, 1],
          [x, 2],
          [y, 2],
          [0, 2],
        ] as const,
    ),
    [face.imageType, 1],
    [face.imageDataType, 1],
    [face.width, 2],
    [face.height, 2],
    [face.colourSpace, 1],
    [face.sourceType, 1],
    [face.deviceType, 2],
    [face.quality, 2],
    face.image,
  );
