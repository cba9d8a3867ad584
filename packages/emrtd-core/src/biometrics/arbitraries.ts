import fc from "fast-check";
import type { FaceImage, FaceRecord } from "./face-19794-5.js";

const byte = () => fc.nat(0xff);
const word = () => fc.nat(0xffff);
const angles = () => fc.tuple(byte(), byte(), byte());

/** A facial record whose images are any bytes at all. */
export const anyFaceRecord = (): fc.Arbitrary<FaceRecord> => {
  const image: fc.Arbitrary<FaceImage> = fc.record({
    gender: byte(),
    eyeColour: byte(),
    hairColour: byte(),
    featureMask: fc.nat(0xffffff),
    expression: word(),
    poseAngle: angles(),
    poseAngleUncertainty: angles(),
    featurePoints: fc.array(fc.record({ type: byte(), code: byte(), x: word(), y: word() }), {
      maxLength: 5,
    }),
    imageType: byte(),
    imageDataType: byte(),
    width: word(),
    height: word(),
    colourSpace: byte(),
    sourceType: byte(),
    deviceType: word(),
    quality: word(),
    image: fc.uint8Array({ maxLength: 60 }),
  });
  return fc.record({ images: fc.array(image, { minLength: 1, maxLength: 3 }) });
};
