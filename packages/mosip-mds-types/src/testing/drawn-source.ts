import type { RandomBytes } from "../bytes.js";
import type { Clock } from "../clock.js";
import type { CaptureSource, PreviewFrame, Sample, SourceRequest } from "../device/source.js";
import type { GreyImage } from "../images/grey-image.js";
import { encodeGreyJpeg } from "../images/jpeg.js";
import { FACE_DATA_TYPE } from "../records/face-image.js";
import { FINGER_COMPRESSION } from "../records/finger-image.js";
import { IRIS_FORMAT } from "../records/iris-image.js";
import {
  makeFaceRecord,
  makeFingerRecord,
  makeIrisRecord,
  makeMinutiaeRecord,
  type RecordImage,
} from "../records/make.js";
import type { BioSubType } from "../vocabulary/bio-sub-type.js";
import type { Modality } from "../vocabulary/modality.js";
import { drawFace } from "./draw-face.js";
import { type DrawnFinger, drawFinger } from "./draw-finger.js";
import { drawIris, IRIS_DIAMETER } from "./draw-iris.js";
import { drawingNumbers } from "./random.js";

/** Encodes an image without loss, e.g. `Jpeg2000Codec` of the subpath `images`. */
export interface LosslessEncoder {
  encode(image: {
    readonly width: number;
    readonly height: number;
    readonly components: 1 | 3;
    readonly pixels: Uint8Array;
  }): Uint8Array;
}

export interface DrawnSourceOptions {
  readonly modality: Modality;
  readonly random: RandomBytes;
  readonly clock: Clock;
  /** Absent: samples without compression in records of fingers and irises, JPEG for faces. */
  readonly jpeg2000?: LosslessEncoder;
  /** Quality of a try, 0 to 100; by default it rises from try to try, as a person settles. */
  readonly quality?: (attempt: number) => number;
  /** Time that a try takes. */
  readonly attemptMs?: number;
}

const ATTEMPT_MS = 40;

/** A sensor that draws what it captures, different every time. Nobody's biometrics are in it. */
export const createDrawnSource = (options: DrawnSourceOptions): CaptureSource => {
  const { clock, modality, attemptMs = ATTEMPT_MS } = options;
  const quality = options.quality ?? ((attempt) => Math.min(96, 58 + 14 * attempt));

  async function* attempts(request: SourceRequest): AsyncGenerator<readonly Sample[], void, void> {
    const next = drawingNumbers(options.random);
    for (let attempt = 0; !request.signal.aborted; attempt++) {
      await clock.sleep(attemptMs, request.signal);
      const good = Math.min(100, Math.max(0, quality(attempt)));
      // Trying is cheap, drawing is not: only a try that may be taken is drawn.
      if (attempt === 0 || good >= request.requestedScore) {
        yield request.positions.map((position) =>
          drawSample(position, good, next, options, request),
        );
      }
    }
  }

  async function* preview(subId: number, signal: AbortSignal): AsyncGenerator<PreviewFrame> {
    const next = drawingNumbers(options.random);
    const still = drawPicture(modality, next);
    for (let frame = 0; !signal.aborted; frame++) {
      const score = Math.round(60 + 30 * Math.sin((frame + subId) / 5));
      yield { image: shifted(still, frame % 7), score };
    }
  }

  return { attempts, preview };
};

const drawPicture = (modality: Modality, next: () => number): GreyImage =>
  modality === "finger"
    ? drawFinger(next).image
    : modality === "iris"
      ? drawIris(next)
      : drawFace(next);

/** The hand moves a little. */
const shifted = (image: GreyImage, by: number): GreyImage => {
  const pixels = new Uint8Array(image.pixels.length);
  pixels.set(image.pixels.subarray(0, image.pixels.length - by), by);
  return { ...image, pixels };
};

const drawSample = (
  position: BioSubType,
  quality: number,
  next: () => number,
  options: DrawnSourceOptions,
  request: SourceRequest,
): Sample => {
  const facts = { time: options.clock.now(), quality };
  switch (options.modality) {
    case "finger": {
      const finger = drawFinger(next);
      return fingerSample(position, finger, facts, options);
    }
    case "iris": {
      const image = drawIris(next);
      const coded = codeGrey(image, IRIS_FORMAT.monoJpeg2000, IRIS_FORMAT.monoRaw, options);
      const kind = request.purpose === "registration" ? "K3" : "K7";
      return {
        subType: position,
        quality,
        record: makeIrisRecord(position, coded, facts, IRIS_DIAMETER, kind),
        image: bareImage(image, coded, options),
      };
    }
    case "face": {
      const image = drawFace(next);
      const coded = codeFace(image, options);
      return { quality, record: makeFaceRecord(coded, facts), image: coded.bytes };
    }
  }
};

const fingerSample = (
  position: BioSubType,
  { image, minutiae }: DrawnFinger,
  facts: { readonly time: Date; readonly quality: number },
  options: DrawnSourceOptions,
): Sample => {
  const coded = codeGrey(image, FINGER_COMPRESSION.jpeg2000, FINGER_COMPRESSION.none, options);
  return {
    subType: position,
    quality: facts.quality,
    record: makeFingerRecord(position, coded, facts),
    image: bareImage(image, coded, options),
    minutiae: makeMinutiaeRecord(position, image, minutiae, facts),
  };
};

const codeGrey = (
  image: GreyImage,
  compressed: number,
  raw: number,
  { jpeg2000 }: DrawnSourceOptions,
): RecordImage => {
  const { width, height, pixels } = image;
  return jpeg2000 === undefined
    ? { width, height, bytes: pixels, coding: raw }
    : {
        width,
        height,
        bytes: jpeg2000.encode({ width, height, components: 1, pixels }),
        coding: compressed,
      };
};

/** A bare image has no record to say its size, so it must be a file of its own. */
const bareImage = (
  image: GreyImage,
  coded: RecordImage,
  { jpeg2000 }: DrawnSourceOptions,
): Uint8Array => (jpeg2000 === undefined ? encodeGreyJpeg(image, 95) : coded.bytes);

/** Faces are wanted in 24 bits of colour; the drawing gets a warm tint. */
const codeFace = (
  { width, height, pixels }: GreyImage,
  { jpeg2000 }: DrawnSourceOptions,
): RecordImage & { readonly components: 1 | 3 } => {
  if (jpeg2000 === undefined) {
    const bytes = encodeGreyJpeg({ width, height, pixels }, 95);
    return { width, height, bytes, coding: FACE_DATA_TYPE.jpeg, components: 1 };
  }
  const coloured = new Uint8Array(3 * pixels.length);
  pixels.forEach((value, index) => {
    coloured[3 * index] = Math.min(255, value + 8);
    coloured[3 * index + 1] = value;
    coloured[3 * index + 2] = Math.max(0, value - 10);
  });
  const bytes = jpeg2000.encode({ width, height, components: 3, pixels: coloured });
  return { width, height, bytes, coding: FACE_DATA_TYPE.jpeg2000, components: 3 };
};
