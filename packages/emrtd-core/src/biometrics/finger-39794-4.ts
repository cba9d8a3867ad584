import { DATE_TIME, VERSION } from "./common-39794-1.js";
import { BOOLEAN, block, CODE, INTEGER, listOf, OCTETS, type ValueOf } from "./tagged.js";

/**
 * Finger image data of ISO/IEC 39794-4:2019, for DG3. What a table does not name is kept as it stands:
 * capture device, quality, sampling rate, segmentation, annotations, comments.
 *
 * This software makes use of the Schema from ISO/IEC 39794-4 within modifications permitted in the
 * relevant ISO/IEC standard. Please reproduce this note if possible.
 */
const representation = () =>
  block({
    position: [0, CODE],
    impression: [1, CODE],
    /** 0 PGM, 1 WSQ, 2 JPEG 2000 lossy, 3 lossless, 4 PNG. */
    imageDataFormat: [2, CODE],
    imageData: [3, OCTETS],
    captureDateTimeBlock: [4, DATE_TIME],
    positionComputedByCaptureSystem: [8, BOOLEAN],
    originalRotation: [9, INTEGER],
    imageRotatedToVertical: [10, BOOLEAN],
    imageHasBeenLossilyCompressed: [11, BOOLEAN],
  });

/** The block under application tag 4. */
export const FINGER_IMAGE_DATA_BLOCK = /* @__PURE__ */ block({
  versionBlock: [0, VERSION],
  representationBlocks: [1, /* @__PURE__ */ listOf(/* @__PURE__ */ representation())],
});

export type FingerImageDataBlock = ValueOf<typeof FINGER_IMAGE_DATA_BLOCK>;
