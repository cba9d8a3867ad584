import type { SecureMessagingCipher, SecureMessagingSession } from "@org/emrtd-core";
import { concatBytes, equalBytes } from "../bytes.js";
import { DocvalError } from "../errors.js";
import type { SecureMessagingInfo } from "../messages/v2/secure-messaging-info.js";

const AES: ReadonlyMap<number, SecureMessagingCipher> = /* @__PURE__ */ new Map([
  [16, "AES-128"],
  [24, "AES-192"],
  [32, "AES-256"],
]);

/** Bytes of the counter as the chip has it; JSON has the low eight. */
const COUNTER = { DESede: 8, AES: 16 } as const;

/**
 * A handed-over session, as secure messaging takes it.
 *
 * Two-key triple DES comes with 16 bytes, or with 24 of which the last eight are the first again, which
 * is how Java's own key class has it.
 *
 * @throws DocvalError `SESSION_UNUSABLE` for keys of a length that no cipher has.
 */
export const sessionOf = (info: SecureMessagingInfo): SecureMessagingSession => {
  const { algorithm } = info;
  const encryptionKey = algorithm === "AES" ? info.encKey : twoKeys(info.encKey);
  const macKey = algorithm === "AES" ? info.macKey : twoKeys(info.macKey);
  const cipher = algorithm === "AES" ? AES.get(encryptionKey.length) : "3DES";
  if (cipher === undefined || macKey.length !== encryptionKey.length) throw unusable(algorithm);
  return {
    cipher,
    encryptionKey,
    macKey,
    sendSequenceCounter: counterBytes(info.ssc, COUNTER[algorithm]),
  };
};

/** A session, as it is handed over. */
export const sessionInfo = (session: SecureMessagingSession): SecureMessagingInfo => {
  const { cipher, encryptionKey, macKey, sendSequenceCounter } = session;
  const ssc = sendSequenceCounter
    .subarray(-COUNTER.DESede)
    .reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  const isAes = cipher !== "3DES";
  return {
    algorithm: isAes ? "AES" : "DESede",
    encKey: isAes ? encryptionKey : threeKeys(encryptionKey),
    macKey: isAes ? macKey : threeKeys(macKey),
    ssc: BigInt.asIntN(64, ssc),
  };
};

const twoKeys = (key: Uint8Array): Uint8Array => {
  if (key.length === 16) return key;
  if (key.length === 24 && equalBytes(key.subarray(16), key.subarray(0, 8)))
    return key.slice(0, 16);
  throw unusable("DESede");
};

const threeKeys = (key: Uint8Array): Uint8Array => concatBytes(key, key.subarray(0, 8));

const unusable = (algorithm: string): DocvalError =>
  new DocvalError("SESSION_UNUSABLE", `expected two keys of ${algorithm}, found other lengths`);

const counterBytes = (ssc: bigint, length: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  let rest = BigInt.asUintN(64, ssc);
  for (let i = length - 1; rest > 0n; i--) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
};
