import { equalBytes } from "../bytes.js";
import {
  type KeyAgreementGroup,
  type KeyAgreementParameters,
  keyAgreementGroup,
} from "../crypto/key-agreement.js";
import type { CryptoProvider, RandomBytes } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";
import type { CommandApdu } from "../iso7816/command-apdu.js";
import { type SecureMessagingSession, SM_CIPHERS } from "../iso7816/sm-cipher.js";
import { formatStatus, isSuccess, statusError } from "../iso7816/status-word.js";
import type { Protocol } from "../protocol.js";
import {
  agreedSession,
  authenticationToken,
  decryptNonce,
  ephemeralKeyObject,
  isToken,
  passwordKey,
  passwordKind,
} from "./pace-keys.js";
import { integratedNonceLengths, mapGenerically, mapIntegrated } from "./pace-mapping.js";
import {
  type AuthenticationData,
  decodeAuthenticationData,
  generalAuthenticate,
  PACE_TAG,
  selectPace,
} from "./pace-messages.js";
import { type PaceProtocol, paceCombinationFault } from "./pace-protocol.js";
import type { Password } from "./password.js";

export interface PaceOptions {
  /** Asked for the mapping key (or the second nonce), then for the key of the agreement. */
  readonly random: RandomBytes;
  readonly crypto: CryptoProvider;
  /** Identifier of the parameters, where the offer states one. */
  readonly parameterId?: number;
  /** Sends it: where several are on offer, or to a chip that wants it in any case. Default false. */
  readonly sendParameterId?: boolean;
  /** Certificate holder authorization template, to be told authority references for terminal authentication. */
  readonly authorization?: Uint8Array;
}

/** What PACE leaves behind. */
export interface PaceResult {
  /** What secure messaging goes on with. */
  readonly session: SecureMessagingSession;
  readonly protocol: PaceProtocol;
  readonly parameters: KeyAgreementParameters;
  /** PK_DH,IFD, which terminal authentication signs after chip authentication mapping. */
  readonly publicKey: Uint8Array;
  /** As it was offered, whether or not it was sent. */
  readonly parameterId?: number;
  /** Authority references of the chip, the most recent first; for terminal authentication. */
  readonly authorityReferences: readonly string[];
  /** All that was drawn and received: enough to compute the session again. */
  readonly transcript: PaceTranscript;
}

/** The inputs of both sides of one run. Secret while the session lives. */
export interface PaceTranscript {
  /** s, decrypted. */
  readonly nonce: Uint8Array;
  readonly mapping:
    | {
        readonly type: "key-agreement";
        readonly privateKey: Uint8Array;
        /** PK_Map,IC. */
        readonly chipPublicKey: Uint8Array;
      }
    | {
        readonly type: "nonce";
        /** t. */
        readonly second: Uint8Array;
      };
  readonly agreement: {
    readonly privateKey: Uint8Array;
    /** PK_DH,IC. */
    readonly chipPublicKey: Uint8Array;
  };
  /** T_IC. */
  readonly chipToken: Uint8Array;
  /** A_IC, with chip authentication mapping. */
  readonly encryptedChipAuthenticationData?: Uint8Array;
}

/**
 * Password authenticated connection establishment, the terminal's side (Doc 9303-11, 4.4). Runs in the
 * master file, before the eMRTD application is selected.
 *
 * @throws EmrtdError `ACCESS_DENIED` for a wrong password: chips answer slower after each, so do not try
 *   again; `ACCESS_ANSWER_INVALID` for a chip that breaks the protocol or does not prove the password;
 *   `PACE_COMBINATION` for parameters that the standard does not allow with the protocol; `APDU_STATUS`
 *   for any other refusal; `PASSWORD_INVALID`.
 */
