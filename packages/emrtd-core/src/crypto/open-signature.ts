import { isBelow } from "./input.js";
import type { CryptoProvider, RsaPublicKey } from "./provider.js";

/**
 * The block inside an RSA signature, as wide as the modulus; `undefined` for a signature of another
 * width, or not below the modulus (RFC 8017, 8.1.2 and 8.2.2, step 1 and 2).
 */
export const openSignature = (
  key: RsaPublicKey,
  signature: Uint8Array,
  crypto: CryptoProvider,
): Uint8Array | undefined =>
  signature.length !== key.modulus.length || !isBelow(signature, key.modulus)
    ? undefined
    : crypto.rsaPublic(key, signature);
