import { MdsError } from "../errors.js";
import { subtle, type WebKey } from "../web-crypto.js";

/**
 * Whoever signs: a key in a trust module, in a key store, or in memory.
 *
 * The private key itself is never asked for; a signature is RSASSA-PKCS1-v1_5 with SHA-256 (RS256).
 */
export interface Signer {
  /** The signer's certificate first, then those above it, in DER. */
  readonly certificates: readonly Uint8Array[];
  sign(data: Uint8Array): Promise<Uint8Array>;
}

/**
 * A signer with its key in memory.
 *
 * @param pkcs8 the private RSA key.
 * @throws MdsError `KEY_INVALID`.
 */
export const rs256Signer = async (
  pkcs8: Uint8Array,
  certificates: readonly Uint8Array[],
): Promise<Signer> => {
  const key = await importPrivate(pkcs8, "RSASSA-PKCS1-v1_5", "sign");
  return {
    certificates,
    sign: async (data) => new Uint8Array(await subtle().sign("RSASSA-PKCS1-v1_5", key, data)),
  };
};

/** A private RSA key from PKCS#8. @throws MdsError `KEY_INVALID`. */
export const importPrivate = async (
  pkcs8: Uint8Array,
  name: "RSASSA-PKCS1-v1_5" | "RSA-OAEP",
  usage: "sign" | "decrypt",
): Promise<WebKey> => {
  try {
    return await subtle().importKey("pkcs8", pkcs8, { name, hash: "SHA-256" }, false, [usage]);
  } catch (cause) {
    throw new MdsError("KEY_INVALID", "expected a private RSA key in PKCS#8", { cause });
  }
};
