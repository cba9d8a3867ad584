import {
  agreedSession,
  authenticationToken,
  ephemeralKeyObject,
  isToken,
} from "../../access/pace-keys.js";
import { decodeAuthenticationData, encodeAuthenticationData } from "../../access/pace-messages.js";
import { concatBytes, equalBytes } from "../../bytes.js";
import { type KeyAgreementParameters, keyAgreementGroup } from "../../crypto/key-agreement.js";
import type { CryptoProvider, RandomBytes } from "../../crypto/provider.js";
import { EmrtdError } from "../../errors.js";
import type { CommandApdu } from "../../iso7816/command-apdu.js";
import type { SecureMessagingSession } from "../../iso7816/sm-cipher.js";
import { expectSuccess } from "../../iso7816/status-word.js";
import { encodeOid } from "../../oid.js";
import type { Protocol } from "../../protocol.js";
import { encodeTlv } from "../../tlv.js";
import type { ChipAuthenticationProtocol } from "../chip-authentication-offers.js";
import { compressKey } from "../terminal-binding.js";

/** Data objects of GENERAL AUTHENTICATE (TR-03110-3, B.3). */
const TAG = { terminalKey: 0x80, nonce: 0x81, token: 0x82 } as const;

/** Bytes of r_PICC. */
const NONCE_LENGTH = 8;

/** The static key of the chip and the protocol that it is used with. */
export interface ChipKeyVersionTwo {
  readonly protocol: ChipAuthenticationProtocol;
  readonly parameters: KeyAgreementParameters;
}

/**
 * Chip authentication version 2, the terminal's side (TR-03110-2, 3.4): unlike version 1 it follows terminal
 * authentication, uses the key pair that was signed there, and ends with a token, so that nothing more is
 * needed to prove the chip.
 *
 * @param chipKey an element: the signed static key of the chip.
 * @param privateKey the terminal's, whose public key terminal authentication bound to the session.
 * @returns the session to go on with.
 * @throws EmrtdError `ACCESS_ANSWER_INVALID` for a chip whose token does not prove the key, `APDU_STATUS`.
 */
export function* chipAuthenticationVersionTwo(
  { protocol, parameters }: ChipKeyVersionTwo,
  chipKey: Uint8Array,
  privateKey: Uint8Array,
  { crypto, keyId }: { readonly crypto: CryptoProvider; readonly keyId?: number },
): Protocol<SecureMessagingSession> {
  const group = keyAgreementGroup(parameters, crypto);
  const publicKey = group.encode(group.power(group.generator, privateKey));
  expectSuccess(yield selectProtocol(protocol, keyId), "MSE:Set AT for chip authentication");
  const answer = expectSuccess(yield authenticate(publicKey), "GENERAL AUTHENTICATE");
  const objects = decodeAuthenticationData(answer);
  const nonce = objects?.get(TAG.nonce);
  if (nonce?.length !== NONCE_LENGTH) throw invalid(`a nonce of ${NONCE_LENGTH} bytes`);
  const secret = group.secretOf(group.power(chipKey, privateKey));
  const session = sessionVersionTwo(protocol, secret, nonce, crypto);
  if (
    !isToken(tokenOf(session, protocol, parameters, publicKey, crypto), objects?.get(TAG.token))
  ) {
    throw invalid("the token of a chip that has the static key");
  }
  return session;
}

/** What the chip answers GENERAL AUTHENTICATE with, and the session that both go on with. */
export interface ChipAuthenticationVersionTwoAnswer {
  readonly data: Uint8Array;
  readonly session: SecureMessagingSession;
}

/**
 * Chip authentication version 2, the chip's side.
 *
 * @param data of GENERAL AUTHENTICATE.
 * @param compressedKey Comp(PK_PCD) of terminal authentication: no other key is taken.
 * @returns undefined where the key is no element, or another than was signed.
 */
export const answerChipAuthenticationVersionTwo = (
  { protocol, parameters }: ChipKeyVersionTwo,
  privateKey: Uint8Array,
  data: Uint8Array,
  compressedKey: Uint8Array,
  { crypto, random }: { readonly crypto: CryptoProvider; readonly random: RandomBytes },
): ChipAuthenticationVersionTwoAnswer | undefined => {
  const group = keyAgreementGroup(parameters, crypto);
  const terminalKey = decodeAuthenticationData(data)?.get(TAG.terminalKey);
  if (!terminalKey || !group.isElement(terminalKey)) return undefined;
  if (!equalBytes(compressKey(parameters.type, terminalKey, crypto), compressedKey)) {
    return undefined;
  }
  const nonce = random(NONCE_LENGTH);
  const secret = group.secretOf(group.power(terminalKey, privateKey));
  const session = sessionVersionTwo(protocol, secret, nonce, crypto);
  const token = tokenOf(session, protocol, parameters, terminalKey, crypto);
  const answer = encodeAuthenticationData([
    [TAG.nonce, nonce],
    [TAG.token, token],
  ]);
  return { data: answer, session };
};

/** KDF(K, r, c): the nonce stands between secret and counter (TR-03110-3, A.2.3.1). */
const sessionVersionTwo = (
  { cipher }: ChipAuthenticationProtocol,
  secret: Uint8Array,
  nonce: Uint8Array,
  crypto: CryptoProvider,
): SecureMessagingSession => agreedSession(cipher, concatBytes(secret, nonce), crypto);

/** T_PICC, over the public key of the terminal (TR-03110-2, 3.4). */
const tokenOf = (
  session: SecureMessagingSession,
  { oid }: ChipAuthenticationProtocol,
  { type }: KeyAgreementParameters,
  terminalKey: Uint8Array,
  crypto: CryptoProvider,
): Uint8Array => authenticationToken(session, ephemeralKeyObject(oid, type, terminalKey), crypto);

const selectProtocol = (
  { oid }: ChipAuthenticationProtocol,
  keyId: number | undefined,
): CommandApdu => ({
  cla: 0x00,
  ins: 0x22,
  p1: 0x41,
  p2: 0xa4,
  data: concatBytes(
    encodeTlv(0x80, encodeOid(oid)),
    keyId === undefined ? new Uint8Array() : encodeTlv(0x84, Uint8Array.of(keyId)),
  ),
});

const authenticate = (publicKey: Uint8Array): CommandApdu => ({
  cla: 0x00,
  ins: 0x86,
  p1: 0x00,
  p2: 0x00,
  data: encodeAuthenticationData([[TAG.terminalKey, publicKey]]),
  le: 256,
});

const invalid = (expected: string): EmrtdError =>
  new EmrtdError("ACCESS_ANSWER_INVALID", `expected ${expected}, for chip authentication`);
