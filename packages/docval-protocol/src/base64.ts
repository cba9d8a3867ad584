const STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const makeValues = (): Int8Array => {
  const values = new Int8Array(128).fill(-1);
  for (let i = 0; i < STANDARD.length; i++) values[STANDARD.charCodeAt(i)] = i;
  values["-".charCodeAt(0)] = 62;
  values["_".charCodeAt(0)] = 63;
  return values;
};
const VALUES = /* @__PURE__ */ makeValues();

/** Characters that are joined at a time: a long text grows in few steps. */
const CHUNK = 8_190;

/** Base64 with the standard alphabet, padding, no line breaks (RFC 4648, 4). */
export const encodeBase64 = (bytes: Uint8Array): string => {
  const parts: string[] = [];
  let part = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i]!, bytes[i + 1], bytes[i + 2]];
    part += STANDARD[a >> 2]! + STANDARD[((a & 3) << 4) | ((b ?? 0) >> 4)]!;
    part += b === undefined ? "=" : STANDARD[((b & 15) << 2) | ((c ?? 0) >> 6)]!;
    part += c === undefined ? "=" : STANDARD[c & 63]!;
    if (part.length >= CHUNK) {
      parts.push(part);
      part = "";
    }
  }
  parts.push(part);
  return parts.join("");
};

/**
 * Bytes of base64 as clients write it: either alphabet, with or without padding, line breaks anywhere.
 *
 * @returns undefined where it is none: other characters, a lone last digit, or bits beyond the last byte.
 */
export const decodeBase64 = (text: string): Uint8Array<ArrayBuffer> | undefined => {
  const digits = /\s/.test(text) ? text.replace(/\s+/g, "") : text;
  let length = digits.length;
  const padding = digits.endsWith("==") ? 2 : digits.endsWith("=") ? 1 : 0;
  length -= padding;
  const rest = length % 4;
  if (rest === 1 || (padding > 0 && padding !== (4 - rest) % 4)) return undefined;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let i = 0; i < length; i++) {
    const code = digits.charCodeAt(i);
    const value = code < 128 ? VALUES[code]! : -1;
    if (value < 0) return undefined;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = held >> bits;
    }
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : undefined;
};
