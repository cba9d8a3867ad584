import type { Codec } from "../codec.js";
import {
  type CaptureHeader,
  closeRecord,
  openRecord,
  readCaptureHeader,
  readRepresentations,
  writeCaptureHeader,
  writeRepresentation,
} from "./common.js";
import { type RecordReader, recordWriter } from "./reader.js";

/**
 * Face image record, ISO/IEC 19794-5:2011.
 *
 * ```
 * general header   FAC\0 030\0, length 4, representations 2, certification flag 1, temporal semantics 2
 * representation   length 4, capture header,
 *                  landmarks 2, gender 1, eye colour 1, hair colour 1, height 1, properties 3,
 *                  expression 2, pose 3, pose uncertainty 3, 8 for each landmark,
 *                  face type 1, data type 1, width 2, height 2, sampling level 1, post-processing 2,
 *                  cross reference 1, colour space 1, image length 4, image, 3D data (kept as it is)
 * ```
 */
export interface FaceImageRecord {
  readonly certified: boolean;
  readonly temporalSemantics: number;
  readonly representations: readonly FaceImage[];
}

export interface FaceImage {
  readonly capture: CaptureHeader;
  readonly gender: number;
  readonly eyeColour: number;
  readonly hairColour: number;
  readonly subjectHeight: number;
  /** 24 bits. */
  readonly properties: number;
  readonly expression: number;
  readonly pose: Pose;
  readonly poseUncertainty: Pose;
  /** Landmark points of 8 bytes, as they are. */
  readonly landmarks: readonly Uint8Array[];
  /** 0 basic, 1 full frontal, 2 token frontal. */
  readonly faceType: number;
  /** See {@link FACE_DATA_TYPE}. */
  readonly dataType: number;
  readonly width: number;
  readonly height: number;
  readonly samplingLevel: number;
  readonly postProcessing: number;
  readonly crossReference: number;
  /** See {@link FACE_COLOUR_SPACE}. */
  readonly colourSpace: number;
  readonly image: Uint8Array;
  readonly threeDimensional: Uint8Array;
}

export interface Pose {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
}

export const FACE_DATA_TYPE = { jpeg: 0, jpeg2000Lossy: 1, jpeg2000: 2, png: 3 } as const;
export const FACE_COLOUR_SPACE = { unspecified: 0, rgb24: 1, yuv422: 2, grey8: 3 } as const;

const MAGIC = { format: "FAC", version: "030" } as const;
const LANDMARK_LENGTH = 8;

const readPose = (reader: RecordReader): Pose => ({
  yaw: reader.u8("the pose"),
  pitch: reader.u8("the pose"),
  roll: reader.u8("the pose"),
});

const readImage = (reader: RecordReader, certified: boolean): FaceImage => {
  const capture = readCaptureHeader(reader, certified);
  const landmarkCount = reader.u16("the number of landmarks");
  return {
    capture,
    gender: reader.u8("the gender"),
    eyeColour: reader.u8("the eye colour"),
    hairColour: reader.u8("the hair colour"),
    subjectHeight: reader.u8("the subject's height"),
    properties: (reader.u8("the properties") << 16) | reader.u16("the properties"),
    expression: reader.u16("the expression"),
    pose: readPose(reader),
    poseUncertainty: readPose(reader),
    landmarks: Array.from({ length: landmarkCount }, () =>
      reader.bytes(LANDMARK_LENGTH, "a landmark"),
    ),
    faceType: reader.u8("the face type"),
    dataType: reader.u8("the data type"),
    width: reader.u16("the width"),
    height: reader.u16("the height"),
    samplingLevel: reader.u8("the sampling level"),
    postProcessing: reader.u16("the post-processing"),
    crossReference: reader.u8("the cross reference"),
    colourSpace: reader.u8("the colour space"),
    image: reader.bytes(reader.u32("the image length"), "the image"),
    threeDimensional: reader.bytes(reader.rest, "3D data"),
  };
};

const writeImage = (image: FaceImage, certified: boolean): Uint8Array => {
  const writer = recordWriter();
  writeCaptureHeader(writer, image.capture, certified);
  writer
    .u16(image.landmarks.length, "the number of landmarks")
    .u8(image.gender, "the gender")
    .u8(image.eyeColour, "the eye colour")
    .u8(image.hairColour, "the hair colour")
    .u8(image.subjectHeight, "the subject's height")
    .u8(image.properties >>> 16, "the properties")
    .u16(image.properties & 0xffff, "the properties")
    .u16(image.expression, "the expression");
  for (const { yaw, pitch, roll } of [image.pose, image.poseUncertainty]) {
    writer.u8(yaw, "the pose").u8(pitch, "the pose").u8(roll, "the pose");
  }
  for (const landmark of image.landmarks) {
    writer.bytes(landmark);
  }
  return writer
    .u8(image.faceType, "the face type")
    .u8(image.dataType, "the data type")
    .u16(image.width, "the width")
    .u16(image.height, "the height")
    .u8(image.samplingLevel, "the sampling level")
    .u16(image.postProcessing, "the post-processing")
    .u8(image.crossReference, "the cross reference")
    .u8(image.colourSpace, "the colour space")
    .u32(image.image.length, "the image length")
    .bytes(image.image)
    .bytes(image.threeDimensional)
    .done();
};

/** @throws MdsError `RECORD_MALFORMED`, `RECORD_UNENCODABLE`. */
export const FaceImageRecord: Codec<FaceImageRecord> = {
  name: "face image record",
  decode: (bytes) => {
    const reader = openRecord(bytes, MAGIC);
    const count = reader.u16("the number of representations");
    const certified = reader.u8("the certification flag") === 1;
    const temporalSemantics = reader.u16("the temporal semantics");
    return {
      certified,
      temporalSemantics,
      representations: readRepresentations(reader, count, (inside) => readImage(inside, certified)),
    };
  },
  encode: ({ certified, temporalSemantics, representations }) => {
    const writer = recordWriter()
      .u16(representations.length, "the number of representations")
      .u8(certified ? 1 : 0, "the certification flag")
      .u16(temporalSemantics, "the temporal semantics");
    for (const image of representations) {
      writer.bytes(writeRepresentation(writeImage(image, certified)));
    }
    return closeRecord(MAGIC, writer.done());
  },
};
