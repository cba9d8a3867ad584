import { toBigInt } from "../bytes.js";
import type { DhGroup } from "./dh-groups.js";
import type { RsaPublicKey } from "./provider.js";

/** What a key may be at most, and at least: it comes from a peer, and the work grows with its cube. */
export const KEY_LIMITS = {
  /** Bytes of a whole encoded key. */
  size: 16_384,
  /** Bits of an RSA modulus. Old chips have 1,024; less than 512 is no key. */
  rsaModulus: { least: 512, most: 8_192 },
  /** Bits of an RSA exponent; any up to the modulus where that has at most 3,072 (as OpenSSL). */
  rsaExponent: 64,
  rsaModulusWithAnyExponent: 3_072,
  /** Bits of the prime of a Diffie-Hellman group. */
  dhPrime: { least: 1_024, most: 8_192 },
} as const;

const bitLength = (bytes: Uint8Array): number => toBigInt(bytes).toString(2).length;

const within = (bits: number, { least, most }: { least: number; most: number }): boolean =>
  bits >= least && bits <= most;

/** What is wrong with an RSA key, if anything: an even modulus or exponent is as unusable as a huge one. */
export const rsaKeyFault = ({ modulus, exponent }: RsaPublicKey): string | undefined => {
  const { least, most } = KEY_LIMITS.rsaModulus;
  if (!within(bitLength(modulus), KEY_LIMITS.rsaModulus) || modulus.at(-1)! % 2 === 0) {
    return `an odd modulus of ${least} to ${most} bits`;
  }
  const [n, e] = [toBigInt(modulus), toBigInt(exponent)];
  if (e < 3n || e % 2n === 0n || e >= n) return "an odd exponent from 3 to the modulus";
  const anyExponent = bitLength(modulus) <= KEY_LIMITS.rsaModulusWithAnyExponent;
  return anyExponent || bitLength(exponent) <= KEY_LIMITS.rsaExponent
    ? undefined
    : `an exponent of at most ${KEY_LIMITS.rsaExponent} bits`;
};

/** What is wrong with a group, if anything. That its prime is prime is not tried. */
export const dhGroupFault = ({ prime, generator, subgroupOrder }: DhGroup): string | undefined => {
  const { least, most } = KEY_LIMITS.dhPrime;
  if (!within(bitLength(prime), KEY_LIMITS.dhPrime) || prime.at(-1)! % 2 === 0) {
    return `an odd prime of ${least} to ${most} bits`;
  }
  const p = toBigInt(prime);
  if (!isBetween(toBigInt(generator), p)) return "a generator from 2 to the prime less 2";
  if (subgroupOrder === undefined) return undefined;
  const q = toBigInt(subgroupOrder);
  return q > 1n && (p - 1n) % q === 0n
    ? undefined
    : "a subgroup whose order divides the prime less 1";
};

/** 2 to p - 2: neither of the values that give a secret away. */
export const isBetween = (value: bigint, prime: bigint): boolean =>
  value > 1n && value < prime - 1n;
