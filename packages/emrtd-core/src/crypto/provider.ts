import type { CurveName } from "./curves.js";

/** Hash functions of Doc 9303-11, 9.6 and 9303-12, 4.2. */
export type HashName = "SHA-1" | "SHA-224" | "SHA-256" | "SHA-384" | "SHA-512";

/** A source of random bytes: the platform's (`crypto.getRandomValues`), or a tape in tests. */
export type RandomBytes = (length: number) => Uint8Array;

/** RSA public key, unsigned big-endian without leading zeros. */
export interface RsaPublicKey {
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
}

/** RSA private key with its Chinese-remainder parts (RFC 8017, 3.2). */
export interface RsaPrivateKey extends RsaPublicKey {
  readonly privateExponent: Uint8Array;
  readonly p: Uint8Array;
  readonly q: Uint8Array;
}

/** ECDSA signature, r and s each in the byte length of the curve's order. */
export interface EcdsaSignature {
  readonly r: Uint8Array;
  readonly s: Uint8Array;
}

/**
 * The primitives that the protocols stand on. Synchronous, without state, without randomness, the same
 * answers whoever computes them: padding, encodings and every decision are above it, written once.
 *
 * Points are uncompressed (`04 || x || y`) and checked to be on the curve and not at infinity; a
 * coordinate, an integer or a shared secret has the fixed width of its field. Wrong lengths, points or
 * ranges throw EmrtdError `CRYPTO_INPUT`.
 */
export interface CryptoProvider {
  /** For reports: `portable`, `node`. */
  readonly name: string;

  hash(name: HashName, ...data: readonly Uint8Array[]): Uint8Array;

  /** AES-CBC without padding; key 16, 24 or 32 bytes, iv 16, data whole blocks. */
  aesCbcEncrypt(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array;
  aesCbcDecrypt(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array;
  /** AES-CMAC (NIST SP 800-38B), 16 bytes; the protocols use its first 8. */
  aesCmac(key: Uint8Array, data: Uint8Array): Uint8Array;

  /** Two-key triple DES in CBC mode without padding; key 16 bytes, iv 8, data whole blocks. */
  tripleDesCbcEncrypt(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array;
  tripleDesCbcDecrypt(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array;
  /** ISO/IEC 9797-1 MAC algorithm 3 with DES, zero iv, no padding of its own: data whole blocks. 8 bytes. */
  retailMac(key: Uint8Array, data: Uint8Array): Uint8Array;

  /** Public point of a private scalar (1 to n-1, fixed width of the order). */
  ecPublicKey(curve: CurveName, privateKey: Uint8Array): Uint8Array;
  /** `scalar * point`, the scalar 1 to n-1. */
  ecMultiply(curve: CurveName, point: Uint8Array, scalar: Uint8Array): Uint8Array;
  /** Sum of two points. */
  ecAdd(curve: CurveName, a: Uint8Array, b: Uint8Array): Uint8Array;
  /** Whether the bytes are an uncompressed point of the curve, not at infinity. */
  ecIsPoint(curve: CurveName, point: Uint8Array): boolean;
  /**
   * Diffie-Hellman (TR-03111, 4.3.2.1): the x coordinate of `privateKey * publicKey`, fixed width of
   * the field.
   */
  ecSharedSecret(curve: CurveName, privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array;
  /**
   * ECDSA (FIPS 186-4, 6.4): of a hash longer than the order its leftmost bits count. Takes the message
   * and not its hash, because platforms offer no other way. An r or s of 0, or of the order and above,
   * is a signature that does not verify.
   */
  ecdsaVerify(
    curve: CurveName,
    publicKey: Uint8Array,
    signature: EcdsaSignature,
    hash: HashName,
    message: Uint8Array,
  ): boolean;
  /** Deterministic (RFC 6979), so that a recorded conversation can be played again. */
  ecdsaSign(
    curve: CurveName,
    privateKey: Uint8Array,
    hash: HashName,
    message: Uint8Array,
  ): EcdsaSignature;

  /** RSAVP1/RSAEP (RFC 8017, 5): block^e mod n, as wide as the modulus. The block is below the modulus. */
  rsaPublic(key: RsaPublicKey, block: Uint8Array): Uint8Array;
  /** RSASP1/RSADP: block^d mod n, as wide as the modulus. */
  rsaPrivate(key: RsaPrivateKey, block: Uint8Array): Uint8Array;

  /** base^exponent mod modulus, as wide as the modulus: Diffie-Hellman. */
  modPow(base: Uint8Array, exponent: Uint8Array, modulus: Uint8Array): Uint8Array;
}
