import { sha1 } from "@noble/hashes/legacy.js";
import { sha224, sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import type { CHash } from "@noble/hashes/utils.js";
import { EmrtdError } from "../../errors.js";
import type { HashName } from "../provider.js";

const HASHES: { readonly [name in HashName]: CHash } = {
  "SHA-1": sha1,
  "SHA-224": sha224,
  "SHA-256": sha256,
  "SHA-384": sha384,
  "SHA-512": sha512,
};

/** FIPS 180-4. */
export const hashFunction = (name: HashName): CHash => {
  const found = Object.hasOwn(HASHES, name) ? HASHES[name] : undefined;
  if (found === undefined) {
    throw new EmrtdError("CRYPTO_UNSUPPORTED", `expected one of ${Object.keys(HASHES).join(", ")}`);
  }
  return found;
};

export const hash = (name: HashName, ...data: readonly Uint8Array[]): Uint8Array => {
  const state = hashFunction(name).create();
  for (const part of data) state.update(part);
  return state.digest();
};
