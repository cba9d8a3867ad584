import { DATE_TIME, VERSION } from "./common-39794-1.js";
import { block, CODE, INTEGER, listOf, OCTETS, type ValueOf } from "./tagged.js";

/**
 * Iris image data of ISO/IEC 39794-6:2021, for DG4. What a table does not name is kept as it stands:
 * range, capture device, quality, roll angle, localisation.
 *
 * This software makes use of the Schema from ISO/IEC 39794-6 within modifications permitted in the
 * relevant ISO/IEC standard. Please reproduce this note if possible.
 */
const representation = () =>
  block({
    /** 0 unknown, 1 right, 2 left. */
    eyeLabelCode: [0, INTEGER],
    irisImageKind: [1, CODE],
    bitDepth: [2, INTEGER],
    /** 0 PGM, 1 PPM, 2 PNG, 3 JPEG 2000 lossless, 4 lossy. */
    imageDataFormat: [3, CODE],
    horizontalOrientationCode: [4, INTEGER],
    verticalOrientationCode: [5, INTEGER],
    compressionHistoryCode: [6, INTEGER],
    captureDateTimeBlock: [7, DATE_TIME],
    irisImageData: [8, OCTETS],
  });

/** The block under application tag 6. */
export const IRIS_IMAGE_DATA_BLOCK = /* @__PURE__ */ block({
  versionBlock: [0, VERSION],
  representationBlocks: [1, /* @__PURE__ */ listOf(/* @__PURE__ */ representation())],
});

export type IrisImageDataBlock = ValueOf<typeof IRIS_IMAGE_DATA_BLOCK>;
