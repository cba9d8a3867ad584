import { cbc, cmac } from "@noble/ciphers/aes.js";
import { checkBlocks, checkLength } from "../input.js";

const check = (key: Uint8Array, iv: Uint8Array, data: Uint8Array): void => {
  checkLength(key, "an AES key", 16, 24, 32);
  checkLength(iv, "an initialisation vector", 16);
  checkBlocks(data, 16);
};

/** AES (FIPS 197) in CBC mode (NIST SP 800-38A). */
export const aesCbcEncrypt = (key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array => {
  check(key, iv, data);
  return cbc(key, iv, { disablePadding: true }).encrypt(data);
};

export const aesCbcDecrypt = (key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array => {
  check(key, iv, data);
  return data.length === 0
    ? new Uint8Array()
    : cbc(key, iv, { disablePadding: true }).decrypt(data);
};

/** NIST SP 800-38B. */
export const aesCmac = (key: Uint8Array, data: Uint8Array): Uint8Array => {
  checkLength(key, "an AES key", 16, 24, 32);
  return cmac(data, key);
};
