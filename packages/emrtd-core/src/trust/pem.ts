import { EmrtdError } from "../errors.js";

const BLOCK = /-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \1-----/g;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Anything but a SEQUENCE of 128 bytes and more, which no text begins like, is taken for text. */
export const isPem = (bytes: Uint8Array): boolean =>
  bytes[0] !== 0x30 || bytes[1] === undefined || bytes[1] < 0x80;

/**
 * The blocks of a PEM text with one of the labels (RFC 7468), in order; text around them is skipped.
 *
 * @throws EmrtdError `TRUST_SOURCE_INVALID` for a block that is no base64.
 */
export const decodePem = (bytes: Uint8Array, ...labels: readonly string[]): Uint8Array[] =>
  [...new TextDecoder().decode(bytes).matchAll(BLOCK)]
    .filter(([, label]) => labels.includes(label!))
    .map(([, , body]) => decodeBase64(body!.replace(/\s+/g, "")));

const decodeBase64 = (text: string): Uint8Array => {
  const digits = text.replace(/={1,2}$/, "");
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*$/.test(digits)) {
    throw new EmrtdError(
      "TRUST_SOURCE_INVALID",
      "expected base64 between the lines of a PEM block",
    );
  }
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let bits = 0;
  for (let i = 0, offset = 0; i < digits.length; i++) {
    bits = ((bits << 6) | ALPHABET.indexOf(digits[i]!)) & 0xffffff;
    const have = (6 * (i + 1)) % 8;
    if (have < 6) bytes[offset++] = (bits >> have) & 0xff;
  }
  return bytes;
};
