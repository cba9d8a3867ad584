import { fromBigInt, toBigInt } from "../../bytes.js";
import { EmrtdError } from "../../errors.js";
import { checkBelowModulus } from "../input.js";

/** Bits of the exponent taken at a time. */
const WINDOW = 4;

/** base^exponent mod modulus by fixed windows. BigInt is not constant-time, nor is this. */
export const power = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  const powers = [1n % modulus];
  for (let i = 1; i < 1 << WINDOW; i++) powers.push((powers[i - 1]! * base) % modulus);
  let result = 1n % modulus;
  // One hexadecimal digit is one window.
  for (const digit of exponent.toString(16)) {
    for (let i = 0; i < WINDOW; i++) result = (result * result) % modulus;
    const multiplier = Number.parseInt(digit, 16);
    if (multiplier > 0) result = (result * powers[multiplier]!) % modulus;
  }
  return result;
};

export const modPow = (base: Uint8Array, exponent: Uint8Array, modulus: Uint8Array): Uint8Array => {
  checkBelowModulus(base, modulus);
  return fromBigInt(power(toBigInt(base), toBigInt(exponent), toBigInt(modulus)), modulus.length);
};

/** Inverse by the extended algorithm of Euclid. */
export const invert = (value: bigint, modulus: bigint): bigint => {
  let [a, b] = [((value % modulus) + modulus) % modulus, modulus];
  let [x, y] = [1n, 0n];
  while (a > 1n) {
    if (b === 0n) break;
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  if (a !== 1n) throw new EmrtdError("CRYPTO_INPUT", "expected numbers without a common factor");
  return ((x % modulus) + modulus) % modulus;
};
