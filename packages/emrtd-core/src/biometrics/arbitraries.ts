import fc from "fast-check";
import type { Block39794 } from "./container-39794.js";
import type { FaceImage, FaceRecord } from "./face-19794-5.js";
import type { FingerRecord } from "./finger-19794-4.js";
import type { IrisRecord } from "./iris-19794-6.js";

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

const pair = () => fc.tuple(word(), word());

/** A finger image record as DG3 holds it, each finger with one view. */
export const anyFingerRecord = (): fc.Arbitrary<FingerRecord> =>
  fc
    .record({
      captureDevice: word(),
      acquisitionLevel: word(),
      scaleUnits: byte(),
      scanResolution: pair(),
      imageResolution: pair(),
      pixelDepth: byte(),
      compression: byte(),
      views: fc.array(
        fc.record({
          position: byte(),
          viewCount: fc.constant(1),
          view: byte(),
          quality: byte(),
          impression: byte(),
          width: word(),
          height: word(),
          image: fc.uint8Array({ maxLength: 60 }),
        }),
        { maxLength: 3 },
      ),
    })
    .map((record) => ({ ...record, fingerCount: record.views.length }));

export const anyIrisRecord = (): fc.Arbitrary<IrisRecord> =>
  fc.record({
    captureDevice: word(),
    imageProperties: word(),
    irisDiameter: word(),
    imageFormat: word(),
    width: word(),
    height: word(),
    intensityDepth: byte(),
    transformation: byte(),
    deviceIdentifier: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    eyes: fc.array(
      fc.record({
        eye: byte(),
        images: fc.array(
          fc.record({
            number: word(),
            quality: byte(),
            rotation: word(),
            rotationUncertainty: word(),
            image: fc.uint8Array({ maxLength: 60 }),
          }),
          { minLength: 1, maxLength: 2 },
        ),
      }),
      { maxLength: 2 },
    ),
  });

const code = () =>
  fc.oneof(
    fc.record({ code: byte() }),
    fc.record({ extensionBlock: fc.record({ fallback: byte() }) }),
  );

const anyVersion = () => fc.record({ generation: fc.constant(3), year: fc.nat(9999) });

const anyDate = () =>
  fc.record(
    {
      year: fc.nat(9999),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 31 }),
    },
    { requiredKeys: ["year"] },
  );

/** Blocks of ISO/IEC 39794 of each part, with an element that the tables do not name. */
export const anyBlock39794 = (): fc.Arbitrary<Block39794> => {
  const image = () => fc.uint8Array({ maxLength: 60 });
  const unknown = fc.constant([{ tag: 0x9e, value: Uint8Array.of(1, 2, 3) }]);
  const face = fc.record(
    {
      representationId: word(),
      imageRepresentation: fc.record({
        base: fc.record({
          imageRepresentation2DBlock: fc.record({
            representationData2D: image(),
            imageInformation2DBlock: fc.record({
              imageDataFormat: code(),
              imageSizeBlock: fc.record({ width: word(), height: word() }),
            }),
          }),
        }),
      }),
      captureDateTimeBlock: anyDate(),
      identityMetadataBlock: fc.record({
        gender: code(),
        poseAngleBlock: fc.record({
          yawAngleBlock: fc.record({ angleValue: fc.integer({ min: -180, max: 180 }) }),
        }),
        expressionBlock: fc.record({ neutral: fc.boolean(), smile: fc.boolean() }),
      }),
      unknown,
    },
    { requiredKeys: ["representationId", "imageRepresentation"] },
  );
  const finger = fc.record(
    {
      position: code(),
      imageDataFormat: code(),
      imageData: image(),
      originalRotation: fc.nat(359),
      imageHasBeenLossilyCompressed: fc.boolean(),
      unknown,
    },
    { requiredKeys: ["position", "imageData"] },
  );
  const iris = fc.record(
    {
      eyeLabelCode: fc.nat(2),
      irisImageKind: code(),
      bitDepth: fc.integer({ min: 8, max: 24 }),
      captureDateTimeBlock: anyDate(),
      irisImageData: image(),
      unknown,
    },
    { requiredKeys: ["eyeLabelCode", "irisImageData"] },
  );
  const blocks = <T>(representation: fc.Arbitrary<T>) =>
    fc.record({
      versionBlock: anyVersion(),
      representationBlocks: fc.array(representation, { minLength: 1, maxLength: 2 }),
    });
  return fc.oneof(
    fc.record({ standard: fc.constant("39794-4"), record: blocks(finger) }),
    fc.record({ standard: fc.constant("39794-5"), record: blocks(face) }),
    fc.record({ standard: fc.constant("39794-6"), record: blocks(iris) }),
  );
};
