import type { BioSubType, Finger } from "../vocabulary/bio-sub-type.js";
import { type CaptureHeader, captureTimeOf } from "./common.js";
import { FACE_COLOUR_SPACE, FaceImageRecord } from "./face-image.js";
import { FINGER_POSITIONS, FingerImageRecord } from "./finger-image.js";
import { type Minutia, MinutiaeRecord } from "./finger-minutiae.js";
import { IRIS_IMAGE_TYPE, IrisImageRecord, ROLL_UNDEFINED } from "./iris-image.js";

/** An encoded image and what a record says of it. */
export interface RecordImage {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Code of the record's own table: FINGER_COMPRESSION, IRIS_FORMAT or FACE_DATA_TYPE. */
  readonly coding: number;
}

/** What all records of one sample share. */
export interface SampleFacts {
  readonly time: Date;
  /** 0 to 100. */
  readonly quality: number;
}

/** 500 pixels an inch, in pixels a centimetre. */
const PIXELS_PER_CM = 197;
const DPI = 500;
/** NFIQ 2 by NIST, in the registry of IBIA. */
const NFIQ2 = { algorithmVendor: 0x0062, algorithm: 1 };

const captureHeader = ({ time, quality }: SampleFacts, technology: number): CaptureHeader => ({
  captured: captureTimeOf(time),
  technology,
  vendor: 0,
  deviceType: 0,
  quality: [{ score: Math.round(quality), ...NFIQ2 }],
});

const positionOf = (subType: BioSubType | undefined): number =>
  FINGER_POSITIONS[subType as Finger] ?? 0;

/** A record of one plain live-scan finger at 500 pixels an inch. */
export const makeFingerRecord = (
  subType: BioSubType | undefined,
  image: RecordImage,
  facts: SampleFacts,
): Uint8Array =>
  FingerImageRecord.encode({
    certified: false,
    positions: 1,
    representations: [
      {
        capture: captureHeader(facts, 0),
        position: positionOf(subType),
        number: 0,
        scaleUnits: 1,
        captureRate: { horizontal: DPI, vertical: DPI },
        imageRate: { horizontal: DPI, vertical: DPI },
        bitDepth: 8,
        compression: image.coding,
        impression: 0,
        width: image.width,
        height: image.height,
        image: image.bytes,
        extended: new Uint8Array(),
      },
    ],
  });

/** A record of one iris: cropped (K3) for registration, cropped and masked (K7) for authentication. */
export const makeIrisRecord = (
  subType: BioSubType | undefined,
  image: RecordImage,
  facts: SampleFacts,
  diameter: number,
  kind: "K3" | "K7",
): Uint8Array =>
  IrisImageRecord.encode({
    certified: false,
    eyes: 1,
    representations: [
      {
        capture: captureHeader(facts, 1),
        number: 1,
        eye: subType === "right" ? 1 : subType === "left" ? 2 : 0,
        imageType: kind === "K3" ? IRIS_IMAGE_TYPE.cropped : IRIS_IMAGE_TYPE.croppedAndMasked,
        format: image.coding,
        // Base orientation both ways, compressed without loss or not at all.
        properties: 0x45,
        width: image.width,
        height: image.height,
        bitDepth: 8,
        range: 0,
        roll: ROLL_UNDEFINED,
        rollUncertainty: ROLL_UNDEFINED,
        centre: {
          smallestX: image.width >> 1,
          largestX: image.width >> 1,
          smallestY: image.height >> 1,
          largestY: image.height >> 1,
        },
        diameter: { smallest: diameter, largest: diameter },
        image: image.bytes,
      },
    ],
  });

/** A record of one full frontal face. */
export const makeFaceRecord = (
  image: RecordImage & { readonly components: 1 | 3 },
  facts: SampleFacts,
): Uint8Array =>
  FaceImageRecord.encode({
    certified: false,
    temporalSemantics: 0,
    representations: [
      {
        capture: captureHeader(facts, 6),
        gender: 0,
        eyeColour: 0,
        hairColour: 0,
        subjectHeight: 0,
        properties: 0,
        expression: 0,
        pose: { yaw: 0, pitch: 0, roll: 0 },
        poseUncertainty: { yaw: 0, pitch: 0, roll: 0 },
        landmarks: [],
        faceType: 1,
        dataType: image.coding,
        width: image.width,
        height: image.height,
        samplingLevel: 0,
        postProcessing: 0,
        crossReference: 0,
        colourSpace: image.components === 3 ? FACE_COLOUR_SPACE.rgb24 : FACE_COLOUR_SPACE.grey8,
        image: image.bytes,
        threeDimensional: new Uint8Array(),
      },
    ],
  });

/** A record of the minutiae of one finger, edition of 2011. */
export const makeMinutiaeRecord = (
  subType: BioSubType | undefined,
  size: { readonly width: number; readonly height: number },
  minutiae: readonly Minutia[],
  facts: SampleFacts,
): Uint8Array =>
  MinutiaeRecord.encode({
    certified: false,
    representations: [
      {
        capture: captureHeader(facts, 0),
        position: positionOf(subType),
        number: 0,
        imageRate: { x: PIXELS_PER_CM, y: PIXELS_PER_CM },
        impression: 0,
        width: size.width,
        height: size.height,
        endingType: 0,
        minutiae,
        extended: [],
      },
    ],
  });
