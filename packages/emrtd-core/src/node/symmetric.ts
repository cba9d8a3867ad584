import {
  createCipheriv,
  createDecipheriv,
  createHash,
  getCiphers,
  hash as oneShotHash,
} from "node:crypto";
import { concatBytes } from "../bytes.js";
import { checkBlocks, checkLength } from "../crypto/input.js";
import { portableCrypto } from "../crypto/portable.js";
import type { CryptoProvider, HashName } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";

const HASHES: { readonly [name in HashName]: string } = {
  "SHA-1": "sha1",
  "SHA-224": "sha224",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
};

/** The name that OpenSSL has for a hash. */
export const opensslHash = (name: HashName): string => {
  if (!Object.hasOwn(HASHES, name)) {
    throw new EmrtdError("CRYPTO_UNSUPPORTED", `expected one of ${Object.keys(HASHES).join(", ")}`);
  }
  return HASHES[name];
};

/** A Buffer seen as what it is: its `slice` and its equality would not be those of the interface. */
export const plain = (buffer: Buffer): Uint8Array =>
  new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);

export const hash: CryptoProvider["hash"] = (name, ...data) => {
  const [only] = data;
  // One call for one part: a third of the time for a file of the chip.
  if (only !== undefined && data.length === 1) {
    return plain(oneShotHash(opensslHash(name), only, "buffer"));
  }
  const state = createHash(opensslHash(name));
  for (const part of data) state.update(part);
  return plain(state.digest());
};

const encrypt = (algorithm: string, key: Uint8Array, iv: Uint8Array, data: Uint8Array) =>
  plain(createCipheriv(algorithm, key, iv).setAutoPadding(false).update(data));

const decrypt = (algorithm: string, key: Uint8Array, iv: Uint8Array, data: Uint8Array) =>
  plain(createDecipheriv(algorithm, key, iv).setAutoPadding(false).update(data));

const aes = (key: Uint8Array): string => `aes-${8 * key.length}-cbc`;

const checkAes = (key: Uint8Array, iv: Uint8Array, data: Uint8Array): void => {
  checkLength(key, "an AES key", 16, 24, 32);
  checkLength(iv, "an initialisation vector", 16);
  checkBlocks(data, 16);
};

export const aesCbcEncrypt: CryptoProvider["aesCbcEncrypt"] = (key, iv, data) => {
  checkAes(key, iv, data);
  return encrypt(aes(key), key, iv, data);
};

export const aesCbcDecrypt: CryptoProvider["aesCbcDecrypt"] = (key, iv, data) => {
  checkAes(key, iv, data);
  return decrypt(aes(key), key, iv, data);
};

/** Doubling in the field of SP 800-38B, 5.3. */
const double = (block: Uint8Array): Uint8Array => {
  const carry = block[0]! >> 7;
  const doubled = block.map((byte, i) => (byte << 1) | ((block[i + 1] ?? 0) >> 7));
  doubled[15]! ^= carry * 0x87;
  return doubled;
};

const xorInto = (target: Uint8Array, at: number, block: Uint8Array): void => {
  for (let i = 0; i < block.length; i++) target[at + i]! ^= block[i]!;
};

/**
 * OpenSSL's CMAC is not offered by Node, so it is made of CBC, in one run: the encryption of a zero
 * block comes out first and gives the subkeys; mixed into the next block it takes itself out of the
 * chain again.
 */
export const aesCmac: CryptoProvider["aesCmac"] = (key, data) => {
  checkLength(key, "an AES key", 16, 24, 32);
  const cipher = createCipheriv(aes(key), key, new Uint8Array(16));
  const zero = plain(cipher.update(new Uint8Array(16)));
  const whole = data.length > 0 && data.length % 16 === 0;
  const blocks = new Uint8Array(Math.max(16, 16 * Math.ceil(data.length / 16)));
  blocks.set(data);
  if (!whole) blocks[data.length] = 0x80;
  const subkey = double(zero);
  xorInto(blocks, blocks.length - 16, whole ? subkey : double(subkey));
  xorInto(blocks, 0, zero);
  return plain(cipher.update(blocks)).slice(-16);
};

const TRIPLE_DES = "des-ede-cbc";
const hasTripleDes = /* @__PURE__ */ getCiphers().includes(TRIPLE_DES);

const checkTripleDes = (key: Uint8Array, iv: Uint8Array, data: Uint8Array): void => {
  checkLength(key, "a triple DES key", 16);
  checkLength(iv, "an initialisation vector", 8);
  checkBlocks(data, 8);
};

const tripleDesCbcEncrypt: CryptoProvider["tripleDesCbcEncrypt"] = (key, iv, data) => {
  checkTripleDes(key, iv, data);
  return encrypt(TRIPLE_DES, key, iv, data);
};

const tripleDesCbcDecrypt: CryptoProvider["tripleDesCbcDecrypt"] = (key, iv, data) => {
  checkTripleDes(key, iv, data);
  return decrypt(TRIPLE_DES, key, iv, data);
};

/**
 * Single DES is gone from OpenSSL's default set; triple DES with one key three times is the same. All
 * blocks but the last go through that, the last through both keys.
 */
const retailMac: CryptoProvider["retailMac"] = (key, data) => {
  checkTripleDes(key, new Uint8Array(8), data);
  if (data.length === 0) {
    throw new EmrtdError("CRYPTO_INPUT", "expected at least one block to authenticate");
  }
  const first = key.subarray(0, 8);
  const head = data.subarray(0, -8);
  const single = concatBytes(first, first);
  const chained = encrypt(TRIPLE_DES, single, new Uint8Array(8), head);
  const iv = head.length === 0 ? new Uint8Array(8) : chained.subarray(-8);
  return encrypt(TRIPLE_DES, key, iv, data.subarray(-8));
};

/** Triple DES of OpenSSL, or ours where OpenSSL was built without. */
export const tripleDes: Pick<
  CryptoProvider,
  "tripleDesCbcEncrypt" | "tripleDesCbcDecrypt" | "retailMac"
> = hasTripleDes ? { tripleDesCbcEncrypt, tripleDesCbcDecrypt, retailMac } : portableCrypto;
