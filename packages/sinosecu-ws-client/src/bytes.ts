import { SinosecuError } from "./errors.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const VALUES = /* @__PURE__ */ (() => {
  const values = new Int8Array(128).fill(-1);
  for (let i = 0; i < 64; i++) values[ALPHABET.charCodeAt(i)] = i;
  return values;
})();

/**
 * Decodes base64 (RFC 4648, section 4), with or without its padding. Own code, because the platform's
 * decoders differ in what they forgive and some give up on megabytes.
 *
 * @returns undefined where a character is not of the alphabet or the length cannot be.
 */
export const decodeBase64 = (text: string): Uint8Array<ArrayBuffer> | undefined => {
  let length = text.length;
  if (length % 4 === 0) {
    if (text.endsWith("==")) length -= 2;
    else if (text.endsWith("=")) length -= 1;
  }
  if (length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let invalid = 0;
  let at = 0;
  for (let i = 0; i < length; i += 4) {
    const a = valueAt(text, i, length);
    const b = valueAt(text, i + 1, length);
    const c = valueAt(text, i + 2, length);
    const d = valueAt(text, i + 3, length);
    invalid |= a | b | c | d;
    bytes[at++] = (a << 2) | (b >> 4);
    if (at < bytes.length) bytes[at++] = (b << 4) | (c >> 2);
    if (at < bytes.length) bytes[at++] = (c << 6) | d;
  }
  return invalid < 0 ? undefined : bytes;
};

const valueAt = (text: string, index: number, length: number): number => {
  if (index >= length) return 0;
  const code = text.charCodeAt(index);
  return code < 128 ? VALUES[code]! : -1;
};

const CODES = /* @__PURE__ */ Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0));
const PADDING = 0x3d;

/** Encodes base64 with padding. */
export const encodeBase64 = (bytes: Uint8Array): string => {
  const letters = new Uint8Array(4 * Math.ceil(bytes.length / 3));
  const whole = bytes.length - (bytes.length % 3);
  let at = 0;
  for (let i = 0; i < whole; i += 3) {
    const group = (bytes[i]! << 16) | (bytes[i + 1]! << 8) | bytes[i + 2]!;
    letters[at++] = CODES[group >> 18]!;
    letters[at++] = CODES[(group >> 12) & 63]!;
    letters[at++] = CODES[(group >> 6) & 63]!;
    letters[at++] = CODES[group & 63]!;
  }
  if (whole < bytes.length) {
    const group = (bytes[whole]! << 16) | ((bytes[whole + 1] ?? 0) << 8);
    letters[at++] = CODES[group >> 18]!;
    letters[at++] = CODES[(group >> 12) & 63]!;
    letters[at++] = bytes.length - whole === 2 ? CODES[(group >> 6) & 63]! : PADDING;
    letters[at] = PADDING;
  }
  return ascii.decode(letters);
};

const ascii = /* @__PURE__ */ new TextDecoder();

const HEX = /* @__PURE__ */ Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).toUpperCase().padStart(2, "0"),
);

/** Upper-case hexadecimal digits, two a byte, as the service writes chip files. */
export const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => HEX[byte]).join("");

/**
 * Reads pairs of hexadecimal digits of either case; blanks between them are skipped.
 *
 * @throws SinosecuError `HEX_INVALID`
 */
export const fromHex = (text: string, path: string): Uint8Array<ArrayBuffer> => {
  const digits = text.replace(/\s+/g, "");
  if (digits.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(digits)) {
    throw new SinosecuError(
      "HEX_INVALID",
      `expected pairs of hexadecimal digits for ${path}, found other characters`,
      { path },
    );
  }
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) =>
    Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16),
  );
};

/** Whether a text is longer than so many bytes of UTF-8; looks closer only where it must. */
export const isLongerThan = (data: string | Uint8Array, limit: number): boolean => {
  if (data.length > limit) return true;
  if (typeof data !== "string" || data.length * 3 <= limit) return false;
  let length = data.length;
  for (let i = 0; i < data.length; i++) {
    const code = data.charCodeAt(i);
    // A surrogate pair is two units and four bytes: two more for the pair, one for each half.
    if (code >= 0xd800 && code <= 0xdfff) length += 1;
    else if (code >= 0x800) length += 2;
    else if (code >= 0x80) length += 1;
    if (length > limit) return true;
  }
  return false;
};
