/** Algorithms of HTTP message signatures with key pairs (RFC 9421, 3.3 and 6.2.2). */
export const SIGNATURE_ALGORITHMS = [
  "ed25519",
  "ecdsa-p256-sha256",
  "ecdsa-p384-sha384",
  "rsa-pss-sha512",
  "rsa-v1_5-sha256",
] as const;
export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number];

/** A private key at work. */
export interface SigningKey {
  /** Names the key to whoever verifies. */
  readonly keyId: string;
  readonly algorithm: SignatureAlgorithm;
  sign(data: Uint8Array): Promise<Uint8Array>;
}

/** A public key at work. */
export interface VerificationKey {
  readonly keyId: string;
  readonly algorithm: SignatureAlgorithm;
  verify(data: Uint8Array, signature: Uint8Array): Promise<boolean>;
}

/** SHA-256 of some bytes. */
export type Sha256 = (bytes: Uint8Array) => Promise<Uint8Array>;
