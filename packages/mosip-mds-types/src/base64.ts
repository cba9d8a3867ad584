import { utf8 } from "./bytes.js";
import { MdsError } from "./errors.js";
import { lazy } from "./lazy.js";

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

/** Twelve bits of each pair of characters, as it lies in memory; negative where one of them is wrong. */
const PAIR_VALUES = /* @__PURE__ */ lazy(() => {
  const values = new Int16Array(65_536).fill(-1);
  const bytes = new Uint8Array(2);
  const pair = new Uint16Array(bytes.buffer);
  const codes = [...VALUES.keys()].filter((code) => VALUES[code] !== INVALID);
  for (const first of codes) {
    for (const second of codes) {
      bytes.set([first, second]);
      values[pair[0]!] = (VALUES[first]! << 6) | VALUES[second]!;
    }
  }
  return values;
});

/** Where texts of usual length are laid out as bytes: making room for each takes longer than reading it. */
const SCRATCH = /* @__PURE__ */ lazy(() => new Uint8Array(128 * 1024));

const ascii = /* @__PURE__ */ new TextDecoder("utf-8");
const encoder = /* @__PURE__ */ new TextEncoder();

/** Two characters for each twelve bits, as they lie in memory: half the steps of one at a time. */
const pairsOf = (alphabet: string): Uint16Array => {
  const bytes = new Uint8Array(2 * 4096);
  for (let bits = 0; bits < 4096; bits++) {
    bytes[2 * bits] = alphabet.charCodeAt(bits >> 6);
    bytes[2 * bits + 1] = alphabet.charCodeAt(bits & 63);
  }
  return new Uint16Array(bytes.buffer);
};

const STANDARD_PAIRS = /* @__PURE__ */ lazy(() => pairsOf(STANDARD));
const URL_SAFE_PAIRS = /* @__PURE__ */ lazy(() => pairsOf(URL_SAFE));

const encodeWith = (
  alphabet: string,
  pairs: Uint16Array,
  bytes: Uint8Array,
  pad: boolean,
): string => {
  const whole = Math.floor(bytes.length / 3);
  const rest = bytes.length - 3 * whole;
  const out = new Uint8Array(4 * whole + (rest === 0 ? 0 : pad ? 4 : rest + 1));
  const outPairs = new Uint16Array(out.buffer, 0, 2 * whole);
  let from = 0;
  for (let to = 0; to < outPairs.length; to += 2) {
    const bits = (bytes[from]! << 16) | (bytes[from + 1]! << 8) | bytes[from + 2]!;
    outPairs[to] = pairs[bits >> 12]!;
    outPairs[to + 1] = pairs[bits & 4095]!;
    from += 3;
  }
  if (rest > 0) {
    const bits = (bytes[from]! << 16) | ((bytes[from + 1] ?? 0) << 8);
    let to = 4 * whole;
    out[to++] = alphabet.charCodeAt(bits >> 18);
    out[to++] = alphabet.charCodeAt((bits >> 12) & 63);
    if (rest === 2) {
      out[to++] = alphabet.charCodeAt((bits >> 6) & 63);
    }
    out.fill(PADDING, to);
  }
  return ascii.decode(out);
};

/** Base64 of RFC 4648 section 4, padded. */
export const encodeBase64 = (bytes: Uint8Array): string =>
  encodeWith(STANDARD, STANDARD_PAIRS(), bytes, true);

/** Base64url of RFC 4648 section 5, without padding. */
export const encodeBase64Url = (bytes: Uint8Array): string =>
  encodeWith(URL_SAFE, URL_SAFE_PAIRS(), bytes, false);

/**
 * Bytes of base64 in either alphabet, padded or not: devices mix the two, even in one text.
 *
 * Bits that belong to no byte must be zero, so that two texts never mean the same bytes unseen.
 *
 * @throws MdsError `BASE64_MALFORMED`, with the offset of the first wrong character.
 */
export const decodeBase64 = (text: string): Uint8Array<ArrayBuffer> => {
  const { read, written } = encoder.encodeInto(text, SCRATCH());
  return decodeBase64Codes(read === text.length ? SCRATCH().subarray(0, written) : utf8(text));
};

/** The same of a text in UTF-8. */
export const decodeBase64Codes = (codes: Uint8Array): Uint8Array<ArrayBuffer> => {
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
  const values = PAIR_VALUES();
  const aligned = codes.byteOffset % 2 === 0 ? codes : codes.slice();
  const pairs = new Uint16Array(aligned.buffer, aligned.byteOffset, groups / 2);
  let to = 0;
  for (let from = 0; from < pairs.length; from += 2) {
    const bits = (values[pairs[from]!]! << 12) | values[pairs[from + 1]!]!;
    if (bits < 0) {
      throw wrongCharacter(codes, 2 * from);
    }
    out[to] = bits >> 16;
    out[to + 1] = bits >> 8;
    out[to + 2] = bits;
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
  // Most of what is asked begins with a brace: no reason to read on.
  if (text !== "" && (VALUES[text.charCodeAt(0)] ?? INVALID) === INVALID && text[0] !== "=") {
    return false;
  }
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
