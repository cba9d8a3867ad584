import { concatBytes, equalBytes } from "../bytes.js";
import type { CryptoProvider, RandomBytes } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";
import { APDU_LIMITS, type CommandApdu } from "../iso7816/command-apdu.js";
import { padBlocks } from "../iso7816/padding.js";
import type { ResponseApdu } from "../iso7816/response-apdu.js";
import type { SecureMessagingSession } from "../iso7816/sm-cipher.js";
import { expectSuccess, formatStatus, isSuccess, statusError } from "../iso7816/status-word.js";
import type { Protocol } from "../protocol.js";
import { basicAccessSeed, deriveSessionKeys, lastBytes, xorBytes } from "./key-derivation.js";
import { type MrzPassword, mrzInformation } from "./password.js";

/** Bytes of RND.IC and RND.IFD, of K.IC and K.IFD, and of what each side sends. */
export const BAC_LENGTHS = { nonce: 8, keyingMaterial: 16, cryptogram: 32, message: 40 } as const;

/** K_Enc and K_MAC, printed in the document. */
export interface BasicAccessKeys {
  readonly encryptionKey: Uint8Array;
  readonly macKey: Uint8Array;
}

/** Document basic access keys (Doc 9303-11, 9.7.2). */
export const basicAccessKeys = (crypto: CryptoProvider, password: MrzPassword): BasicAccessKeys =>
  deriveSessionKeys(crypto, "3DES", basicAccessSeed(crypto, mrzInformation(password)));

/** Status words with which chips refuse a wrong key; 63xx are warnings of failed authentication. */
const WRONG_KEY: readonly number[] = [0x6982, 0x6985, 0x6988, 0x6a80];
const WRONG_LENGTH = 0x6700;

/**
 * Basic access control, the terminal's side (Doc 9303-11, 4.3). The eMRTD application is selected.
 *
 * @param options.random asked for RND.IFD, 8 bytes, and then for K.IFD, 16 bytes; for both once more by a
 *   chip that refuses the first Le.
 * @returns the session that secure messaging goes on with.
 * @throws EmrtdError `ACCESS_DENIED` for a wrong password: chips answer slower after each, so do not
 *   try again; `ACCESS_ANSWER_INVALID` for a chip that does not prove the key; `APDU_STATUS` for any
 *   other refusal; `PASSWORD_INVALID`.
 */
export function* bac(
  password: MrzPassword,
  options: { readonly random: RandomBytes; readonly crypto: CryptoProvider },
): Protocol<SecureMessagingSession> {
  const { crypto } = options;
  const keys = basicAccessKeys(crypto, password);
  let run = yield* authenticate(keys, BAC_LENGTHS.message, options);
  // Said of Le, not of the password: chips have been seen that take 00 alone.
  if (run.answer.statusWord === WRONG_LENGTH) {
    run = yield* authenticate(keys, APDU_LIMITS.shortLe, options);
  }
  const { rndIc, rndIfd, kIfd, answer } = run;
  if (!isSuccess(answer)) throw refusal(answer.statusWord);
  const inside = verifyThenDecrypt(crypto, keys, answer.data);
  if (!inside) throw answerInvalid("the chip's nonces under the key of the password");
  const [firstIc, firstIfd, kIc] = split(inside);
  if (!equalBytes(firstIc, rndIc) || !equalBytes(firstIfd, rndIfd)) {
    throw answerInvalid("the nonces of this session, found others");
  }
  return sessionOf(crypto, rndIc, rndIfd, xorBytes(kIfd, kIc));
}

/** One challenge of the chip and the terminal's answer to it (4.3.4). */
function* authenticate(
  keys: BasicAccessKeys,
  le: number,
  { random, crypto }: { readonly random: RandomBytes; readonly crypto: CryptoProvider },
): Protocol<Record<"rndIc" | "rndIfd" | "kIfd", Uint8Array> & { readonly answer: ResponseApdu }> {
  const rndIc = expectSuccess(yield GET_CHALLENGE, "GET CHALLENGE");
  if (rndIc.length !== BAC_LENGTHS.nonce) {
    throw answerInvalid(`a challenge of ${BAC_LENGTHS.nonce} bytes, found ${rndIc.length}`);
  }
  const rndIfd = random(BAC_LENGTHS.nonce);
  const kIfd = random(BAC_LENGTHS.keyingMaterial);
  const data = encryptThenMac(crypto, keys, concatBytes(rndIfd, rndIc, kIfd));
  const answer = yield { ...EXTERNAL_AUTHENTICATE, data, le };
  return { rndIc, rndIfd, kIfd, answer };
}

