import type { SignatureAlgorithm } from "../cms/algorithm.js";
import { decodePlainEcdsaSignature, encodePlainEcdsaSignature } from "../crypto/ecdsa-signature.js";
import type { PrivateKey } from "../crypto/private-key.js";
import type { CryptoProvider, RandomBytes } from "../crypto/provider.js";
import type { EcKey, RsaKey } from "../crypto/public-key.js";
import { signPkcs1, signPss, verifyPkcs1, verifyPss } from "../crypto/rsa-padding.js";
import { EmrtdError } from "../errors.js";

/**
 * Whether a signature fits key, algorithm and message, where ECDSA has the plain format: in card verifiable
 * certificates and in terminal authentication (Doc 9303-11, 7.1.4).
 */
export const verifyPlainSignature = (
  key: RsaKey | EcKey,
  algorithm: SignatureAlgorithm,
  message: Uint8Array,
  signature: Uint8Array,
  crypto: CryptoProvider,
): boolean => {
  if (algorithm.scheme === "ECDSA") {
    if (key.type !== "EC") return false;
    const decoded = decodePlainEcdsaSignature(key.curve, signature);
    return (
      decoded !== undefined &&
      crypto.ecdsaVerify(key.curve, key.point, decoded, algorithm.hash, message)
    );
  }
  if (key.type !== "RSA") return false;
  const digest = crypto.hash(algorithm.hash, message);
  return algorithm.scheme === "RSASSA-PSS"
    ? verifyPss(key, algorithm, digest, signature, crypto)
    : verifyPkcs1(key, algorithm.hash, digest, signature, crypto);
};

/**
 * The other side of {@link verifyPlainSignature}.
 *
 * @param tools.random asked for the salt of RSASSA-PSS alone.
 * @throws EmrtdError `CRYPTO_INPUT` where key and algorithm are of two kinds, or the key is too short.
 */
export const signPlain = (
  key: PrivateKey,
  algorithm: SignatureAlgorithm,
  message: Uint8Array,
  { crypto, random }: { readonly crypto: CryptoProvider; readonly random: RandomBytes },
): Uint8Array => {
  if (key.type === "EC" && algorithm.scheme === "ECDSA") {
    return encodePlainEcdsaSignature(
      crypto.ecdsaSign(key.curve, key.scalar, algorithm.hash, message),
    );
  }
  if (key.type === "RSA" && algorithm.scheme !== "ECDSA") {
    const digest = crypto.hash(algorithm.hash, message);
    return algorithm.scheme === "RSASSA-PSS"
      ? signPss(key, algorithm, digest, random(algorithm.saltLength), crypto)
      : signPkcs1(key, algorithm.hash, digest, crypto);
  }
  throw new EmrtdError("CRYPTO_INPUT", `expected a key for ${algorithm.scheme}, found ${key.type}`);
};