export function* pace(
  password: Password,
  protocol: PaceProtocol,
  parameters: KeyAgreementParameters,
  options: PaceOptions,
): Protocol<PaceResult> {
  const { random, crypto } = options;
  const fault = paceCombinationFault(protocol, parameters);
  if (fault !== undefined) throw new EmrtdError("PACE_COMBINATION", `expected ${fault}`);
  const group = keyAgreementGroup(parameters, crypto);
  const key = passwordKey(password, protocol.cipher, crypto);
  yield* select(password, protocol, options);

  const nonce = yield* receiveNonce(protocol, key, crypto);
  const { mapping, generator } = yield* map(protocol, group, nonce, { random, crypto });

  const privateKey = group.privateKey(random);
  const publicKey = group.encode(group.power(generator, privateKey));
  const chipPublicKey = yield* exchangeElements(
    group,
    [PACE_TAG.terminalPublicKey, publicKey],
    PACE_TAG.chipPublicKey,
  );
  if (equalBytes(publicKey, group.encode(chipPublicKey))) {
    throw invalid("a public key of the chip's own");
  }
  const session = agreedSession(
    protocol.cipher,
    group.secretOf(group.power(chipPublicKey, privateKey)),
    crypto,
  );

  const keyObject = (element: Uint8Array) =>
    ephemeralKeyObject(protocol.oid, parameters.type, element);
  const token = authenticationToken(session, keyObject(chipPublicKey), crypto);
  const last = yield* authenticate(token);
  const chipToken = last.get(PACE_TAG.chipToken);
  if (!isToken(authenticationToken(session, keyObject(publicKey), crypto), chipToken)) {
    throw invalid("the token of a chip that knows the password");
  }
  const encrypted = last.get(PACE_TAG.encryptedChipAuthenticationData);
  if ((encrypted !== undefined) !== (protocol.mapping === "CAM")) {
    throw invalid("chip authentication data with chip authentication mapping, and only then");
  }
  return {
    session,
    protocol,
    parameters,
    publicKey,
    ...(options.parameterId === undefined ? {} : { parameterId: options.parameterId }),
    authorityReferences: authorityReferences(last),
    transcript: {
      nonce,
      mapping,
      agreement: { privateKey, chipPublicKey },
      chipToken: chipToken!,
      ...(encrypted === undefined ? {} : { encryptedChipAuthenticationData: encrypted }),
    },
  };
}

function* select(
  password: Password,
  { oid }: PaceProtocol,
  { parameterId, sendParameterId = false, authorization }: PaceOptions,
): Protocol<void> {
  const { statusWord } = yield selectPace({
    protocol: oid,
    password: passwordKind(password),
    ...(sendParameterId && parameterId !== undefined ? { parameterId } : {}),
    ...(authorization === undefined ? {} : { authorization }),
  });
  // 63Cx tells how often a PIN may still be tried: the protocol is selected all the same.
  if (statusWord !== 0x9000 && (statusWord & 0xfff0) !== 0x63c0) {
    throw statusError(statusWord, "MSE:Set AT for PACE");
  }
}

function* receiveNonce(
  { cipher, mapping }: PaceProtocol,
  key: Uint8Array,
  crypto: CryptoProvider,
): Protocol<Uint8Array> {
  const answer = yield* exchange(
    generalAuthenticate([], { last: false, largest: MAX_NONCE_LENGTH }),
  );
  const cryptogram = answer.get(PACE_TAG.encryptedNonce);
  const length = cryptogram?.length ?? 0;
  const { block } = SM_CIPHERS[cipher];
  // Whole blocks, as many as the chip likes (4.4.3.3): one, or as much as the key, mostly.
  const fits =
    mapping === "IM"
      ? length === integratedNonceLengths(cipher).nonce
      : length > 0 && length <= MAX_NONCE_LENGTH && length % block === 0;
  if (!cryptogram || !fits) {
    throw invalid(`an encrypted nonce in whole blocks, found ${length} bytes`);
  }
  return decryptNonce(cipher, key, cryptogram, crypto);
}

/** Nobody has a key or a group that asks for more. */
const MAX_NONCE_LENGTH = 64;

