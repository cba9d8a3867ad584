import { concatBytes } from "../bytes.js";
import type { CryptoProvider, HashName } from "../crypto/provider.js";
import { type SecureMessagingCipher, SM_CIPHERS } from "../iso7816/sm-cipher.js";

/** The counter c of the key derivation function (Doc 9303-11, 9.7.1 to 9.7.4). */
export const KEY_COUNTER = { encryption: 1, mac: 2, password: 3 } as const;

/**
 * KDF(K, c) = first bytes of H(K || c), with SHA-1 up to 128 bits and SHA-256 above; parity adjusted
 * for DES (Doc 9303-11, 9.7.1).
 */
export const deriveKey = (
  crypto: CryptoProvider,
  cipher: SecureMessagingCipher,
  secret: Uint8Array,
  counter: number,
): Uint8Array => {
  const length = SM_CIPHERS[cipher].key;
  const hash: HashName = length > 16 ? "SHA-256" : "SHA-1";
  const key = crypto.hash(hash, secret, Uint8Array.of(0, 0, 0, counter)).slice(0, length);
  return cipher === "3DES" ? withOddParity(key) : key;
};

/** KS_Enc and KS_MAC of a shared secret. */
export const deriveSessionKeys = (
  crypto: CryptoProvider,
  cipher: SecureMessagingCipher,
  secret: Uint8Array,
): { readonly encryptionKey: Uint8Array; readonly macKey: Uint8Array } => ({
  encryptionKey: deriveKey(crypto, cipher, secret, KEY_COUNTER.encryption),
  macKey: deriveKey(crypto, cipher, secret, KEY_COUNTER.mac),
});

/** K_seed of basic access control: 16 bytes of the hash of the MRZ information (Doc 9303-11, 4.3.2). */
export const basicAccessSeed = (crypto: CryptoProvider, information: string): Uint8Array =>
  crypto.hash("SHA-1", new TextEncoder().encode(information)).slice(0, 16);

/** Bit 8 of every byte of a DES key makes the number of ones odd (FIPS 46-3). */
const withOddParity = (key: Uint8Array): Uint8Array => key.map(oddParity);

const oddParity = (byte: number): number => {
  let ones = 0;
  for (let rest = byte & 0xfe; rest !== 0; rest >>= 1) ones += rest & 1;
  return (byte & 0xfe) | (ones % 2 === 0 ? 1 : 0);
};

/** One time pad of two secrets of the same length. */
export const xorBytes = (a: Uint8Array, b: Uint8Array): Uint8Array =>
  a.map((byte, i) => byte ^ b[i]!);

/** The last `count` bytes of the first, then those of the second. */
export const lastBytes = (count: number, a: Uint8Array, b: Uint8Array): Uint8Array =>
  concatBytes(a.slice(-count), b.slice(-count));
