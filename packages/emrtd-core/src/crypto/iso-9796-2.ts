import { concatBytes, equalBytes, fromBigInt, toBigInt } from "../bytes.js";
import { EmrtdError } from "../errors.js";
import { openSignature } from "./open-signature.js";
import type { CryptoProvider, HashName, RsaPrivateKey, RsaPublicKey } from "./provider.js";

/**
 * ISO/IEC 9796-2, digital signature scheme 1, as Doc 9303-11, 6.1.2.2 uses it: part of the message, M1,
 * is recovered from the signature, the rest, M2, is known.
 *
 * ```text
 * 6A | M1 | H(M1 || M2) | trailer      trailer: BC, or the identifier of the hash and CC
 * ```
 *
 * Between header and M1 there may be padding: nibbles B, the last of them A.
 */
export interface Iso9796Recovery {
  readonly hash: HashName;
  /** Hexadecimal: `BC`, `34CC`. */
  readonly trailer: string;
  /** The header says that all of the message is inside, though M2 is not (seen on no specimen). */
  readonly totalRecovery: boolean;
}

/** Trailers of option 2 (ISO/IEC 10118-3); option 1 is one byte and leaves the hash to agreement. */
const HASH_IDS: { readonly [name in HashName]: number } = {
  "SHA-1": 0x33,
  "SHA-256": 0x34,
  "SHA-512": 0x35,
  "SHA-384": 0x36,
  "SHA-224": 0x38,
};
const IMPLICIT = 0xbc;
const EXPLICIT = 0xcc;
const HEADER_PARTIAL = 0x6a;

/**
 * Verifies a signature over `M1 || M2`.
 *
 * @param message M2, the part that whoever verifies has chosen. The hash always covers it, whatever the
 *   header says.
 * @param implicitHash the hash to try beside SHA-1 where the trailer does not name one.
 * @returns what the signature was made with, or `undefined` where it does not verify.
 */
export const verifyIso9796 = (
  key: RsaPublicKey,
  message: Uint8Array,
  signature: Uint8Array,
  crypto: CryptoProvider,
  implicitHash: HashName = "SHA-1",
): Iso9796Recovery | undefined => {
  const opened = openSignature(key, fitWidth(signature, key.modulus.length), crypto);
  const block = opened && chooseRepresentative(opened, key.modulus);
  if (block === undefined) return undefined;
  const start = messageStart(block);
  const trailer = readTrailer(block, implicitHash);
  if (start === undefined || trailer === undefined) return undefined;
  for (const hash of trailer.hashes) {
    const hashLength = crypto.hash(hash).length;
    const hashStart = block.length - trailer.length - hashLength;
    if (hashStart < start) continue;
    const recovered = block.subarray(start, hashStart);
    const expected = crypto.hash(hash, recovered, message);
    if (equalBytes(block.subarray(hashStart, hashStart + hashLength), expected)) {
      return { hash, trailer: trailer.text, totalRecovery: (block[0]! & 0x20) === 0 };
    }
  }
  return undefined;
};

/** Bytes of M1 that make the signature full: Doc 9303-11, 6.1.2.2. */
export const recoverableLength = (
  key: RsaPublicKey,
  hash: HashName,
  crypto: CryptoProvider,
  trailer = trailerOf(hash),
): number => key.modulus.length - 1 - crypto.hash(hash).length - trailer.length;

/** BC for SHA-1, else the two bytes that name the hash. */
export const trailerOf = (hash: HashName): Uint8Array =>
  hash === "SHA-1" ? Uint8Array.of(IMPLICIT) : Uint8Array.of(HASH_IDS[hash], EXPLICIT);

/**
 * The signer's side.
 *
 * @param recoverable M1, {@link recoverableLength} bytes.
 * @param message M2.
 * @param trailer another one than {@link trailerOf} gives.
 */
export const signIso9796 = (
  key: RsaPrivateKey,
  hash: HashName,
  recoverable: Uint8Array,
  message: Uint8Array,
  crypto: CryptoProvider,
  trailer = trailerOf(hash),
): Uint8Array => {
  if (recoverable.length !== recoverableLength(key, hash, crypto, trailer)) {
    throw new EmrtdError("CRYPTO_INPUT", "expected as many bytes of M1 as the signature holds");
  }
  const digest = crypto.hash(hash, recoverable, message);
  const block = concatBytes(Uint8Array.of(HEADER_PARTIAL), recoverable, digest, trailer);
  return crypto.rsaPrivate(key, block);
};

/** Chips drop the zeros in front of an integer, or add some. */
const fitWidth = (signature: Uint8Array, length: number): Uint8Array => {
  const surplus = signature.length - length;
  if (surplus <= 0) return concatBytes(new Uint8Array(-surplus), signature);
  const isZeros = signature.subarray(0, surplus).every((byte) => byte === 0);
  return isZeros ? signature.subarray(surplus) : signature;
};

/**
 * A block ends in the nibble C. A signer of annex B.4 gives the smaller of a signature and the modulus
 * less it; then it is the modulus less the block that ends so.
 */
const chooseRepresentative = (block: Uint8Array, modulus: Uint8Array): Uint8Array | undefined => {
  const endsInC = (bytes: Uint8Array) => (bytes.at(-1)! & 0x0f) === 0x0c;
  if (endsInC(block)) return block;
  const other = fromBigInt(toBigInt(modulus) - toBigInt(block), block.length);
  return endsInC(other) ? other : undefined;
};

/** Where M1 begins: after the header bits 01, the recovery bit, a 0, and padding up to the nibble A. */
const messageStart = (block: Uint8Array): number | undefined => {
  if ((block[0]! & 0xd0) !== 0x40) return undefined;
  let last = block[0]! & 0x0f;
  let start = 1;
  while (last === 0x0b && block[start] !== undefined) {
    const pair = block[start++]!;
    if (pair >> 4 !== 0x0b) return undefined;
    last = pair & 0x0f;
  }
  return last === 0x0a ? start : undefined;
};

interface Trailer {
  readonly length: number;
  readonly text: string;
  readonly hashes: readonly HashName[];
}

const readTrailer = (block: Uint8Array, implicitHash: HashName): Trailer | undefined => {
  const [identifier, last] = block.subarray(-2);
  if (last === IMPLICIT) {
    return { length: 1, text: "BC", hashes: [...new Set<HashName>(["SHA-1", implicitHash])] };
  }
  if (last !== EXPLICIT) return undefined;
  const named = (Object.keys(HASH_IDS) as HashName[]).find((hash) => HASH_IDS[hash] === identifier);
  return named && { length: 2, text: `${HASH_IDS[named].toString(16)}CC`, hashes: [named] };
};
