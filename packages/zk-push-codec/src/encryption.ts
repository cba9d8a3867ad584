import { ZkPushError } from "./errors.js";
import { ENCRYPTION_VERSION, supports } from "./version.js";

/**
 * One end of an encrypted connection: appendix 8.
 *
 * The document names the messages (public keys, then factors) and leaves the algorithms to a static
 * library that is not published: which asymmetric cipher and padding, how a factor is made, how the
 * session key is derived, which symmetric cipher covers what, where the CRC-32 stands. Without that
 * library nothing can talk to a real terminal, so this package has none. Keep terminals in plain
 * mode, which every one of them speaks, and put TLS in front.
 */
export interface EncryptionProvider {
  /** Whether real terminals understand it. */
  readonly interoperable: boolean;
  /** This end's public key, as it stands in `PublicKey=`. */
  publicKey(): string;
  /** Takes the other end's public key. */
  acceptPublicKey(key: string): void;
  /** This end's factor, encrypted to the other end, as it stands in `Factors=`. */
  factors(): string;
  /** Takes the other end's factor: from here on both have the session key. */
  acceptFactors(factors: string): void;
  encrypt(body: Uint8Array): Uint8Array;
  decrypt(body: Uint8Array): Uint8Array;
}

/** Start of a body in the older encryption, `Encrypt=1`: its keyed scramble is not public. */
const LZO_MAGIC = [0x4c, 0x5a, 0x4f, 0x31] as const;

/** Whether a body is in the older encryption: `LZO1`, a length, and bytes that nobody can read. */
export const isLegacyEncrypted = (body: Uint8Array): boolean =>
  body.length >= 8 && LZO_MAGIC.every((byte, i) => body[i] === byte);

/** Whether two sides with this version encrypt, if both can: 2.4.0 and above (appendix 6). */
export const mayEncrypt = (version: string): boolean =>
  supports(version, { since: ENCRYPTION_VERSION });

/** The error of a side that is asked to encrypt and has no provider. */
export const encryptionUnavailable = (): ZkPushError =>
  new ZkPushError(
    "ENCRYPTION_UNAVAILABLE",
    "expected an encryption provider, found none: the ciphers of appendix 8 are not public",
  );
