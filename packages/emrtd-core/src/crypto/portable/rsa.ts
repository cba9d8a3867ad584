import { fromBigInt, toBigInt } from "../../bytes.js";
import { checkBelowModulus, checkOpened, checkPrimes } from "../input.js";
import type { RsaPrivateKey, RsaPublicKey } from "../provider.js";
import { invert, modPow, power } from "./mod-pow.js";

/** RFC 8017, 5.2.2 and 5.1.1. */
export const rsaPublic = (key: RsaPublicKey, block: Uint8Array): Uint8Array =>
  modPow(block, key.exponent, key.modulus);

/**
 * RFC 8017, 5.2.1 in its second form: two powers of half the width, joined by the Chinese remainder
 * theorem, and the result opened again.
 */
export const rsaPrivate = (key: RsaPrivateKey, block: Uint8Array): Uint8Array => {
  checkBelowModulus(block, key.modulus);
  checkPrimes(key);
  const [d, p, q] = [toBigInt(key.privateExponent), toBigInt(key.p), toBigInt(key.q)];
  const message = toBigInt(block);
  const atP = power(message % p, d % (p - 1n), p);
  const atQ = power(message % q, d % (q - 1n), q);
  const joined = atQ + q * (((((atP - atQ) % p) + p) * invert(q, p)) % p);
  const result = fromBigInt(joined, key.modulus.length);
  checkOpened(rsaPublic(key, result), block);
  return result;
};
