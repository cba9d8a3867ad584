import { fromBigInt, toBigInt } from "../../bytes.js";
import { EmrtdError } from "../../errors.js";
import { checkBelowModulus } from "../input.js";
import type { RsaPrivateKey, RsaPublicKey } from "../provider.js";
import { invert, modPow, power } from "./mod-pow.js";

/** RFC 8017, 5.2.2 and 5.1.1. */
export const rsaPublic = (key: RsaPublicKey, block: Uint8Array): Uint8Array =>
  modPow(block, key.exponent, key.modulus);

/**
 * RFC 8017, 5.2.1 in its second form: two powers of half the width, joined by the Chinese remainder
 * theorem. The result is checked, because one wrong half gives the factors of the key away.
 */
export const rsaPrivate = (key: RsaPrivateKey, block: Uint8Array): Uint8Array => {
  checkBelowModulus(block, key.modulus);
  const [n, e, d] = [toBigInt(key.modulus), toBigInt(key.exponent), toBigInt(key.privateExponent)];
  const [p, q] = [toBigInt(key.p), toBigInt(key.q)];
  if (p * q !== n || p < 3n || q < 3n) {
    throw new EmrtdError("CRYPTO_INPUT", "expected a modulus that is the product of its factors");
  }
  const message = toBigInt(block);
  const atP = power(message % p, d % (p - 1n), p);
  const atQ = power(message % q, d % (q - 1n), q);
  const result = atQ + q * (((((atP - atQ) % p) + p) * invert(q, p)) % p);
  if (power(result, e, n) !== message) {
    throw new EmrtdError("CRYPTO_INPUT", "expected exponents that undo each other");
  }
  return fromBigInt(result, key.modulus.length);
};