/** What the chip answers EXTERNAL AUTHENTICATE with, and the session it goes on with. */
export interface BacAnswer {
  readonly data: Uint8Array;
  readonly session: SecureMessagingSession;
}

/**
 * Basic access control, the chip's side, after it gave out RND.IC.
 *
 * @param message E.IFD and M.IFD.
 * @param options.random asked for K.IC, 16 bytes.
 * @returns undefined where the terminal does not prove the key or answers another challenge.
 */
export const answerBac = (
  keys: BasicAccessKeys,
  rndIc: Uint8Array,
  message: Uint8Array,
  options: { readonly random: RandomBytes; readonly crypto: CryptoProvider },
): BacAnswer | undefined => {
  const { random, crypto } = options;
  const inside = verifyThenDecrypt(crypto, keys, message);
  if (!inside) return undefined;
  const [rndIfd, claimed, kIfd] = split(inside);
  if (!equalBytes(claimed, rndIc)) return undefined;
  const kIc = random(BAC_LENGTHS.keyingMaterial);
  return {
    data: encryptThenMac(crypto, keys, concatBytes(rndIc, rndIfd, kIc)),
    session: sessionOf(crypto, rndIc, rndIfd, xorBytes(kIfd, kIc)),
  };
};

const GET_CHALLENGE: CommandApdu = {
  cla: 0x00,
  ins: 0x84,
  p1: 0x00,
  p2: 0x00,
  le: BAC_LENGTHS.nonce,
};

const EXTERNAL_AUTHENTICATE: CommandApdu = {
  cla: 0x00,
  ins: 0x82,
  p1: 0x00,
  p2: 0x00,
};

const ZERO_IV = /* @__PURE__ */ new Uint8Array(8);

/** 3DES in CBC mode without padding, then the retail MAC over the padded cryptogram (4.3.3). */
const encryptThenMac = (
  crypto: CryptoProvider,
  keys: BasicAccessKeys,
  data: Uint8Array,
): Uint8Array => {
  const cryptogram = crypto.tripleDesCbcEncrypt(keys.encryptionKey, ZERO_IV, data);
  return concatBytes(cryptogram, crypto.retailMac(keys.macKey, padBlocks(cryptogram, 8)));
};

const verifyThenDecrypt = (
  crypto: CryptoProvider,
  keys: BasicAccessKeys,
  message: Uint8Array,
): Uint8Array | undefined => {
  if (message.length !== BAC_LENGTHS.message) return undefined;
  const cryptogram = message.subarray(0, BAC_LENGTHS.cryptogram);
  const mac = crypto.retailMac(keys.macKey, padBlocks(cryptogram, 8));
  return equalBytes(mac, message.subarray(BAC_LENGTHS.cryptogram))
    ? crypto.tripleDesCbcDecrypt(keys.encryptionKey, ZERO_IV, cryptogram)
    : undefined;
};

/** A nonce, the other nonce, keying material. */
const split = (inside: Uint8Array): [Uint8Array, Uint8Array, Uint8Array] => [
  inside.slice(0, 8),
  inside.slice(8, 16),
  inside.slice(16),
];

const sessionOf = (
  crypto: CryptoProvider,
  rndIc: Uint8Array,
  rndIfd: Uint8Array,
  secret: Uint8Array,
): SecureMessagingSession => ({
  cipher: "3DES",
  ...deriveSessionKeys(crypto, "3DES", secret),
  sendSequenceCounter: lastBytes(4, rndIc, rndIfd),
});

const refusal = (statusWord: number): EmrtdError =>
  statusWord >> 8 === 0x63 || WRONG_KEY.includes(statusWord)
    ? new EmrtdError(
        "ACCESS_DENIED",
        `expected the chip to accept the password, found ${formatStatus(statusWord)}`,
        { statusWord },
      )
    : statusError(statusWord, "EXTERNAL AUTHENTICATE");

const answerInvalid = (expected: string): EmrtdError =>
  new EmrtdError("ACCESS_ANSWER_INVALID", `expected ${expected}, for basic access control`);
