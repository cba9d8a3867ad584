import { concatBytes, equalBytes } from "../bytes.js";
import { HASH_OIDS } from "../cms/algorithm.js";
import { derNull, derOctetString, derOid, derSequence } from "../der.js";
import { EmrtdError } from "../errors.js";
import { openSignature } from "./open-signature.js";
import type { CryptoProvider, HashName, RsaPrivateKey, RsaPublicKey } from "./provider.js";
import type { RsaKey } from "./public-key.js";

/**
 * RSASSA-PKCS1-v1_5 (RFC 8017, 8.2): `00 01 FF…FF 00 DigestInfo`.
 *
 * The block is never taken apart: the two blocks that a right signature can hold (DigestInfo with NULL
 * parameters, and without any, as old signers write it) are made and compared whole. Nothing is
 * searched for and nothing may follow, which is where forgeries with small exponents hide.
 *
 * @param key where it is marked for PSS alone, nothing verifies.
 */
export const verifyPkcs1 = (
  key: RsaPublicKey & Pick<RsaKey, "pss">,
  hash: HashName,
  digest: Uint8Array,
  signature: Uint8Array,
  crypto: CryptoProvider,
): boolean => {
  if (key.pss !== undefined) return false;
  const block = openSignature(key, signature, crypto);
  if (block === undefined) return false;
  return [derNull(), new Uint8Array()].some((parameters) => {
    const expected = encodeBlock(hash, parameters, digest, block.length);
    return expected !== undefined && equalBytes(block, expected);
  });
};

/** @throws EmrtdError `CRYPTO_INPUT` where the modulus is too short for the hash. */
export const signPkcs1 = (
  key: RsaPrivateKey,
  hash: HashName,
  digest: Uint8Array,
  crypto: CryptoProvider,
): Uint8Array => {
  const block = encodeBlock(hash, derNull(), digest, key.modulus.length);
  if (block === undefined) {
    throw new EmrtdError("CRYPTO_INPUT", "expected a modulus with room for the hash and padding");
  }
  return crypto.rsaPrivate(key, block);
};

/** EMSA-PKCS1-v1_5 (RFC 8017, 9.2): at least eight bytes of FF. */
const encodeBlock = (
  hash: HashName,
  parameters: Uint8Array,
  digest: Uint8Array,
  length: number,
): Uint8Array | undefined => {
  const digestInfo = derSequence(
    derSequence(derOid(HASH_OIDS[hash]), parameters),
    derOctetString(digest),
  );
  const padding = length - digestInfo.length - 3;
  if (padding < 8) return undefined;
  return concatBytes(
    Uint8Array.of(0x00, 0x01),
    new Uint8Array(padding).fill(0xff),
    Uint8Array.of(0x00),
    digestInfo,
  );
};
