import { curveByName } from "../crypto/curves.js";
import { encodeEcdsaSignature, encodePlainEcdsaSignature } from "../crypto/ecdsa-signature.js";
import { checkLength } from "../crypto/input.js";
import { recoverableLength, signIso9796, trailerOf } from "../crypto/iso-9796-2.js";
import { portableCrypto } from "../crypto/portable.js";
import type { PrivateKey } from "../crypto/private-key.js";
import type { CryptoProvider, HashName, RandomBytes } from "../crypto/provider.js";
import type { PublicKey } from "../crypto/public-key.js";
import { EmrtdError } from "../errors.js";
import type { CommandApdu } from "../iso7816/command-apdu.js";
import type { ResponseApdu } from "../iso7816/response-apdu.js";
import type { Protocol } from "../protocol.js";
import type { ActiveAuthenticationEvidence } from "./evidence.js";

export {
  type ActiveAuthenticationResult,
  activeAuthenticationHash,
  verifyActiveAuthentication,
} from "./active-verify.js";

/** Bytes of RND.IFD (Doc 9303-11, 6.1.2.1). */
export const ACTIVE_AUTHENTICATION_CHALLENGE_LENGTH = 8;

/** A longer signature does not fit a short answer under secure messaging. */
const SHORT_ANSWER_ROOM = 231;
const SHORT_LE = 256;
const EXTENDED_LE = 65_536;

/** Bytes of a signature by this key: what {@link activeAuthentication} expects of the chip. */
export const activeAuthenticationLength = (key: PublicKey): number => {
  switch (key.type) {
    case "RSA":
      return key.modulus.length;
    case "EC":
      return 2 * curveByName(key.curve).orderLength;
    case "DH":
      return 0;
  }
};

/**
 * Active authentication, the terminal's side: one challenge, one signature (Doc 9303-11, 6.1).
 *
 * Asks for as much as the signature needs. An answer that is cut, promised in parts or refused for its
 * length is asked for once more with the other kind of Le, and the longer answer kept: some chips cut a
 * short answer without saying so, others answer an extended one with nothing.
 *
 * Whether the signature proves anything is for `verifyActiveAuthentication` to say, with a DG15 that
 * passive authentication covers. A refusal is part of the evidence and not an error.
 *
 * @param challenge RND.IFD, 8 random bytes chosen by whoever will judge the answer.
 * @param expectedLength of the signature in bytes, by the key in DG15.
 */
export function* activeAuthentication(
  challenge: Uint8Array,
  expectedLength: number,
): Protocol<ActiveAuthenticationEvidence> {
  checkLength(challenge, "a challenge", ACTIVE_AUTHENTICATION_CHALLENGE_LENGTH);
  const le = expectedLength <= SHORT_ANSWER_ROOM ? SHORT_LE : EXTENDED_LE;
  const first = yield internalAuthenticate(challenge, le);
  if (!mayBeCut(first, expectedLength)) return evidenceOf(challenge, first);
  let second: ResponseApdu;
  try {
    second = yield internalAuthenticate(challenge, le === SHORT_LE ? EXTENDED_LE : SHORT_LE);
  } catch {
    // It was a second try: what the first gave still stands, and a broken link shows with the next command.
    return evidenceOf(challenge, first);
  }
  const isBetter = second.statusWord === 0x9000 && second.data.length > first.data.length;
  return evidenceOf(challenge, isBetter ? second : first);
}

const internalAuthenticate = (challenge: Uint8Array, le: number): CommandApdu => ({
  cla: 0x00,
  ins: 0x88,
  p1: 0x00,
  p2: 0x00,
  data: challenge,
  le,
});

/** Less than a signature, or a status word that speaks of lengths: 61xx, 6282, 6700, 6Cxx. */
const mayBeCut = ({ data, statusWord }: ResponseApdu, expectedLength: number): boolean =>
  statusWord === 0x9000
    ? data.length < expectedLength
    : statusWord >> 8 === 0x61 ||
      statusWord === 0x6282 ||
      statusWord === 0x6700 ||
      statusWord >> 8 === 0x6c;

const evidenceOf = (
  challenge: Uint8Array,
  { data, statusWord }: ResponseApdu,
): ActiveAuthenticationEvidence => ({
  protocol: "active-authentication",
  challenge,
  signature: data,
  statusWord,
});

/** How a virtual chip signs, where it does not sign as the standard has it. */
export interface ActiveAuthenticationSigning {
  /** Default SHA-256, or for a small curve the largest hash that its order holds. */
  readonly hash?: HashName;
  /** RSA: `BC`, or the hash and `CC`. Default by the hash, as Doc 9303-11, 6.1.2.2 has it. */
  readonly trailer?: Uint8Array;
  /** ECDSA: plain, as Doc 9303-11, 6.1.2.3 has it, or DER, as some chips do. */
  readonly format?: "plain" | "der";
}

/**
 * The chip's side: the signature over a challenge.
 *
 * @throws EmrtdError `CRYPTO_UNSUPPORTED` for a key that cannot sign.
 */
export const answerActiveAuthentication = (
  key: PrivateKey,
  challenge: Uint8Array,
  signing: ActiveAuthenticationSigning,
  random: RandomBytes,
  crypto: CryptoProvider = portableCrypto,
): Uint8Array => {
  switch (key.type) {
    case "RSA": {
      const { hash = "SHA-256", trailer = trailerOf(hash) } = signing;
      const nonce = random(recoverableLength(key, hash, crypto, trailer));
      return signIso9796(key, hash, nonce, challenge, crypto, trailer);
    }
    case "EC": {
      const { orderLength } = curveByName(key.curve);
      const { hash = orderLength < 32 ? "SHA-224" : "SHA-256", format = "plain" } = signing;
      const signature = crypto.ecdsaSign(key.curve, key.scalar, hash, challenge);
      return format === "plain"
        ? encodePlainEcdsaSignature(signature)
        : encodeEcdsaSignature(signature);
    }
    case "DH":
      throw new EmrtdError("CRYPTO_UNSUPPORTED", "expected an RSA or EC key to sign with");
  }
};
