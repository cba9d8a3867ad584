import { encodeIrisRecord } from "../biometrics/iris-19794-6.js";
import { encodeDg4 } from "../lds/dg4.js";

/** Size of the drawing in pixels. */
export const IRIS_SIZE = { width: 96, height: 72 } as const;

/** Right and left, in the record and in the header of its template alike. */
const EYES = [1, 2] as const;

const IRIS = 0x10;
const JTC1_SC37 = 0x0101;
const ISO_19794_6 = 0x0009;
const RAW = 2;
const PUPIL = 10;
const OUTER = 30;

/** DG4 with two irises that are nobody's: drawings of rays, in records of ISO/IEC 19794-6. */
export const irisesDg4 = (): Uint8Array<ArrayBuffer> =>
  encodeDg4({
    templates: EYES.map((eye) => ({
      header: {
        biometricType: IRIS,
        biometricSubtype: eye,
        formatOwner: JTC1_SC37,
        formatType: ISO_19794_6,
        unknown: [],
      },
      dataTag: 0x5f2e,
      data: encodeIrisRecord({
        captureDevice: 0,
        imageProperties: 0,
        irisDiameter: 2 * OUTER,
        imageFormat: RAW,
        ...IRIS_SIZE,
        intensityDepth: 8,
        transformation: 0,
        deviceIdentifier: new Uint8Array(16),
        eyes: [
          {
            eye,
            images: [
              {
                number: 1,
                quality: 90,
                rotation: 0,
                rotationUncertainty: 0,
                image: irisImage(eye),
              },
            ],
          },
        ],
      }),
      unknown: [],
    })),
  });

/** A dark pupil, a grey ring with brighter spots, and white around it; a byte a pixel. */
const irisImage = (eye: number): Uint8Array => {
  const { width, height } = IRIS_SIZE;
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [(i % width) - width / 2, Math.floor(i / width) - height / 2];
    const distance = Math.sqrt(x * x + y * y);
    if (distance < PUPIL) return 8;
    if (distance > OUTER) return 236;
    // Differs from one eye to the other, and is the same in every run.
    const spot = (x * x * 7 + y * y * 13 + x * y * (eye + 2)) & 63;
    return 72 + spot;
  });
};
