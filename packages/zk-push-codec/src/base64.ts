import { ZkPushError } from "./errors.js";

/** Base64 (RFC 4648, 4): the form of every template and picture inside a line. */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const SEXTETS = /* @__PURE__ */ (() => {
  const sextets = new Uint8Array(128).fill(0xff);
  for (let i = 0; i < ALPHABET.length; i++) sextets[ALPHABET.charCodeAt(i)] = i;
  return sextets;
})();

/** Writes bytes with padding. */
export const encodeBase64 = (bytes: Uint8Array): string => {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const left = bytes.length - i;
    text +=
      ALPHABET[group >> 18]! +
      ALPHABET[(group >> 12) & 63]! +
      (left > 1 ? ALPHABET[(group >> 6) & 63]! : "=") +
      (left > 2 ? ALPHABET[group & 63]! : "=");
  }
  return text;
};

/**
 * Reads base64. White space and missing padding, both seen from terminals, are accepted.
 *
 * @throws ZkPushError `BASE64_INVALID` for any other character, or a length that no bytes have.
 */
export const decodeBase64 = (text: string): Uint8Array<ArrayBuffer> => {
  const digits = text.replace(/[\s=]+/g, "");
  if (digits.length % 4 === 1) {
    throw new ZkPushError("BASE64_INVALID", "expected whole bytes, found one digit over");
  }
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let group = 0;
  let offset = 0;
  for (let i = 0; i < digits.length; i++) {
    const sextet = SEXTETS[digits.charCodeAt(i)] ?? 0xff;
    if (sextet === 0xff) {
      throw new ZkPushError("BASE64_INVALID", `expected a base64 digit at offset ${i}`, {
        offset: i,
      });
    }
    group = (group << 6) | sextet;
    const phase = i % 4;
    if (phase > 0) bytes[offset++] = (group >> (6 - 2 * phase)) & 0xff;
  }
  return bytes;
};

/** Text without white space and with its padding; `undefined` where it is no base64. */
export const canonicalBase64 = (text: string): string | undefined => {
  const digits = text.replace(/\s+/g, "").replace(/={1,2}$/, "");
  if (digits.length % 4 === 1 || !/^[A-Za-z0-9+/]*$/.test(digits)) return undefined;
  return digits.padEnd(Math.ceil(digits.length / 4) * 4, "=");
};

/** Number of bytes that a canonical base64 text stands for. */
export const base64DecodedLength = (text: string): number =>
  (text.length / 4) * 3 - (text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0);

/** A template or picture as the two fields that carry it: base64, and the length of that text. */
export const sizedBase64 = (bytes: Uint8Array): { size: number; data: string } => {
  const data = encodeBase64(bytes);
  return { size: data.length, data };
};
