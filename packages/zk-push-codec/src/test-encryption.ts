import { decodeBase64, encodeBase64 } from "./base64.js";
import { crc32 } from "./crc32.js";
import type { EncryptionProvider } from "./encryption.js";
import { ZkPushError } from "./errors.js";

/**
 * Encryption for tests: NOT INTEROPERABLE and NOT SECURE. No real terminal understands it, and it
 * hides nothing. It goes through the exchange of appendix 8 and changes every body in between, so
 * that a test sees whether both sides keep to the flow.
 */
export const createTestEncryption = (random: () => number): EncryptionProvider => {
  const bytes = (length: number) => Uint8Array.from({ length }, () => Math.floor(random() * 256));
  const ownKey = bytes(16);
  const ownFactor = bytes(16);
  let otherKey: Uint8Array | undefined;
  let seed: number | undefined;

  const mixed = (data: Uint8Array, key: Uint8Array): Uint8Array =>
    data.map((byte, i) => byte ^ key[i % key.length]!);
  const ready = (): number => {
    if (seed === undefined) {
      throw new ZkPushError("ENCRYPTION_UNAVAILABLE", "expected factors to be exchanged first");
    }
    return seed;
  };
  const stream = (data: Uint8Array, start: number): Uint8Array => {
    let state = start || 1;
    return data.map((byte) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return byte ^ (state >>> 24);
    });
  };
  return {
    interoperable: false,
    publicKey: () => encodeBase64(ownKey),
    acceptPublicKey(key) {
      otherKey = decodeBase64(key);
    },
    factors() {
      if (otherKey === undefined) {
        throw new ZkPushError("ENCRYPTION_UNAVAILABLE", "expected keys to be exchanged first");
      }
      return encodeBase64(mixed(ownFactor, otherKey));
    },
    acceptFactors(factors) {
      const other = mixed(decodeBase64(factors), ownKey);
      // Both sides make the same of the two factors, whichever is their own.
      seed = (crc32(ownFactor) ^ crc32(other)) >>> 0;
    },
    encrypt(body) {
      const checked = new Uint8Array(4 + body.length);
      new DataView(checked.buffer).setUint32(0, crc32(body));
      checked.set(body, 4);
      return stream(checked, ready());
    },
    decrypt(body) {
      const checked = stream(body, ready());
      const plain = checked.subarray(4);
      const sum = checked.length < 4 ? -1 : new DataView(checked.buffer).getUint32(0);
      if (sum !== crc32(plain)) {
        throw new ZkPushError("RESPONSE_MALFORMED", "expected a body with its checksum");
      }
      return plain;
    },
  };
};
