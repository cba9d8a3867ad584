export * from "./cipher.js";
export {
  type DecryptionInput,
  decryptValue,
  type EncryptedValue,
  type EncryptionInput,
  encryptValue,
  normaliseThumbprint,
  type SessionKeyOpener,
  sessionKeyOpener,
  thumbprintOf,
} from "./session.js";
