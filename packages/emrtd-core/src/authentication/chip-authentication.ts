import { agreedSession } from "../access/pace-keys.js";
import { concatBytes } from "../bytes.js";
import {
  type KeyAgreementGroup,
  type KeyAgreementParameters,
  keyAgreementGroup,
} from "../crypto/key-agreement.js";
import type { CryptoProvider, RandomBytes } from "../crypto/provider.js";
import type { DhKey, EcKey } from "../crypto/public-key.js";
import type { CommandApdu } from "../iso7816/command-apdu.js";
import type { ResponseApdu } from "../iso7816/response-apdu.js";
import type { SecureMessagingSession } from "../iso7816/sm-cipher.js";
import { isSuccess } from "../iso7816/status-word.js";
import { encodeOid } from "../oid.js";
import type { Protocol } from "../protocol.js";
import { encodeTlv } from "../tlv.js";
import type { ChipAuthenticationOffer } from "./chip-authentication-offers.js";

/** What the terminal has after chip authentication; whether it proves anything, the next answer shows. */
export interface ChipAuthenticationRun {
  /** SK_DH,IFD. */
  readonly privateKey: Uint8Array;
  /** PK_DH,IFD, which terminal authentication signs. */
  readonly publicKey: Uint8Array;
  /** The session to go on with; undefined where the chip refused and the old one goes on. */
  readonly session: SecureMessagingSession | undefined;
  /** The status word that decided. */
  readonly statusWord: number;
}

/**
 * Chip authentication version 1, the terminal's side (Doc 9303-11, 6.2): one key agreement with the static
 * key of the chip, inside the session that access control opened. With 3DES one MSE:Set KAT, with AES
 * MSE:Set AT and GENERAL AUTHENTICATE; those two as well with 3DES where the chip refuses the first (8.5).
 *
 * A chip that refuses is a result, not an error: its session goes on. That the chip has the key is shown
 * by its first answer under the new keys, and by nothing before it.
 *
 * @throws EmrtdError `CRYPTO_INPUT` where the key of the offer is not in its group.
 */
export function* chipAuthentication(
  offer: ChipAuthenticationOffer,
  options: { readonly random: RandomBytes; readonly crypto: CryptoProvider },
): Protocol<ChipAuthenticationRun> {
  const { protocol, publicKey: chipKey } = offer;
  const group = groupOf(chipKey, options.crypto);
  const privateKey = group.privateKey(options.random);
  const publicKey = group.encode(group.power(group.generator, privateKey));
  let answer: ResponseApdu | undefined;
  if (protocol.cipher === "3DES") answer = yield setKeyAgreementTemplate(publicKey, offer.keyId);
  if (!answer || !isSuccess(answer)) answer = yield* authenticateWithTemplate(offer, publicKey);
  const session = isSuccess(answer)
    ? chipAuthenticationSession(offer, privateKey, options.crypto)
    : undefined;
  return { privateKey, publicKey, session, statusWord: answer.statusWord };
}

/** The session that a private key of the terminal and the static key of the chip give. */
export const chipAuthenticationSession = (
  { protocol, publicKey }: Pick<ChipAuthenticationOffer, "protocol" | "publicKey">,
  privateKey: Uint8Array,
  crypto: CryptoProvider,
): SecureMessagingSession => {
  const group = groupOf(publicKey, crypto);
  const secret = group.secretOf(group.power(elementOf(publicKey), privateKey));
  return agreedSession(protocol.cipher, secret, crypto);
};

/** The group of a key. */
export const keyAgreementParametersOf = (key: EcKey | DhKey): KeyAgreementParameters =>
  key.type === "EC" ? { type: "EC", curve: key.curve } : { type: "DH", group: key };

const groupOf = (key: EcKey | DhKey, crypto: CryptoProvider): KeyAgreementGroup =>
  keyAgreementGroup(keyAgreementParametersOf(key), crypto);

const elementOf = (key: EcKey | DhKey): Uint8Array =>
  key.type === "EC" ? key.point : key.publicValue;

const keyReference = (keyId: number | undefined): Uint8Array =>
  keyId === undefined ? new Uint8Array() : encodeTlv(0x84, minimalBytes(keyId));

const minimalBytes = (value: number): Uint8Array => {
  const digits = value.toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return Uint8Array.from(even.match(/../g)!, (pair) => Number.parseInt(pair, 16));
};

/** MSE:Set KAT (6.2.4.1). */
const setKeyAgreementTemplate = (publicKey: Uint8Array, keyId?: number): CommandApdu => ({
  cla: 0x00,
  ins: 0x22,
  p1: 0x41,
  p2: 0xa6,
  data: concatBytes(encodeTlv(0x91, publicKey), keyReference(keyId)),
});

/** MSE:Set AT, then GENERAL AUTHENTICATE (6.2.4.2). */
function* authenticateWithTemplate(
  { protocol, keyId }: ChipAuthenticationOffer,
  publicKey: Uint8Array,
): Protocol<ResponseApdu> {
  const selected = yield {
    cla: 0x00,
    ins: 0x22,
    p1: 0x41,
    p2: 0xa4,
    data: concatBytes(encodeTlv(0x80, encodeOid(protocol.oid)), keyReference(keyId)),
  };
  if (!isSuccess(selected)) return selected;
  return yield {
    cla: 0x00,
    ins: 0x86,
    p1: 0x00,
    p2: 0x00,
    data: encodeTlv(0x7c, encodeTlv(0x80, publicKey)),
    le: 256,
  };
}
