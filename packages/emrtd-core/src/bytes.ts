import { EmrtdError } from "./errors.js";

/** Joins byte strings into a new one. */
export const concatBytes = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  joinBytes(parts);

/** Joins any number of byte strings: a call with each as an argument has room for some 100,000. */
export const joinBytes = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
};

/** Whether two byte strings are equal, in time that depends on their lengths only. */
export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!;
  return difference === 0;
};

const HEX = /* @__PURE__ */ Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, "0"),
);

/** Lower-case hexadecimal digits, two a byte. */
export const toHex = (bytes: Uint8Array): string => {
  let text = "";
  for (const byte of bytes) text += HEX[byte];
  return text;
};

/** Reads hexadecimal digits of either case; white space between them is skipped. */
export const fromHex = (text: string): Uint8Array<ArrayBuffer> => {
  const digits = text.replace(/\s+/g, "");
  if (digits.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(digits)) {
    throw new EmrtdError("CRYPTO_INPUT", "expected pairs of hexadecimal digits");
  }
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) =>
    Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16),
  );
};

/** Unsigned big-endian integer of any width. */
export const toBigInt = (bytes: Uint8Array): bigint =>
  bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`);

/**
 * Unsigned big-endian integer in exactly `length` bytes, leading zeros kept: a coordinate or shared
 * secret that loses them breaks one session in 256.
 */
export const fromBigInt = (value: bigint, length: number): Uint8Array<ArrayBuffer> => {
  if (value < 0n || value >> BigInt(8 * length) !== 0n) {
    throw new EmrtdError("CRYPTO_INPUT", `expected an unsigned integer of at most ${length} bytes`);
  }
  return length === 0 ? new Uint8Array() : fromHex(value.toString(16).padStart(2 * length, "0"));
};
