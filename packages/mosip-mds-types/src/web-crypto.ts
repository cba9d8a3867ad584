import { MdsError } from "./errors.js";

/** A key of the Web Cryptography API, as far as it is looked at here. */
export interface WebKey {
  readonly type: "public" | "private" | "secret";
  /** RSA keys say how long their modulus is, in bits. */
  readonly algorithm: { readonly name: string; readonly modulusLength?: number };
}

/** The part of the Web Cryptography API that signatures, hashes and encryption need. */
interface Subtle {
  digest(algorithm: string, data: Uint8Array): Promise<ArrayBuffer>;
  importKey(
    format: "raw" | "spki" | "pkcs8",
    data: Uint8Array,
    algorithm: object,
    extractable: boolean,
    usages: readonly string[],
  ): Promise<WebKey>;
  sign(algorithm: string | object, key: WebKey, data: Uint8Array): Promise<ArrayBuffer>;
  verify(
    algorithm: string | object,
    key: WebKey,
    signature: Uint8Array,
    data: Uint8Array,
  ): Promise<boolean>;
  encrypt(algorithm: object, key: WebKey, data: Uint8Array): Promise<ArrayBuffer>;
  decrypt(algorithm: object, key: WebKey, data: Uint8Array): Promise<ArrayBuffer>;
  generateKey(
    algorithm: object,
    extractable: boolean,
    usages: readonly string[],
  ): Promise<{ readonly publicKey: WebKey; readonly privateKey: WebKey }>;
  exportKey(format: "spki" | "pkcs8", key: WebKey): Promise<ArrayBuffer>;
}

/** The platform's cryptography. @throws MdsError `WEB_CRYPTO_MISSING`: browsers give it to safe pages only. */
export const subtle = (): Subtle => {
  const { crypto } = globalThis as unknown as { readonly crypto?: { readonly subtle?: Subtle } };
  if (crypto?.subtle === undefined) {
    throw new MdsError("WEB_CRYPTO_MISSING", "expected crypto.subtle, found none");
  }
  return crypto.subtle;
};
