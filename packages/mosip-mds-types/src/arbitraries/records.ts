import fc from "fast-check";
import type { CaptureHeader } from "../records/common.js";
import type { FaceImageRecord } from "../records/face-image.js";
import type { FingerImageRecord } from "../records/finger-image.js";
import type { MinutiaeRecord } from "../records/finger-minutiae.js";
import type { MinutiaeRecord2005 } from "../records/finger-minutiae-2005.js";
import type { IrisImageRecord } from "../records/iris-image.js";
import { compact } from "./values.js";

const u8 = () => fc.integer({ min: 0, max: 255 });
const u16 = () => fc.integer({ min: 0, max: 0xffff });
const image = () => fc.uint8Array({ maxLength: 64 });

const captureHeader = (certified: boolean): fc.Arbitrary<CaptureHeader> =>
  fc
    .record({
      captured: fc.record({
        year: u16(),
        month: u8(),
        day: u8(),
        hour: u8(),
        minute: u8(),
        second: u8(),
        millisecond: u16(),
      }),
      technology: u8(),
      vendor: u16(),
      deviceType: u16(),
      quality: fc.array(fc.record({ score: u8(), algorithmVendor: u16(), algorithm: u16() }), {
        maxLength: 3,
      }),
      certification: certified
        ? fc.array(fc.record({ authority: u16(), scheme: u8() }), { maxLength: 3 })
        : fc.constant(undefined),
    })
    .map((value) => compact(value) as CaptureHeader);

const certifiedRecord = <T>(make: (certified: boolean) => fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.boolean().chain(make);

/** Any finger image record. */
export const anyFingerImageRecord = (): fc.Arbitrary<FingerImageRecord> =>
  certifiedRecord((certified) =>
    fc.record({
      certified: fc.constant(certified),
      positions: u8(),
      representations: fc.array(
        fc.record({
          capture: captureHeader(certified),
          position: u8(),
          number: u8(),
          scaleUnits: u8(),
          captureRate: fc.record({ horizontal: u16(), vertical: u16() }),
          imageRate: fc.record({ horizontal: u16(), vertical: u16() }),
          bitDepth: u8(),
          compression: u8(),
          impression: u8(),
          width: u16(),
          height: u16(),
          image: image(),
          extended: fc.uint8Array({ maxLength: 16 }),
        }),
        { maxLength: 3 },
      ),
    }),
  );

/** Any iris image record. */
export const anyIrisImageRecord = (): fc.Arbitrary<IrisImageRecord> =>
  certifiedRecord((certified) =>
    fc.record({
      certified: fc.constant(certified),
      eyes: u8(),
      representations: fc.array(
        fc.record({
          capture: captureHeader(certified),
          number: u16(),
          eye: u8(),
          imageType: u8(),
          format: u8(),
          properties: u8(),
          width: u16(),
          height: u16(),
          bitDepth: u8(),
          range: u16(),
          roll: u16(),
          rollUncertainty: u16(),
          centre: fc.record({
            smallestX: u16(),
            largestX: u16(),
            smallestY: u16(),
            largestY: u16(),
          }),
          diameter: fc.record({ smallest: u16(), largest: u16() }),
          image: image(),
        }),
        { maxLength: 3 },
      ),
    }),
  );

const pose = () => fc.record({ yaw: u8(), pitch: u8(), roll: u8() });

/** Any face image record. */
export const anyFaceImageRecord = (): fc.Arbitrary<FaceImageRecord> =>
  certifiedRecord((certified) =>
    fc.record({
      certified: fc.constant(certified),
      temporalSemantics: u16(),
      representations: fc.array(
        fc.record({
          capture: captureHeader(certified),
          gender: u8(),
          eyeColour: u8(),
          hairColour: u8(),
          subjectHeight: u8(),
          properties: fc.integer({ min: 0, max: 0xffffff }),
          expression: u16(),
          pose: pose(),
          poseUncertainty: pose(),
          landmarks: fc.array(fc.uint8Array({ minLength: 8, maxLength: 8 }), { maxLength: 2 }),
          faceType: u8(),
          dataType: u8(),
          width: u16(),
          height: u16(),
          samplingLevel: u8(),
          postProcessing: u16(),
          crossReference: u8(),
          colourSpace: u8(),
          image: image(),
          threeDimensional: fc.uint8Array({ maxLength: 16 }),
        }),
        { maxLength: 2 },
      ),
    }),
  );

const minutia = () =>
  fc.record({
    type: fc.integer({ min: 0, max: 3 }),
    x: fc.integer({ min: 0, max: 0x3fff }),
    y: fc.integer({ min: 0, max: 0x3fff }),
    angle: u8(),
    quality: u8(),
  });
const extended = () =>
  fc.array(fc.record({ type: u16(), data: fc.uint8Array({ maxLength: 16 }) }), { maxLength: 2 });

/** Any finger minutiae record of 2011. */
export const anyMinutiaeRecord = (): fc.Arbitrary<MinutiaeRecord> =>
  certifiedRecord((certified) =>
    fc.record({
      certified: fc.constant(certified),
      representations: fc.array(
        fc.record({
          capture: captureHeader(certified),
          position: u8(),
          number: u8(),
          imageRate: fc.record({ x: u16(), y: u16() }),
          impression: u8(),
          width: u16(),
          height: u16(),
          endingType: fc.integer({ min: 0, max: 15 }),
          minutiae: fc.array(minutia(), { maxLength: 20 }),
          extended: extended(),
        }),
        { maxLength: 2 },
      ),
    }),
  );

/** Any finger minutiae record of 2005. */
export const anyMinutiaeRecord2005 = (): fc.Arbitrary<MinutiaeRecord2005> =>
  fc.record({
    certification: fc.integer({ min: 0, max: 15 }),
    deviceType: fc.integer({ min: 0, max: 0xfff }),
    width: u16(),
    height: u16(),
    imageRate: fc.record({ x: u16(), y: u16() }),
    views: fc.array(
      fc.record({
        position: u8(),
        number: fc.integer({ min: 0, max: 15 }),
        impression: fc.integer({ min: 0, max: 15 }),
        quality: u8(),
        minutiae: fc.array(minutia(), { maxLength: 20 }),
        extended: extended(),
      }),
      { maxLength: 3 },
    ),
  });
