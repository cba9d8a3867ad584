import { equalBytes } from "../bytes.js";
import { type KeyAgreementParameters, keyAgreementGroup } from "../crypto/key-agreement.js";
import type { CryptoProvider, RandomBytes } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";
import { padBlocks } from "../iso7816/padding.js";
import type { SecureMessagingSession } from "../iso7816/sm-cipher.js";
import {
  agreedSession,
  authenticationToken,
  encryptNonce,
  ephemeralKeyObject,
  isToken,
} from "./pace-keys.js";
import { integratedNonceLengths, mapGenerically, mapIntegrated } from "./pace-mapping.js";
import {
  type AuthenticationData,
  decodeAuthenticationData,
  encodeAuthenticationData,
  PACE_TAG,
} from "./pace-messages.js";
import type { PaceProtocol } from "./pace-protocol.js";

export interface PaceChipOptions {
  readonly protocol: PaceProtocol;
  readonly parameters: KeyAgreementParameters;
  /** K_pi of the password that the terminal named. */
  readonly passwordKey: Uint8Array;
  /** Asked for the nonce, then for the mapping key, then for the key of the agreement. */
  readonly random: RandomBytes;
  readonly crypto: CryptoProvider;
  /** References sent with the token where the terminal asked for them. */
  readonly authorityReferences?: readonly string[];
  /** With chip authentication mapping: computes CA_IC from SK_Map,IC. */
  readonly chipAuthenticationData?: (mappingPrivateKey: Uint8Array) => Uint8Array;
}

/** What the chip says to one GENERAL AUTHENTICATE. */
export type PaceChipStep =
  | { readonly state: "next"; readonly data: Uint8Array }
  | { readonly state: "refused"; readonly statusWord: number }
  | {
      readonly state: "done";
      readonly data: Uint8Array;
      readonly session: SecureMessagingSession;
      /** PK_DH,IC, which terminal authentication signs as the identity of the chip. */
      readonly publicKey: Uint8Array;
      /** PK_DH,IFD, which it signs where the mapping authenticated the chip. */
      readonly terminalPublicKey: Uint8Array;
      readonly protocol: PaceProtocol;
      readonly parameters: KeyAgreementParameters;
    };

/** A run of PACE on the chip's side: one step each time it is given the data of a command. */
export interface PaceChip {
  step(data: Uint8Array): PaceChipStep;
}

const BAD_DATA = { state: "refused", statusWord: 0x6a80 } as const;
const WRONG_TOKEN = { state: "refused", statusWord: 0x6300 } as const;

/** PACE, the chip's side (Doc 9303-11, 4.4), after MSE:Set AT. A refusal ends the run. */
export const createPaceChip = (options: PaceChipOptions): PaceChip => {
  const run = steps(options);
  let given = run.next();
  return {
    step(data) {
      if (given.done) return BAD_DATA;
      const objects = decodeAuthenticationData(data);
      if (!objects) {
        given = run.return(BAD_DATA);
        return BAD_DATA;
      }
      given = run.next(objects);
      return given.value ?? BAD_DATA;
    },
  };
};

/** Is given the objects of each command and yields what is answered; the first yield is for nobody. */
function* steps({
  protocol,
  parameters,
  passwordKey,
  random,
  crypto,
  authorityReferences = [],
  chipAuthenticationData,
}: PaceChipOptions): Generator<PaceChipStep | undefined, PaceChipStep, AuthenticationData> {
  const { cipher, mapping, oid } = protocol;
  const group = keyAgreementGroup(parameters, crypto);
  const next = (tag: number, value: Uint8Array): PaceChipStep => ({
    state: "next",
    data: encodeAuthenticationData([[tag, value]]),
  });

  if ((yield undefined).size !== 0) return BAD_DATA;
  const integrated = integratedNonceLengths(cipher);
  const nonce = random(mapping === "IM" ? integrated.nonce : 16);
  const cryptogram = encryptNonce(cipher, passwordKey, nonce, crypto);
  const mappingData = (yield next(PACE_TAG.encryptedNonce, cryptogram)).get(
    PACE_TAG.terminalMapping,
  );

  let generator: Uint8Array;
  let mappingPrivateKey: Uint8Array | undefined;
  let answer: Uint8Array;
  try {
    if (mapping === "IM") {
      if (mappingData?.length !== integrated.second) return BAD_DATA;
      generator = mapIntegrated(group, cipher, nonce, mappingData, crypto);
      answer = new Uint8Array();
    } else {
      if (!mappingData || !group.isElement(mappingData)) return BAD_DATA;
      mappingPrivateKey = group.privateKey(random);
      generator = mapGenerically(group, nonce, group.power(mappingData, mappingPrivateKey));
      answer = group.encode(group.power(group.generator, mappingPrivateKey));
    }
  } catch (error) {
    if (error instanceof EmrtdError) return BAD_DATA;
    throw error;
  }
  const terminalKey = (yield next(PACE_TAG.chipMapping, answer)).get(PACE_TAG.terminalPublicKey);

  if (!terminalKey || !group.isElement(terminalKey)) return BAD_DATA;
  const privateKey = group.privateKey(random);
  const publicKey = group.encode(group.power(generator, privateKey));
  if (equalBytes(publicKey, group.encode(terminalKey))) return BAD_DATA;
  const secret = group.secretOf(group.power(terminalKey, privateKey));
  const session = agreedSession(cipher, secret, crypto);
  const token = (yield next(PACE_TAG.chipPublicKey, publicKey)).get(PACE_TAG.terminalToken);

  const tokenOver = (element: Uint8Array) =>
    authenticationToken(session, ephemeralKeyObject(oid, parameters.type, element), crypto);
  if (!isToken(tokenOver(publicKey), token)) return WRONG_TOKEN;
  const references = authorityReferences
    .slice(0, 2)
    .map((reference, index) => [0x87 + index, new TextEncoder().encode(reference)] as const);
  const data: (readonly [number, Uint8Array])[] = [
    [PACE_TAG.chipToken, tokenOver(terminalKey)],
    ...references,
  ];
  if (mapping === "CAM" && mappingPrivateKey && chipAuthenticationData) {
    const plain = chipAuthenticationData(mappingPrivateKey);
    data.push([
      PACE_TAG.encryptedChipAuthenticationData,
      crypto.aesCbcEncrypt(
        session.encryptionKey,
        chipAuthenticationIv(session, crypto),
        padBlocks(plain, 16),
      ),
    ]);
  }
  return {
    state: "done",
    data: encodeAuthenticationData(data),
    session,
    publicKey,
    terminalPublicKey: terminalKey,
    protocol,
    parameters,
  };
}

/** IV = E(KS_Enc, -1) (4.4.3.5.4). */
export const chipAuthenticationIv = (
  { encryptionKey }: SecureMessagingSession,
  crypto: CryptoProvider,
): Uint8Array =>
  crypto.aesCbcEncrypt(encryptionKey, new Uint8Array(16), new Uint8Array(16).fill(0xff));
