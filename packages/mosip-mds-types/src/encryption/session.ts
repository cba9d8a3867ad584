import { decodeBase64 } from "../base64.js";
import { fromHex, type RandomBytes, sha256, toHex } from "../bytes.js";
import { MdsError } from "../errors.js";
import { parseCertificate, rsaOaepKey } from "../signature/certificate.js";
import { importPrivate } from "../signature/signer.js";
import { subtle } from "../web-crypto.js";
import { aesGcm, type Cipher, gcmParameters, SESSION_KEY_LENGTH } from "./cipher.js";

/** An encrypted value and what its receiver needs to open it. */
export interface EncryptedValue {
  /** Ciphertext with the tag behind it. */
  readonly bioValue: Uint8Array;
  /** The session key, closed with RSA-OAEP (SHA-256 for hash and mask). */
  readonly sessionKey: Uint8Array;
  /** SHA-256 of the receiver's certificate in upper-case hexadecimal. */
  readonly thumbprint: string;
}

export interface EncryptionInput {
  readonly value: Uint8Array;
  /** Texts exactly as they will stand in the data block. */
  readonly timestamp: string;
  readonly transactionId: string;
  /** The receiver's certificate, DER. */
  readonly certificate: Uint8Array;
  readonly cipher: Cipher;
  /** Gives the session key, one for each value: with the same key the same second would repeat a vector. */
  readonly random: RandomBytes;
}

/**
 * Encrypts a captured value for the holder of a certificate: the device's side.
 *
 * @throws MdsError `ENCRYPTION_INPUT`, `CERTIFICATE_UNSUPPORTED`, `DER_MALFORMED`.
 */
export const encryptValue = async (input: EncryptionInput): Promise<EncryptedValue> =>
  closeValue(input, input.random(SESSION_KEY_LENGTH));

/** The same with a session key of the caller's: for tests alone, and not exported from the package's entry. */
export const closeValue = async (
  input: Omit<EncryptionInput, "random">,
  sessionKey: Uint8Array,
): Promise<EncryptedValue> => {
  if (sessionKey.length !== SESSION_KEY_LENGTH) {
    throw new MdsError(
      "ENCRYPTION_INPUT",
      `expected ${SESSION_KEY_LENGTH} random bytes, found ${sessionKey.length}`,
    );
  }
  const parameters = gcmParameters(input.cipher, input.timestamp, input.transactionId);
  const receiver = await rsaOaepKey(parseCertificate(input.certificate));
  const key = await subtle().importKey("raw", sessionKey, { name: "AES-GCM" }, false, ["encrypt"]);
  return {
    bioValue: new Uint8Array(await subtle().encrypt(aesGcm(parameters), key, input.value)),
    sessionKey: new Uint8Array(await subtle().encrypt({ name: "RSA-OAEP" }, receiver, sessionKey)),
    thumbprint: await thumbprintOf(input.certificate),
  };
};

/** SHA-256 of a certificate in upper-case hexadecimal. */
export const thumbprintOf = async (certificate: Uint8Array): Promise<string> =>
  toHex(await sha256(certificate));

/** A thumbprint in upper-case hexadecimal; older devices send base64. `undefined` when it is neither. */
export const normaliseThumbprint = (text: string): string | undefined => {
  const hex = fromHex(text);
  if (hex?.length === 32) {
    return text.toUpperCase();
  }
  try {
    const bytes = decodeBase64(text);
    return bytes.length === 32 ? toHex(bytes) : undefined;
  } catch {
    return undefined;
  }
};

/** Whoever opens session keys: a key store, or a key in memory. */
export interface SessionKeyOpener {
  /** Thumbprint of the certificate that belongs to the key, where it is known. */
  readonly thumbprint?: string;
  /** The session key; rejects when it does not open. */
  open(closed: Uint8Array): Promise<Uint8Array>;
}

/** An opener with its private RSA key in memory, PKCS#8. @throws MdsError `KEY_INVALID`. */
export const sessionKeyOpener = async (
  pkcs8: Uint8Array,
  certificate?: Uint8Array,
): Promise<SessionKeyOpener> => {
  const key = await importPrivate(pkcs8, "RSA-OAEP", "decrypt");
  return {
    ...(certificate === undefined ? {} : { thumbprint: await thumbprintOf(certificate) }),
    open: async (closed) =>
      new Uint8Array(await subtle().decrypt({ name: "RSA-OAEP" }, key, closed)),
  };
};

export interface DecryptionInput {
  readonly bioValue: Uint8Array;
  readonly sessionKey: Uint8Array;
  /** Texts exactly as they stand in the data block. */
  readonly timestamp: string;
  readonly transactionId: string;
  readonly cipher: Cipher;
  readonly opener: SessionKeyOpener;
}

/**
 * Opens a captured value: the server's side.
 *
 * @throws MdsError `DECRYPTION_FAILED`, without saying which part did not open; `ENCRYPTION_INPUT`.
 */
export const decryptValue = async (input: DecryptionInput): Promise<Uint8Array> => {
  const parameters = gcmParameters(input.cipher, input.timestamp, input.transactionId);
  try {
    const raw = await input.opener.open(input.sessionKey);
    const key = await subtle().importKey("raw", raw, { name: "AES-GCM" }, false, ["decrypt"]);
    return new Uint8Array(await subtle().decrypt(aesGcm(parameters), key, input.bioValue));
  } catch (cause) {
    throw new MdsError("DECRYPTION_FAILED", "expected a value that opens with the key", { cause });
  }
};
