import { decodeBase64, encodeBase64 } from "../bytes.js";
import { SinosecuError } from "../errors.js";

/** What an image is, by its first bytes: what the service calls it is not always true. */
export type ImageFormat =
  | "jpeg"
  | "png"
  | "bmp"
  | "gif"
  | "tiff"
  | "jp2"
  | "j2k"
  | "wsq"
  | "unknown";

const SIGNATURES: readonly (readonly [ImageFormat, readonly number[]])[] = [
  ["jpeg", [0xff, 0xd8, 0xff]],
  ["png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["jp2", [0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50, 0x20, 0x20]],
  ["j2k", [0xff, 0x4f, 0xff, 0x51]],
  ["wsq", [0xff, 0xa0]],
  ["gif", [0x47, 0x49, 0x46, 0x38]],
  ["tiff", [0x49, 0x49, 0x2a, 0x00]],
  ["tiff", [0x4d, 0x4d, 0x00, 0x2a]],
  ["bmp", [0x42, 0x4d]],
];

export const imageFormat = (bytes: Uint8Array): ImageFormat =>
  SIGNATURES.find(([, start]) => start.every((byte, i) => bytes[i] === byte))?.[0] ?? "unknown";

/** An image taken out of its text. */
export interface DecodedImage {
  readonly bytes: Uint8Array;
  readonly format: ImageFormat;
  /** What the data URL calls it; absent where the text is bare base64. */
  readonly declared?: string;
  /** The two digits that one path of the service writes in front of the base64: 1, 2, 4, 8, 16. */
  readonly code?: number;
}

const DATA_URL = /^data:([\w.+-]+\/[\w.+-]+)?((?:;[\w.+-]+=[\w.+-]+)*);base64,/i;
const CODE = /^(01|02|04|08|16)/;

/**
 * Decodes the text of an image (manual, 4.4.2 and 4.5): base64 in a data URL or bare, with or without
 * a two-digit code in front.
 *
 * Two digits are a code only if an image follows them and none stands there with them: `16` may begin
 * an image's own base64 too.
 *
 * @throws SinosecuError `IMAGE_INVALID`
 */
export const decodeImage = (text: string, path = "image"): DecodedImage => {
  const header = DATA_URL.exec(text);
  const payload = (header ? text.slice(header[0].length) : text).replace(/[\r\n]+/g, "");
  const declared = header?.[1] ? { declared: header[1].toLowerCase() } : {};
  const bytes = decodeBase64(payload);
  const format = bytes === undefined ? "unknown" : imageFormat(bytes);
  const code = CODE.exec(payload)?.[1];
  if (code !== undefined && format === "unknown") {
    const rest = decodeBase64(payload.slice(2));
    if (rest !== undefined && imageFormat(rest) !== "unknown") {
      return { bytes: rest, format: imageFormat(rest), ...declared, code: Number(code) };
    }
  }
  if (bytes === undefined || payload === "") {
    throw new SinosecuError(
      "IMAGE_INVALID",
      `expected base64 for ${path}, found ${payload === "" ? "nothing" : "other characters"}`,
      { path },
    );
  }
  return { bytes, format, ...declared };
};

/** Writes an image as the service does. */
export const encodeImage = ({
  bytes,
  declared = "image/jpeg",
  code,
}: Pick<DecodedImage, "bytes" | "declared" | "code">): string =>
  `data:${declared};base64,${code === undefined ? "" : String(code).padStart(2, "0")}${encodeBase64(bytes)}`;
