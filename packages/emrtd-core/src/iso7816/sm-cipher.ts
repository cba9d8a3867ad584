import type { CryptoProvider } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";

/** Ciphers of secure messaging (Doc 9303-11, 9.8.6 and 9.8.7). */
export type SecureMessagingCipher = "3DES" | "AES-128" | "AES-192" | "AES-256";

/** A session between two exchanges: all that either side needs to go on, and all secret. */
export interface SecureMessagingSession {
  readonly cipher: SecureMessagingCipher;
  /** KS_Enc. */
  readonly encryptionKey: Uint8Array;
  /** KS_MAC. */
  readonly macKey: Uint8Array;
  /** SSC as it stands, of the cipher's block length; it is increased before every message. */
  readonly sendSequenceCounter: Uint8Array;
}

/** Bytes of key and of block. */
export const SM_CIPHERS: {
  readonly [cipher in SecureMessagingCipher]: { readonly key: number; readonly block: number };
} = {
  "3DES": { key: 16, block: 8 },
  "AES-128": { key: 16, block: 16 },
  "AES-192": { key: 24, block: 16 },
  "AES-256": { key: 32, block: 16 },
};

/** Bytes of a checksum in DO 8E. */
export const MAC_LENGTH = 8;

/** Session keys at work, on data in whole blocks. */
export interface SmCipher {
  readonly blockLength: number;
  encrypt(counter: Uint8Array, data: Uint8Array): Uint8Array;
  decrypt(counter: Uint8Array, data: Uint8Array): Uint8Array;
  mac(data: Uint8Array): Uint8Array;
}

/**
 * 3DES: zero IV, retail MAC. AES: IV = E(KS_Enc, SSC), first eight bytes of the CMAC.
 *
 * @throws EmrtdError `CRYPTO_INPUT` where a key or the counter has another length than the cipher's.
 */
export const createSmCipher = (
  session: SecureMessagingSession,
  crypto: CryptoProvider,
): SmCipher => {
  const { encryptionKey, macKey } = session;
  checkSession(session);
  const blockLength = SM_CIPHERS[session.cipher].block;
  const zero = new Uint8Array(blockLength);
  if (session.cipher === "3DES") {
    return {
      blockLength,
      encrypt: (_, data) => crypto.tripleDesCbcEncrypt(encryptionKey, zero, data),
      decrypt: (_, data) => crypto.tripleDesCbcDecrypt(encryptionKey, zero, data),
      mac: (data) => crypto.retailMac(macKey, data),
    };
  }
  const ivOf = (counter: Uint8Array) => crypto.aesCbcEncrypt(encryptionKey, zero, counter);
  return {
    blockLength,
    encrypt: (counter, data) => crypto.aesCbcEncrypt(encryptionKey, ivOf(counter), data),
    decrypt: (counter, data) => crypto.aesCbcDecrypt(encryptionKey, ivOf(counter), data),
    mac: (data) => crypto.aesCmac(macKey, data).subarray(0, MAC_LENGTH),
  };
};

const checkSession = (session: SecureMessagingSession): void => {
  const lengths = Object.hasOwn(SM_CIPHERS, session.cipher)
    ? SM_CIPHERS[session.cipher]
    : undefined;
  if (!lengths) {
    throw new EmrtdError("CRYPTO_UNSUPPORTED", "expected a cipher of secure messaging");
  }
  if (
    session.encryptionKey.length !== lengths.key ||
    session.macKey.length !== lengths.key ||
    session.sendSequenceCounter.length !== lengths.block
  ) {
    throw new EmrtdError(
      "CRYPTO_INPUT",
      `expected ${session.cipher} keys of ${lengths.key} bytes and a counter of ${lengths.block}`,
    );
  }
};

/** The next counter, big-endian, of the same width. */
export const incremented = (counter: Uint8Array): Uint8Array => {
  const next = new Uint8Array(counter);
  for (let i = next.length - 1; i >= 0; i--) {
    next[i] = next[i]! + 1;
    if (next[i] !== 0) break;
  }
  return next;
};
