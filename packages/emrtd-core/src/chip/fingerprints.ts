import { encodeFingerRecord } from "../biometrics/finger-19794-4.js";
import { encodeDg3 } from "../lds/dg3.js";

/** Size of the drawing in pixels of 500 to the inch. */
export const FINGERPRINT_SIZE = { width: 96, height: 128 } as const;

/** The index fingers: position (ISO/IEC 19794-4), subtype (Doc 9303-10, table 49), and how they lean. */
const FINGERS = [
  { position: 2, subtype: 0x09, lean: 12 },
  { position: 7, subtype: 0x0a, lean: -12 },
] as const;

const FINGER = 0x08;
const JTC1_SC37 = 0x0101;
const ISO_19794_4 = 0x0007;

/** DG3 with two index fingers that are nobody's: drawings of rings, in records of ISO/IEC 19794-4. */
export const fingerprintsDg3 = (): Uint8Array<ArrayBuffer> =>
  encodeDg3({
    templates: FINGERS.map(({ position, subtype, lean }) => ({
      header: {
        biometricType: FINGER,
        biometricSubtype: subtype,
        formatOwner: JTC1_SC37,
        formatType: ISO_19794_4,
        unknown: [],
      },
      dataTag: 0x5f2e,
      data: encodeFingerRecord({
        captureDevice: 0,
        acquisitionLevel: 31,
        fingerCount: 1,
        scaleUnits: 1,
        scanResolution: [500, 500],
        imageResolution: [500, 500],
        pixelDepth: 8,
        compression: 0,
        views: [
          {
            position,
            viewCount: 1,
            view: 1,
            quality: 90,
            impression: 0,
            ...FINGERPRINT_SIZE,
            image: fingerprintImage(lean),
          },
        ],
      }),
      unknown: [],
    })),
  });

/** Grey of a ridge and of the furrow beside it, dark to bright and back. */
const RIDGE = [48, 64, 112, 176, 216, 176, 112, 64] as const;
const PAPER = 255;

/** Rings around a point, as wide as ridges are, within an ellipse; a byte a pixel. */
const fingerprintImage = (lean: number): Uint8Array => {
  const { width, height } = FINGERPRINT_SIZE;
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [(i % width) - width / 2, Math.floor(i / width) - height / 2];
    const inside = (2 * x) ** 2 / width ** 2 + (2 * y) ** 2 / height ** 2 < 0.95;
    const bent = x + (lean * y * y) / height ** 2;
    const radius = Math.floor(Math.sqrt(bent * bent + (y * y) / 2));
    return inside ? RIDGE[radius % RIDGE.length]! : PAPER;
  });
};
