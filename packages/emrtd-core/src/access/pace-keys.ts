import { equalBytes } from "../bytes.js";
import type { KeyAgreementParameters } from "../crypto/key-agreement.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";
import { padBlocks } from "../iso7816/padding.js";
import {
  MAC_LENGTH,
  type SecureMessagingCipher,
  type SecureMessagingSession,
  SM_CIPHERS,
} from "../iso7816/sm-cipher.js";
import { encodeOid, type Oid } from "../oid.js";
import { encodeTlv } from "../tlv.js";
import { deriveKey, deriveSessionKeys, KEY_COUNTER } from "./key-derivation.js";
import type { PasswordKind } from "./pace-messages.js";
import { isMrzPassword, mrzInformation, type Password } from "./password.js";

/** Which of the four a password is. */
export const passwordKind = (password: Password): PasswordKind => {
  if (isMrzPassword(password)) return "mrz";
  if ("can" in password) return "can";
  return "pin" in password ? "pin" : "puk";
};

/** Bytes of a CAN, PIN or PUK at most. */
const MAX_SECRET_LENGTH = 64;

/**
 * K_pi, with which the nonce is encrypted (Doc 9303-11, 9.7.3): of the SHA-1 of the MRZ information, or of
 * the characters of a CAN, PIN or PUK.
 *
 * @throws EmrtdError `PASSWORD_INVALID`.
 */
export const passwordKey = (
  password: Password,
  cipher: SecureMessagingCipher,
  crypto: CryptoProvider,
): Uint8Array => deriveKey(crypto, cipher, passwordSecret(password, crypto), KEY_COUNTER.password);

const passwordSecret = (password: Password, crypto: CryptoProvider): Uint8Array => {
  const text = new TextEncoder();
  if (isMrzPassword(password)) return crypto.hash("SHA-1", text.encode(mrzInformation(password)));
  const secret = "can" in password ? password.can : "pin" in password ? password.pin : password.puk;
  // ISO 8859-1 and UTF-8 agree on these, and nobody prints others.
  if (!/^[\x20-\x7e]+$/.test(secret) || secret.length > MAX_SECRET_LENGTH) {
    throw new EmrtdError(
      "PASSWORD_INVALID",
      `expected 1 to ${MAX_SECRET_LENGTH} printable characters for the ${passwordKind(password)}`,
    );
  }
  return text.encode(secret);
};

/** z = E(K_pi, s) in CBC mode with a zero IV, and back (4.4.3.3). */
export const encryptNonce = (
  cipher: SecureMessagingCipher,
  key: Uint8Array,
  nonce: Uint8Array,
  crypto: CryptoProvider,
): Uint8Array =>
  cipher === "3DES"
    ? crypto.tripleDesCbcEncrypt(key, new Uint8Array(8), nonce)
    : crypto.aesCbcEncrypt(key, new Uint8Array(16), nonce);

export const decryptNonce = (
  cipher: SecureMessagingCipher,
  key: Uint8Array,
  cryptogram: Uint8Array,
  crypto: CryptoProvider,
): Uint8Array =>
  cipher === "3DES"
    ? crypto.tripleDesCbcDecrypt(key, new Uint8Array(8), cryptogram)
    : crypto.aesCbcDecrypt(key, new Uint8Array(16), cryptogram);

/** The session that follows an agreement: the counter starts at zero (9.8.6.3, 9.8.7.3). */
export const agreedSession = (
  cipher: SecureMessagingCipher,
  secret: Uint8Array,
  crypto: CryptoProvider,
): SecureMessagingSession => ({
  cipher,
  ...deriveSessionKeys(crypto, cipher, secret),
  sendSequenceCounter: new Uint8Array(SM_CIPHERS[cipher].block),
});

/** Public key data object with the identifier of the protocol and the key alone (9.4, 9.4.5). */
export const ephemeralKeyObject = (
  protocol: Oid,
  type: KeyAgreementParameters["type"],
  publicKey: Uint8Array,
): Uint8Array<ArrayBuffer> =>
  encodeTlv(
    0x7f49,
    encodeTlv(0x06, encodeOid(protocol)),
    encodeTlv(type === "EC" ? 0x86 : 0x84, publicKey),
  );

/** Authentication token over the public key of the other side (4.4.3.4). */
export const authenticationToken = (
  { cipher, macKey }: SecureMessagingSession,
  publicKeyObject: Uint8Array,
  crypto: CryptoProvider,
): Uint8Array =>
  cipher === "3DES"
    ? crypto.retailMac(macKey, padBlocks(publicKeyObject, 8))
    : crypto.aesCmac(macKey, publicKeyObject).slice(0, MAC_LENGTH);

/** Compares tokens in constant time. */
export const isToken = (expected: Uint8Array, found: Uint8Array | undefined): boolean =>
  found !== undefined && equalBytes(expected, found);
