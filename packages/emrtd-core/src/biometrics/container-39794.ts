import { EmrtdError } from "../errors.js";
import { decodeTlv, encodeTlv, formatTag } from "../tlv.js";
import { FACE_IMAGE_DATA_BLOCK, type FaceImageDataBlock } from "./face-39794-5.js";
import { FINGER_IMAGE_DATA_BLOCK, type FingerImageDataBlock } from "./finger-39794-4.js";
import { IRIS_IMAGE_DATA_BLOCK, type IrisImageDataBlock } from "./iris-39794-6.js";
import type { Tagged } from "./tagged.js";

/** A block of ISO/IEC 39794 under its part (Doc 9303-10, 4.5.6, tables 2 and 3). */
export type Block39794 =
  | { readonly standard: "39794-4"; readonly record: FingerImageDataBlock }
  | { readonly standard: "39794-5"; readonly record: FaceImageDataBlock }
  | { readonly standard: "39794-6"; readonly record: IrisImageDataBlock };

/** Biometric data in standardized format, which DO 7F2E holds and nothing else. */
const CONTAINER = 0xa1;

const PARTS = {
  "39794-4": { tag: 0x64, codec: FINGER_IMAGE_DATA_BLOCK },
  "39794-5": { tag: 0x65, codec: FACE_IMAGE_DATA_BLOCK },
  "39794-6": { tag: 0x66, codec: IRIS_IMAGE_DATA_BLOCK },
} as const;

/** Whether the content of a data block begins as one of ISO/IEC 39794. */
export const isBlock39794 = (bytes: Uint8Array): boolean => bytes[0] === CONTAINER;

/**
 * Reads the content of a data block of ISO/IEC 39794.
 *
 * @throws EmrtdError `TLV_…` or `BIOMETRIC_INVALID` where it is malformed or of another part.
 */
export const decodeBlock39794 = (bytes: Uint8Array): Block39794 => {
  const [element, ...more] = decodeTlv(bytes).expect(CONTAINER, "biometric data").children();
  const part = Object.entries(PARTS).find(([, { tag }]) => tag === element?.tag);
  if (element === undefined || part === undefined || more.length > 0) {
    throw new EmrtdError(
      "BIOMETRIC_INVALID",
      `expected one element 64, 65 or 66 in biometric data, found ${element ? formatTag(element.tag) : "none"}`,
    );
  }
  const [standard, { codec }] = part;
  return { standard, record: codec.read(element, standard) } as Block39794;
};

/** Writes a block, ready for the data of a template under tag 7F2E. */
export const encodeBlock39794 = ({ standard, record }: Block39794): Uint8Array<ArrayBuffer> => {
  const { tag, codec } = PARTS[standard];
  return encodeTlv(CONTAINER, encodeTlv(tag, (codec as Tagged<unknown>).write(record)));
};
