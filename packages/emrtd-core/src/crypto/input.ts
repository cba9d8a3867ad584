import { equalBytes, toBigInt } from "../bytes.js";
import { EmrtdError } from "../errors.js";
import { type CurveName, curveByName, domainParameters } from "./curves.js";
import type { RsaPrivateKey } from "./provider.js";

/**
 * What every provider checks before it computes, written once so that all of them refuse the same
 * things in the same words. No message holds a byte of the input.
 */

const refuse = (expected: string, found: string): EmrtdError =>
  new EmrtdError("CRYPTO_INPUT", `expected ${expected}, found ${found}`);

/** @throws EmrtdError `CRYPTO_INPUT` where the length is none of those allowed. */
export const checkLength = (
  bytes: Uint8Array,
  what: string,
  ...allowed: readonly number[]
): void => {
  if (!allowed.includes(bytes.length)) {
    throw refuse(`${what} of ${allowed.join(" or ")} bytes`, `${bytes.length}`);
  }
};

/** @throws EmrtdError `CRYPTO_INPUT` where the data is not whole blocks. */
export const checkBlocks = (data: Uint8Array, blockLength: number): void => {
  if (data.length % blockLength !== 0) {
    throw refuse(`whole blocks of ${blockLength} bytes`, `${data.length} bytes`);
  }
};

/** A private key or multiplier: 1 to n-1 in the width of the order. */
export const checkScalar = (curve: CurveName, scalar: Uint8Array): bigint => {
  checkLength(scalar, "a scalar", curveByName(curve).orderLength);
  const value = toBigInt(scalar);
  if (value === 0n || value >= domainParameters(curve).n) {
    throw refuse(`a scalar from 1 to the order of ${curve}`, "one outside");
  }
  return value;
};

/** Whether the bytes are `04 || x || y` with both coordinates in the field and on the curve. */
export const isPoint = (curve: CurveName, point: Uint8Array): boolean => {
  const { fieldLength } = curveByName(curve);
  if (point.length !== 1 + 2 * fieldLength || point[0] !== 0x04) return false;
  const { p, a, b } = domainParameters(curve);
  const x = toBigInt(point.subarray(1, 1 + fieldLength));
  const y = toBigInt(point.subarray(1 + fieldLength));
  return x < p && y < p && (y * y - (x * x + a) * x - b) % p === 0n;
};

/** @throws EmrtdError `CRYPTO_INPUT` unless {@link isPoint}. */
export const checkPoint = (curve: CurveName, point: Uint8Array): void => {
  if (!isPoint(curve, point)) {
    throw refuse(`an uncompressed point of ${curve}`, `${point.length} bytes that are none`);
  }
};

/** Whether one unsigned integer is below another of the same width. Neither is a secret. */
export const isBelow = (value: Uint8Array, limit: Uint8Array): boolean => {
  const difference = value.findIndex((byte, i) => byte !== limit[i]);
  return difference >= 0 && value[difference]! < limit[difference]!;
};

/** A base or block of modular exponentiation: as wide as the modulus, and below it. */
export const checkBelowModulus = (block: Uint8Array, modulus: Uint8Array): void => {
  checkLength(block, "a block as wide as the modulus", modulus.length);
  if (!isBelow(block, modulus)) throw refuse("a block below the modulus", "one that is not");
};

/** The primes of a private key must be those of its modulus, or the remainders mean nothing. */
export const checkPrimes = ({ modulus, p, q }: RsaPrivateKey): void => {
  const [first, second] = [toBigInt(p), toBigInt(q)];
  if (first * second !== toBigInt(modulus) || first < 3n || second < 3n || first === second) {
    throw refuse("a modulus that is the product of its primes", "another");
  }
};

/** What a signature opens to must be what was signed: one wrong bit gives the primes away. */
export const checkOpened = (opened: Uint8Array, block: Uint8Array): void => {
  if (!equalBytes(opened, block)) throw refuse("exponents that undo each other", "others");
};
