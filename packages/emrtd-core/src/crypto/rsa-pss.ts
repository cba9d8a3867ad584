import { concatBytes, equalBytes, toBigInt } from "../bytes.js";
import type { PssParameters } from "../cms/algorithm.js";
import { EmrtdError } from "../errors.js";
import { openSignature } from "./open-signature.js";
import type { CryptoProvider, HashName, RsaPrivateKey, RsaPublicKey } from "./provider.js";
import type { RsaKey } from "./public-key.js";

/** trailerFieldBC, the only one that is defined (RFC 8017, A.2.3). */
const TRAILER_FIELD = 1;
const TRAILER = 0xbc;

/**
 * RSASSA-PSS (RFC 8017, 8.1.2), each parameter as the signature states it and none guessed: a salt of
 * another length, or another hash inside the mask, does not verify.
 *
 * @param key where it states parameters of its own, the signature must keep to them (RFC 4055, 3.3).
 */
export const verifyPss = (
  key: RsaPublicKey & Pick<RsaKey, "pss">,
  parameters: PssParameters,
  digest: Uint8Array,
  signature: Uint8Array,
  crypto: CryptoProvider,
): boolean => {
  if (parameters.trailerField !== TRAILER_FIELD || !keepsTo(parameters, key.pss?.parameters)) {
    return false;
  }
  const block = openSignature(key, signature, crypto);
  if (block === undefined) return false;
  const bits = encodedBits(key.modulus);
  const length = Math.ceil(bits / 8);
  // Where the modulus has one bit more than whole bytes, the block has a byte that counts for nothing.
  if (length < block.length && block[0] !== 0) return false;
  const encoded = block.subarray(block.length - length);
  const { hash, mgfHash, saltLength } = parameters;
  const maskedLength = length - digest.length - 1;
  if (maskedLength < saltLength + 1 || encoded.at(-1) !== TRAILER) return false;
  const masked = encoded.subarray(0, maskedLength);
  const seed = encoded.subarray(maskedLength, length - 1);
  const unused = 8 * length - bits;
  if (masked[0]! >> (8 - unused) !== 0) return false;
  const data = xor(masked, maskGeneration(mgfHash, seed, maskedLength, crypto));
  data[0]! &= 0xff >> unused;
  const padding = maskedLength - saltLength - 1;
  if (data.subarray(0, padding).some((byte) => byte !== 0) || data[padding] !== 0x01) return false;
  const salt = data.subarray(padding + 1);
  return equalBytes(seed, crypto.hash(hash, new Uint8Array(8), digest, salt));
};

/**
 * @param salt random bytes; their number is the salt length.
 * @throws EmrtdError `CRYPTO_INPUT` where the modulus is too short for hash and salt.
 */
export const signPss = (
  key: RsaPrivateKey,
  { hash, mgfHash }: Pick<PssParameters, "hash" | "mgfHash">,
  digest: Uint8Array,
  salt: Uint8Array,
  crypto: CryptoProvider,
): Uint8Array => {
  const bits = encodedBits(key.modulus);
  const length = Math.ceil(bits / 8);
  const maskedLength = length - digest.length - 1;
  const padding = maskedLength - salt.length - 1;
  if (padding < 0) {
    throw new EmrtdError("CRYPTO_INPUT", "expected a modulus with room for the hash and the salt");
  }
  const seed = crypto.hash(hash, new Uint8Array(8), digest, salt);
  const data = concatBytes(new Uint8Array(padding), Uint8Array.of(0x01), salt);
  const masked = xor(data, maskGeneration(mgfHash, seed, maskedLength, crypto));
  masked[0]! &= 0xff >> (8 * length - bits);
  const encoded = concatBytes(masked, seed, Uint8Array.of(TRAILER));
  const block = concatBytes(new Uint8Array(key.modulus.length - length), encoded);
  return crypto.rsaPrivate(key, block);
};

/** emBits: one bit less than the modulus. */
const encodedBits = (modulus: Uint8Array): number => toBigInt(modulus).toString(2).length - 1;

const keepsTo = (stated: PssParameters, bound: PssParameters | undefined): boolean =>
  bound === undefined ||
  (stated.hash === bound.hash &&
    stated.mgfHash === bound.mgfHash &&
    stated.saltLength >= bound.saltLength);

/** MGF1 (RFC 8017, B.2.1). */
const maskGeneration = (
  hash: HashName,
  seed: Uint8Array,
  length: number,
  crypto: CryptoProvider,
): Uint8Array => {
  const parts: Uint8Array[] = [];
  for (let counter = 0, made = 0; made < length; counter++) {
    const part = crypto.hash(hash, seed, Uint8Array.of(0, 0, counter >> 8, counter));
    parts.push(part);
    made += part.length;
  }
  return concatBytes(...parts).subarray(0, length);
};

const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, i) => byte ^ b[i]!);
