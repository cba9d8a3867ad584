import { encodeFaceRecord } from "../biometrics/face-19794-5.js";
import { encodeDg2 } from "../lds/dg2.js";
import { PORTRAIT_JPEG, PORTRAIT_JPEG_2000 } from "./portrait-images.js";

export type PortraitFormat = "JPEG" | "JPEG 2000";

const IMAGES: Record<PortraitFormat, { readonly text: string; readonly imageDataType: number }> = {
  JPEG: { text: PORTRAIT_JPEG, imageDataType: 0 },
  "JPEG 2000": { text: PORTRAIT_JPEG_2000, imageDataType: 1 },
};

/** Size of the drawing in pixels. */
export const PORTRAIT_SIZE = { width: 180, height: 240 } as const;

/** The portrait of the holders that the profiles invent: a drawing of a few ellipses, of nobody. */
export const portraitImage = (format: PortraitFormat): Uint8Array<ArrayBuffer> =>
  decodeBase64(IMAGES[format].text);

/** DG2 with that portrait in a facial record, as profiles put it on their chips. */
export const portraitDg2 = (format: PortraitFormat): Uint8Array<ArrayBuffer> =>
  encodeDg2({
    templates: [
      {
        header: {
          biometricType: FACE,
          formatOwner: JTC1_SC37,
          formatType: ISO_19794_5,
          unknown: [],
        },
        dataTag: 0x5f2e,
        data: encodeFaceRecord({
          images: [
            {
              gender: 0,
              eyeColour: 0,
              hairColour: 0,
              featureMask: 0,
              expression: 0,
              poseAngle: [0, 0, 0],
              poseAngleUncertainty: [0, 0, 0],
              featurePoints: EYES,
              imageType: FULL_FRONTAL,
              imageDataType: IMAGES[format].imageDataType,
              ...PORTRAIT_SIZE,
              colourSpace: SRGB,
              sourceType: 0,
              deviceType: 0,
              quality: 0,
              image: portraitImage(format),
            },
          ],
        }),
        unknown: [],
      },
    ],
  });

const FACE = 0x02;
const JTC1_SC37 = 0x0101;
const ISO_19794_5 = 0x0008;
const FULL_FRONTAL = 1;
const SRGB = 1;
/** Feature points 12.1 and 12.2, the centres of the eyes; left and right are the holder's. */
const EYES = [
  { type: 1, code: 0xc1, x: 112, y: 114 },
  { type: 1, code: 0xc2, x: 68, y: 114 },
] as const;

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const decodeBase64 = (text: string): Uint8Array<ArrayBuffer> => {
  const digits = text.replace(/[^A-Za-z0-9+/]/g, "");
  return Uint8Array.from({ length: Math.floor((digits.length * 3) / 4) }, (_, i) => {
    // Byte i lies in two digits of six bits each.
    const first = Math.floor((i * 8) / 6);
    const pair = (ALPHABET.indexOf(digits[first]!) << 6) | ALPHABET.indexOf(digits[first + 1]!);
    return (pair >> (4 - 2 * (i % 3))) & 0xff;
  });
};
