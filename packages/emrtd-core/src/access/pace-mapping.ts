import { concatBytes, fromBigInt, fromHex, toBigInt } from "../bytes.js";
import { domainParameters } from "../crypto/curves.js";
import type { KeyAgreementGroup } from "../crypto/key-agreement.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";
import { type SecureMessagingCipher, SM_CIPHERS } from "../iso7816/sm-cipher.js";
import { encodePoint } from "./point-encoding.js";

/**
 * Generic mapping (Doc 9303-11, 4.4.3.3.1): `s * G + H`, or `g^s * h`. Chip authentication mapping maps
 * in the same way.
 *
 * @param shared the whole element that the first key agreement gives, not its x coordinate alone.
 */
export const mapGenerically = (
  group: KeyAgreementGroup,
  nonce: Uint8Array,
  shared: Uint8Array,
): Uint8Array => group.combine(group.power(group.generator, nonce), shared);

/**
 * Integrated mapping (Doc 9303-11, 4.4.3.3.2): both nonces become a field element, and that a generator.
 *
 * @param nonce s, of the chip. @param second t, of the terminal, as long as the key of the cipher.
 * @throws EmrtdError `CRYPTO_INPUT` where the result is the neutral element.
 */
export const mapIntegrated = (
  group: KeyAgreementGroup,
  cipher: SecureMessagingCipher,
  nonce: Uint8Array,
  second: Uint8Array,
  crypto: CryptoProvider,
): Uint8Array => {
  const { parameters } = group;
  if (parameters.type === "EC") {
    const { p } = domainParameters(parameters.curve);
    return encodePoint(parameters.curve, pseudoRandomNumber(cipher, nonce, second, p, crypto));
  }
  const { prime, subgroupOrder } = parameters.group;
  if (subgroupOrder === undefined) {
    throw new EmrtdError("CRYPTO_INPUT", "expected a group that states the order of its generator");
  }
  const p = toBigInt(prime);
  const cofactor = (p - 1n) / toBigInt(subgroupOrder);
  const number = pseudoRandomNumber(cipher, nonce, second, p, crypto);
  const generator = group.power(
    fromBigInt(number, prime.length),
    fromBigInt(cofactor, prime.length),
  );
  if (toBigInt(generator) <= 1n) {
    throw new EmrtdError("CRYPTO_INPUT", "expected a generator, found the neutral element");
  }
  return generator;
};

/** c0 and c1 for block chains of 128 and of 256 bits (4.4.3.3.2). */
const CONSTANTS = {
  16: ["a668892a7c41e3ca739f40b057d85904", "a4e136ac725f738b01c1f60217c188ad"],
  32: [
    "d463d65234124ef7897054986dca0a174e28df758cbaa03f240616414d5a1676",
    "54bd7255f0aaf831bec3423fcf39d69b6cbf066677d0faae5aadd99df8e53517",
  ],
} as const;

/** Bytes of the nonces: s is whole blocks, t is as long as the key. */
export const integratedNonceLengths = (
  cipher: SecureMessagingCipher,
): { readonly nonce: 16 | 32; readonly second: number } => {
  const second = SM_CIPHERS[cipher].key;
  return { nonce: second <= 16 ? 16 : 32, second };
};

/**
 * R_p(s, t): a chain of encryptions whose keys are the outputs before them, read as one integer modulo p,
 * 64 bits longer than p so that the remainder is as good as uniform.
 */
export const pseudoRandomNumber = (
  cipher: SecureMessagingCipher,
  nonce: Uint8Array,
  second: Uint8Array,
  modulus: bigint,
  crypto: CryptoProvider,
): bigint => {
  const { key, block } = SM_CIPHERS[cipher];
  const lengths = integratedNonceLengths(cipher);
  if (nonce.length !== lengths.nonce || second.length !== lengths.second) {
    throw new EmrtdError(
      "CRYPTO_INPUT",
      `expected nonces of ${lengths.nonce} and ${lengths.second} bytes, found ${nonce.length} and ${second.length}`,
    );
  }
  const [c0, c1] = CONSTANTS[lengths.nonce].map(fromHex) as [Uint8Array, Uint8Array];
  const zero = new Uint8Array(block);
  const encrypt = (by: Uint8Array, data: Uint8Array): Uint8Array =>
    cipher === "3DES"
      ? crypto.tripleDesCbcEncrypt(by, zero, data)
      : crypto.aesCbcEncrypt(by, zero, data);
  const bits = modulus.toString(2).length + 64;
  const parts: Uint8Array[] = [];
  let chained = encrypt(second, nonce).slice(0, key);
  for (let length = 0; length < bits; length += 8 * lengths.nonce) {
    parts.push(encrypt(chained, c1));
    chained = encrypt(chained, c0).slice(0, key);
  }
  return toBigInt(concatBytes(...parts)) % modulus;
};
