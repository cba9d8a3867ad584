import des from "des.js";
import { concatBytes } from "../../bytes.js";
import { EmrtdError } from "../../errors.js";
import { checkBlocks, checkLength } from "../input.js";

const desCbc = /* @__PURE__ */ des.CBC.instantiate(des.DES);
const tripleDesCbc = /* @__PURE__ */ des.CBC.instantiate(des.EDE);

const run = (
  type: "encrypt" | "decrypt",
  key: Uint8Array,
  iv: Uint8Array,
  data: Uint8Array,
): Uint8Array => {
  checkLength(key, "a triple DES key", 16);
  checkLength(iv, "an initialisation vector", 8);
  checkBlocks(data, 8);
  if (data.length === 0) return new Uint8Array();
  // Two keys: the first is used again as the third (ISO/IEC 18033-3, 4.2).
  const keys = concatBytes(key, key.subarray(0, 8));
  const cipher = tripleDesCbc.create({ type, key: keys, iv, padding: false });
  return Uint8Array.from([...cipher.update(data), ...cipher.final()]);
};

export const tripleDesCbcEncrypt = (
  key: Uint8Array,
  iv: Uint8Array,
  data: Uint8Array,
): Uint8Array => run("encrypt", key, iv, data);

export const tripleDesCbcDecrypt = (
  key: Uint8Array,
  iv: Uint8Array,
  data: Uint8Array,
): Uint8Array => run("decrypt", key, iv, data);

const block = (type: "encrypt" | "decrypt", key: Uint8Array, data: Uint8Array): Uint8Array => {
  const cipher = des.DES.create({ type, key, padding: false });
  return Uint8Array.from([...cipher.update(data), ...cipher.final()]);
};

/** ISO/IEC 9797-1, MAC algorithm 3: DES-CBC with the first half key, its last block through both. */
export const retailMac = (key: Uint8Array, data: Uint8Array): Uint8Array => {
  checkLength(key, "a triple DES key", 16);
  checkBlocks(data, 8);
  if (data.length === 0) {
    throw new EmrtdError("CRYPTO_INPUT", "expected at least one block to authenticate");
  }
  const [first, second] = [key.subarray(0, 8), key.subarray(8)];
  const iv = new Uint8Array(8);
  const chained = desCbc.create({ type: "encrypt", key: first, iv, padding: false }).update(data);
  const last = Uint8Array.from(chained.slice(-8));
  return block("encrypt", first, block("decrypt", second, last));
};
