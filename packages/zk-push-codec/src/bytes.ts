/**
 * A wire string holds bytes as characters: each is one byte, U+0000 to U+00FF. Lines and fields are
 * cut from it by the string engine, which is faster than any loop over bytes, and nothing is lost.
 */
export type Wire = string;

const utf8 = /* @__PURE__ */ new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = /* @__PURE__ */ new TextEncoder();

/** Longest run for one call of `fromCharCode`: engines limit the number of arguments. */
const RUN = 8_192;

/** Bytes as a wire string. ASCII, which nearly all traffic is, goes through the platform's decoder. */
export const wireOf = (bytes: Uint8Array): Wire => {
  const text = utf8.decode(bytes);
  if (text.length === bytes.length && !text.includes("\ufffd")) return text;
  let wire = "";
  for (let start = 0; start < bytes.length; start += RUN) {
    wire += String.fromCharCode(...bytes.subarray(start, start + RUN));
  }
  return wire;
};

/** The bytes of a wire string. */
export const bytesOf = (wire: Wire): Uint8Array<ArrayBuffer> => {
  const ascii = encoder.encode(wire);
  if (ascii.length === wire.length) return ascii;
  const bytes = new Uint8Array(wire.length);
  for (let i = 0; i < wire.length; i++) bytes[i] = wire.charCodeAt(i);
  return bytes;
};

/** Joins byte strings into a new one. */
export const concatBytes = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
};

/**
 * Whether two texts are equal, in time that depends on the length of the first only: for secrets
 * that a terminal shows.
 */
export const equalSecrets = (given: string, expected: string): boolean => {
  const a = encoder.encode(given);
  const b = encoder.encode(expected);
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ (b[i % Math.max(b.length, 1)] ?? 0);
  return difference === 0;
};
