import {
  constants,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  privateEncrypt,
  publicEncrypt,
} from "node:crypto";
import { toBigInt } from "../bytes.js";
import { checkBelowModulus, checkOpened, checkPrimes } from "../crypto/input.js";
import { KEY_LIMITS } from "../crypto/key-limits.js";
import { portableCrypto } from "../crypto/portable.js";
import { encodePrivateKey } from "../crypto/private-key.js";
import type { CryptoProvider, RsaPrivateKey, RsaPublicKey } from "../crypto/provider.js";
import { derSequence, derUnsigned } from "../der.js";
import { contentOf, KeyCache } from "./key-cache.js";
import { plain } from "./symmetric.js";

const padding = constants.RSA_NO_PADDING;

const importKey = ({ modulus, exponent }: RsaPublicKey): KeyObject =>
  createPublicKey({
    key: Buffer.from(derSequence(derUnsigned(modulus), derUnsigned(exponent))),
    format: "der",
    type: "pkcs1",
  });

/**
 * What OpenSSL computes with and what it does not: an odd modulus without leading zeros, an exponent
 * from 1 to below it, and past 3,072 bits a short exponent only.
 */
const isForOpenssl = ({ modulus, exponent }: RsaPublicKey): boolean => {
  const bits = 8 * modulus.length;
  const value = toBigInt(exponent);
  const short = value >> BigInt(KEY_LIMITS.rsaExponent) === 0n;
  return (
    bits >= KEY_LIMITS.rsaModulus.least &&
    bits <= (short ? KEY_LIMITS.rsaModulus.most : KEY_LIMITS.rsaModulusWithAnyExponent) &&
    modulus[0] !== 0 &&
    modulus.at(-1)! % 2 === 1 &&
    value > 0n &&
    value < toBigInt(modulus)
  );
};

const keys = new KeyCache();

export const rsaPublic: CryptoProvider["rsaPublic"] = (key, block) => {
  checkBelowModulus(block, key.modulus);
  const content = contentOf(key.modulus, key.exponent);
  const imported = keys.get(content, () => (isForOpenssl(key) ? importKey(key) : undefined));
  return imported === undefined
    ? portableCrypto.rsaPublic(key, block)
    : plain(publicEncrypt({ key: imported, padding }, block));
};

/** By identity and not by content, so that no copy of a private key outlives it. */
const privateKeys = new WeakMap<RsaPrivateKey, KeyObject>();

export const rsaPrivate: CryptoProvider["rsaPrivate"] = (key, block) => {
  checkBelowModulus(block, key.modulus);
  let imported = privateKeys.get(key);
  if (imported === undefined) {
    checkPrimes(key);
    const wire = encodePrivateKey({ ...key, type: "RSA" });
    imported = createPrivateKey({ key: Buffer.from(wire), format: "der", type: "pkcs8" });
    privateKeys.set(key, imported);
  }
  const result = plain(privateEncrypt({ key: imported, padding }, block));
  checkOpened(rsaPublic(key, result), block);
  return result;
};

/**
 * Node has modular exponentiation only as RSA, and RSA without padding is just that: four times as fast
 * as BigInt with a short exponent, six times with one as wide as the modulus. A key is made for each
 * exponent and thrown away.
 */
export const modPow: CryptoProvider["modPow"] = (base, exponent, modulus) => {
  checkBelowModulus(base, modulus);
  const key = { modulus, exponent };
  return isForOpenssl(key)
    ? plain(publicEncrypt({ key: importKey(key), padding }, base))
    : portableCrypto.modPow(base, exponent, modulus);
};
