import type { CryptoProvider } from "../crypto/provider.js";
import { type SignatureVerifier, verifySignature } from "./signature.js";

/**
 * A verifier that verifies so many signatures and no more: whatever is judged can name hundreds of keys,
 * and each costs milliseconds. Beyond the limit nothing verifies, and `exhausted` says so.
 */
export const limitedVerifier = (
  crypto: CryptoProvider,
  limit: number,
): { readonly verify: SignatureVerifier; readonly exhausted: () => boolean } => {
  let asked = 0;
  return {
    verify: (key, algorithm, message, signature) => {
      asked++;
      return asked <= limit && verifySignature(key, algorithm, message, signature, crypto);
    },
    exhausted: () => asked > limit,
  };
};
