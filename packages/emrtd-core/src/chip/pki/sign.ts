import type { SignatureAlgorithm } from "../../cms/algorithm.js";
import { encodeEcdsaSignature } from "../../crypto/ecdsa-signature.js";
import type { PrivateKey } from "../../crypto/private-key.js";
import type { CryptoProvider, RandomBytes } from "../../crypto/provider.js";
import { signPkcs1, signPss } from "../../crypto/rsa-padding.js";
import { EmrtdError } from "../../errors.js";

/** A private key and the way in which it signs. */
export interface SigningKey {
  readonly key: PrivateKey;
  readonly algorithm: SignatureAlgorithm;
}

/** What signing takes from outside. Random bytes are for the salt of RSASSA-PSS alone. */
export interface SigningTools {
  readonly crypto: CryptoProvider;
  readonly random: RandomBytes;
}

/**
 * The other side of `verifySignature`.
 *
 * @throws EmrtdError `CRYPTO_INPUT` where key and algorithm are of two kinds.
 */
export const signMessage = (
  { key, algorithm }: SigningKey,
  message: Uint8Array,
  { crypto, random }: SigningTools,
): Uint8Array => {
  if (key.type === "EC" && algorithm.scheme === "ECDSA") {
    return encodeEcdsaSignature(crypto.ecdsaSign(key.curve, key.scalar, algorithm.hash, message));
  }
  if (key.type === "RSA" && algorithm.scheme !== "ECDSA") {
    const digest = crypto.hash(algorithm.hash, message);
    return algorithm.scheme === "RSASSA-PSS"
      ? signPss(key, algorithm, digest, random(algorithm.saltLength), crypto)
      : signPkcs1(key, algorithm.hash, digest, crypto);
  }
  throw new EmrtdError("CRYPTO_INPUT", `expected a key for ${algorithm.scheme}, found ${key.type}`);
};
