import { DATE_TIME, QUALITY, REGISTRY_ID, VERSION } from "./common-39794-1.js";
import { BOOLEAN, block, CODE, INTEGER, listOf, OCTETS, type ValueOf } from "./tagged.js";

/**
 * Face image data of ISO/IEC 39794-5:2019, which DG2 holds from 2026 and must hold from 2030
 * (Doc 9303-10, 4.5.6).
 *
 * This software makes use of the Schema from ISO/IEC 39794-5 within modifications permitted in the
 * relevant ISO/IEC standard. Please reproduce this note if possible.
 */
const angle = () => block({ angleValue: [0, INTEGER], angleUncertainty: [1, INTEGER] });

const flags = <Name extends string>(...names: readonly Name[]) =>
  block(
    Object.fromEntries(names.map((name, number): [Name, Flag] => [name, [number, BOOLEAN]])) as {
      readonly [N in Name]: Flag;
    },
  );

type Flag = readonly [number: number, codec: typeof BOOLEAN];

const imageInformation = () =>
  block({
    /** 2 JPEG, 3 JPEG 2000 lossy, 4 lossless. */
    imageDataFormat: [0, CODE],
    faceImageKind2D: [1, CODE],
    postAcquisitionProcessingBlock: [
      2,
      flags(
        "rotated",
        "cropped",
        "downSampled",
        "whiteBalanceAdjusted",
        "multiplyCompressed",
        "interpolated",
        "contrastStretched",
        "poseCorrected",
        "multiViewImage",
        "ageProgressed",
        "superResolutionProcessed",
        "normalised",
      ),
    ],
    lossyTransformationAttempts: [3, CODE],
    /** Millimetres, as sensor diagonal and focal length (in tenths). */
    cameraToSubjectDistance: [4, INTEGER],
    sensorDiagonal: [5, INTEGER],
    lensFocalLength: [6, INTEGER],
    imageSizeBlock: [7, block({ width: [0, INTEGER], height: [1, INTEGER] })],
    imageFaceMeasurementsBlock: [
      8,
      block({
        imageHeadWidth: [0, INTEGER],
        imageInterEyeDistance: [1, INTEGER],
        imageEyeToMouthDistance: [2, INTEGER],
        imageHeadLength: [3, INTEGER],
      }),
    ],
    imageColourSpace: [9, CODE],
    referenceColourMappingBlock: [
      10,
      block({
        referenceColourSchema: [0, OCTETS],
        referenceColourDefinitionAndValueBlocks: [
          1,
          listOf(
            block({ referenceColourDefinition: [0, OCTETS], referenceColourValue: [1, OCTETS] }),
          ),
        ],
      }),
    ],
  });

const image2d = () =>
  block({
    /** The image itself. */
    representationData2D: [0, OCTETS],
    imageInformation2DBlock: [1, imageInformation()],
    captureDevice2DBlock: [
      2,
      block({
        captureDeviceSpectral2DBlock: [0, flags("whiteLight", "nearInfrared", "thermal")],
        captureDeviceTechnologyId2D: [1, CODE],
      }),
    ],
  });

const identityMetadata = () =>
  block({
    /** 1 other, 2 male, 3 female. */
    gender: [0, CODE],
    eyeColour: [1, CODE],
    hairColour: [2, CODE],
    /** Millimetres. */
    subjectHeight: [3, INTEGER],
    propertiesBlock: [
      4,
      flags(
        "glasses",
        "moustache",
        "beard",
        "teethVisible",
        "pupilOrIrisNotVisible",
        "mouthOpen",
        "leftEyePatch",
        "rightEyePatch",
        "darkGlasses",
        "biometricAbsent",
        "headCoveringsPresent",
      ),
    ],
    expressionBlock: [
      5,
      flags(
        "neutral",
        "smile",
        "raisedEyebrows",
        "eyesLookingAwayFromTheCamera",
        "squinting",
        "frowning",
      ),
    ],
    poseAngleBlock: [
      6,
      block({
        yawAngleBlock: [0, angle()],
        pitchAngleBlock: [1, angle()],
        rollAngleBlock: [2, angle()],
      }),
    ],
  });

const landmark = () =>
  block({
    landmarkKind: [
      0,
      block({
        base: [
          0,
          block({
            mpeg4FeaturePoint: [0, CODE],
            anthropometricLandmark: [
              1,
              block({
                base: [
                  0,
                  block({
                    anthropometricLandmarkName: [0, CODE],
                    anthropometricLandmarkPointName: [1, CODE],
                    anthropometricLandmarkPointId: [2, CODE],
                  }),
                ],
              }),
            ],
          }),
        ],
      }),
    ],
    landmarkCoordinates: [
      1,
      block({
        base: [
          0,
          block({
            coordinateCartesian2DBlock: [0, block({ x: [0, INTEGER], y: [1, INTEGER] })],
            coordinateTextureImageBlock: [
              1,
              block({ uInPixel: [0, INTEGER], vInPixel: [1, INTEGER] }),
            ],
            coordinateCartesian3DBlock: [
              2,
              block({ x: [0, INTEGER], y: [1, INTEGER], z: [2, INTEGER] }),
            ],
          }),
        ],
      }),
    ],
  });

const representation = () =>
  block({
    representationId: [0, INTEGER],
    imageRepresentation: [
      1,
      block({ base: [0, block({ imageRepresentation2DBlock: [0, image2d()] })] }),
    ],
    captureDateTimeBlock: [2, DATE_TIME],
    qualityBlocks: [3, listOf(QUALITY)],
    /** Presentation attack detection (4) is kept as it stands. */
    sessionId: [5, INTEGER],
    derivedFrom: [6, INTEGER],
    captureDeviceBlock: [
      7,
      block({ modelIdBlock: [0, REGISTRY_ID], certificationIdBlocks: [1, listOf(REGISTRY_ID)] }),
    ],
    identityMetadataBlock: [8, identityMetadata()],
    landmarkBlocks: [9, listOf(landmark())],
  });

/** The block under application tag 5. */
export const FACE_IMAGE_DATA_BLOCK = /* @__PURE__ */ block({
  versionBlock: [0, VERSION],
  representationBlocks: [1, /* @__PURE__ */ listOf(/* @__PURE__ */ representation())],
});

export type FaceImageDataBlock = ValueOf<typeof FACE_IMAGE_DATA_BLOCK>;

/** Every image, in order. */
export const faceImages = ({ representationBlocks = [] }: FaceImageDataBlock): Uint8Array[] =>
  representationBlocks.flatMap(({ imageRepresentation }) => {
    const data = imageRepresentation?.base?.imageRepresentation2DBlock?.representationData2D;
    return data === undefined ? [] : [data];
  });