function* map(
  { mapping, cipher }: PaceProtocol,
  group: KeyAgreementGroup,
  nonce: Uint8Array,
  { random, crypto }: { readonly random: RandomBytes; readonly crypto: CryptoProvider },
): Protocol<{ mapping: PaceTranscript["mapping"]; generator: Uint8Array }> {
  if (mapping === "IM") {
    const second = random(integratedNonceLengths(cipher).second);
    const answer = yield* exchange(
      generalAuthenticate([[PACE_TAG.terminalMapping, second]], { last: false, largest: 0 }),
    );
    if ((answer.get(PACE_TAG.chipMapping)?.length ?? 0) !== 0) {
      throw invalid("no mapping data of the chip");
    }
    const generator = mapIntegrated(group, cipher, nonce, second, crypto);
    return { mapping: { type: "nonce", second }, generator };
  }
  const privateKey = group.privateKey(random);
  const publicKey = group.encode(group.power(group.generator, privateKey));
  const chipPublicKey = yield* exchangeElements(
    group,
    [PACE_TAG.terminalMapping, publicKey],
    PACE_TAG.chipMapping,
  );
  if (equalBytes(publicKey, group.encode(chipPublicKey))) {
    throw invalid("mapping data of the chip's own");
  }
  const shared = group.power(chipPublicKey, privateKey);
  return {
    mapping: { type: "key-agreement", privateKey, chipPublicKey },
    generator: mapOrRefuse(group, nonce, shared),
  };
}

/** A chip can choose its key so that the sum is at infinity; that is no generator. */
const mapOrRefuse = (
  group: KeyAgreementGroup,
  nonce: Uint8Array,
  shared: Uint8Array,
): Uint8Array => {
  try {
    return mapGenerically(group, nonce, shared);
  } catch (cause) {
    if (cause instanceof EmrtdError) throw invalid("mapping data that give a generator", cause);
    throw cause;
  }
};

function* exchangeElements(
  group: KeyAgreementGroup,
  own: readonly [tag: number, element: Uint8Array],
  answerTag: number,
): Protocol<Uint8Array> {
  const command = generalAuthenticate([own], { last: false, largest: group.elementLength });
  const element = (yield* exchange(command)).get(answerTag);
  if (!element || !group.isElement(element)) throw invalid(`an element of ${group.name}`);
  return element;
}

/** Status words with which chips refuse a token: the password is wrong. 63xx are failed attempts. */
const WRONG_PASSWORD: readonly number[] = [0x6982, 0x6985, 0x6988, 0x6a80];

function* authenticate(token: Uint8Array): Protocol<AuthenticationData> {
  const answer = yield generalAuthenticate([[PACE_TAG.terminalToken, token]], {
    last: true,
    largest: 128,
  });
  const { statusWord } = answer;
  if (statusWord >> 8 === 0x63 || WRONG_PASSWORD.includes(statusWord)) {
    throw new EmrtdError(
      "ACCESS_DENIED",
      `expected the chip to accept the password, found ${formatStatus(statusWord)}`,
      { statusWord },
    );
  }
  if (!isSuccess(answer)) throw statusError(statusWord, "GENERAL AUTHENTICATE");
  return readAnswer(answer.data);
}

function* exchange(command: CommandApdu): Protocol<AuthenticationData> {
  const answer = yield command;
  if (!isSuccess(answer)) throw statusError(answer.statusWord, "GENERAL AUTHENTICATE");
  return readAnswer(answer.data);
}

const readAnswer = (data: Uint8Array): AuthenticationData => {
  const objects = decodeAuthenticationData(data);
  if (!objects) throw invalid("dynamic authentication data");
  return objects;
};

const authorityReferences = (objects: AuthenticationData): string[] =>
  [PACE_TAG.authorityReference, PACE_TAG.previousAuthorityReference].flatMap((tag) => {
    const reference = objects.get(tag);
    return reference === undefined ? [] : [String.fromCharCode(...reference.subarray(0, 16))];
  });

const invalid = (expected: string, cause?: unknown): EmrtdError =>
  new EmrtdError("ACCESS_ANSWER_INVALID", `expected ${expected}, for PACE`, { cause });
