import { utf8 } from "./bytes.js";
import { MdsError } from "./errors.js";

const STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const PADDING = 0x3d;
const INVALID = 0xff;

/** Value of each character in both alphabets at once. */
const VALUES = /* @__PURE__ */ (() => {
  const values = new Uint8Array(256).fill(INVALID);
  for (const alphabet of [STANDARD, URL_SAFE]) {
    for (let i = 0; i < 64; i++) {
      values[alphabet.charCodeAt(i)] = i;
    }
  }
  return values;
})();

const ascii = /* @__PURE__ */ new TextDecoder("utf-8");

const encodeWith = (alphabet: Uint8Array, bytes: Uint8Array, pad: boolean): string => {
  const whole = Math.floor(bytes.length / 3);
  const rest = bytes.length - 3 * whole;
  const out = new Uint8Array(4 * whole + (rest === 0 ? 0 : pad ? 4 : rest + 1));
  let from = 0;
  let to = 0;
  for (let group = 0; group < whole; group++) {
    const bits = (bytes[from]! << 16) | (bytes[from + 1]! << 8) | bytes[from + 2]!;
    out[to] = alphabet[bits >> 18]!;
    out[to + 1] = alphabet[(bits >> 12) & 63]!;
    out[to + 2] = alphabet[(bits >> 6) & 63]!;
    out[to + 3] = alphabet[bits & 63]!;
    from += 3;
    to += 4;
  }
  if (rest > 0) {
    const bits = (bytes[from]! << 16) | ((bytes[from + 1] ?? 0) << 8);
    out[to++] = alphabet[bits >> 18]!;
    out[to++] = alphabet[(bits >> 12) & 63]!;
    if (rest === 2) {
      out[to++] = alphabet[(bits >> 6) & 63]!;
    }
    out.fill(PADDING, to);
  }
  return ascii.decode(out);
};

const STANDARD_CODES = /* @__PURE__ */ utf8(STANDARD);
const URL_SAFE_CODES = /* @__PURE__ */ utf8(URL_SAFE);

/** Base64 of RFC 4648 section 4, padded. */
export const encodeBase64 = (bytes: Uint8Array): string => encodeWith(STANDARD_CODES, bytes, true);

/** Base64url of RFC 4648 section 5, without padding. */
export const encodeBase64Url = (bytes: Uint8Array): string =>
  encodeWith(URL_SAFE_CODES, bytes, false);

/**
 * Bytes of base64 in either alphabet, padded or not: devices mix the two, even in one text.
 *
 * Bits that belong to no byte must be zero, so that two texts never mean the same bytes unseen.
 *
 * @throws MdsError `BASE64_MALFORMED`, with the offset of the first wrong character.
 */
export const decodeBase64 = (text: string): Uint8Array<ArrayBuffer> => {
  const codes = utf8(text);
  let length = codes.length;
  while (length > 0 && codes.length - length < 2 && codes[length - 1] === PADDING) {
    length--;
  }
  const rest = length % 4;
  if (rest === 1 || (length !== codes.length && codes.length % 4 !== 0)) {
    throw malformed(`a length that base64 can have, found ${codes.length} characters`, length);
  }
  const out = new Uint8Array(Math.floor((length * 3) / 4));
  const groups = length - rest;
  let to = 0;
  for (let from = 0; from < groups; from += 4) {
    const a = VALUES[codes[from]!]!;
    const b = VALUES[codes[from + 1]!]!;
    const c = VALUES[codes[from + 2]!]!;
    const d = VALUES[codes[from + 3]!]!;
    if ((a | b | c | d) === INVALID) {
      throw wrongCharacter(codes, from);
    }
    out[to] = (a << 2) | (b >> 4);
    out[to + 1] = (b << 4) | (c >> 2);
    out[to + 2] = (c << 6) | d;
    to += 3;
  }
  if (rest > 0) {
    const a = VALUES[codes[groups]!]!;
    const b = VALUES[codes[groups + 1]!]!;
    const c = rest === 3 ? VALUES[codes[groups + 2]!]! : 0;
    if ((a | b | c) === INVALID) {
      throw wrongCharacter(codes, groups);
    }
    if ((rest === 2 ? b & 15 : c & 3) !== 0) {
      throw malformed("unused bits to be zero", length - 1);
    }
    out[to] = (a << 2) | (b >> 4);
    if (rest === 3) {
      out[to + 1] = (b << 4) | (c >> 2);
    }
  }
  return out;
};

/** Whether a text is base64 in either alphabet. */
export const isBase64 = (text: string): boolean => {
  try {
    decodeBase64(text);
    return true;
  } catch {
    return false;
  }
};

const wrongCharacter = (codes: Uint8Array, from: number): MdsError => {
  let offset = from;
  while (VALUES[codes[offset] ?? 0] !== INVALID) {
    offset++;
  }
  return malformed("a character of base64 or base64url, found another", offset);
};

const malformed = (expected: string, offset: number): MdsError =>
  new MdsError("BASE64_MALFORMED", `expected ${expected}, at offset ${offset}`, { offset });
