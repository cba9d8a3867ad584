import { decodeEcdsaSignature } from "../crypto/ecdsa-signature.js";
import type { CryptoProvider } from "../crypto/provider.js";
import type { PublicKey } from "../crypto/public-key.js";
import { verifyPkcs1, verifyPss } from "../crypto/rsa-padding.js";

import type { SignatureAlgorithm } from "./algorithm.js";

/**
 * Whether a signature fits key, algorithm and message. The one place where the signatures of
 * certificates, security objects and lists are decided. A key of another type than the algorithm needs,
 * or bytes that are no signature at all, do not fit.
 */
export const verifySignature = (
  key: PublicKey,
  algorithm: SignatureAlgorithm,
  message: Uint8Array,
  signature: Uint8Array,
  crypto: CryptoProvider,
): boolean => {
  if (algorithm.scheme === "ECDSA") {
    if (key.type !== "EC") return false;
    const decoded = decodeEcdsaSignature(key.curve, signature);
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

/** {@link verifySignature} by somebody's provider, perhaps within a limit. */
export type SignatureVerifier = (
  key: PublicKey,
  algorithm: SignatureAlgorithm,
  message: Uint8Array,
  signature: Uint8Array,
) => boolean;
