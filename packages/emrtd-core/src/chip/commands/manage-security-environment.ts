import { createPaceChip } from "../../access/pace-chip.js";
import { passwordKey, passwordKind } from "../../access/pace-keys.js";
import { PASSWORD_REFERENCE } from "../../access/pace-messages.js";
import { type PaceOffer, paceOffers } from "../../access/pace-offers.js";
import { answerChipAuthentication } from "../../authentication/chip-authentication-chip.js";
import { chipAuthenticationData } from "../../authentication/chip-authentication-mapping.js";
import {
  CHIP_AUTHENTICATION_PROTOCOLS,
  chipAuthenticationProtocol,
} from "../../authentication/chip-authentication-offers.js";
import { TERMINAL_AUTHENTICATION } from "../../authentication/terminal-messages.js";
import { AUTHORIZATION_TAG } from "../../cvc/authorization.js";
import { EmrtdError } from "../../errors.js";
import { type ResponseApdu, statusOnly } from "../../iso7816/response-apdu.js";
import { createChipSecureMessaging } from "../../iso7816/secure-messaging-chip.js";
import { decodeCardAccess } from "../../lds/card-access.js";
import { decodeOid } from "../../oid.js";
import { decodeTlvs } from "../../tlv.js";
import type { ChipCommand, ChipContext } from "../chip-context.js";
import type { ChipAuthenticationKey } from "../personalisation.js";
import { bindTerminalKey, terminalOf } from "../terminal-session.js";

/** Data objects of the command by tag. */
type Objects = ReadonlyMap<number, Uint8Array>;

/**
 * MANAGE SECURITY ENVIRONMENT, SET.
 *
 * ```
 * P1-P2 C1A4  PACE (Doc 9303-11, 4.4.4.1)
 * P1-P2 41A6  chip authentication with 3DES, in one step (6.2.4.1)
 * P1-P2 41A4  chip authentication (6.2.4.2)
 * P1-P2 81B6  terminal authentication: the key of the next certificate (7.1.5.1)
 * P1-P2 81A4  terminal authentication: the key of the terminal (7.1.5.3)
 * ```
 */
export const MANAGE_SECURITY_ENVIRONMENT: ChipCommand = {
  ins: 0x22,
  name: "MANAGE SECURITY ENVIRONMENT",
  chaining: "data",
  answer({ p1, p2, data }, context) {
    const set = SETTERS[(p1 << 8) | p2];
    if (!set) return statusOnly(0x6a86);
    const objects = data && readObjects(data);
    return objects ? set(objects, context) : statusOnly(0x6a80);
  },
};

const readObjects = (data: Uint8Array): Objects | undefined => {
  try {
    return new Map(decodeTlvs(data).map(({ tag, value }) => [tag, value]));
  } catch (error) {
    if (error instanceof EmrtdError) return undefined;
    throw error;
  }
};

const setPace = (objects: Objects, context: ChipContext): ResponseApdu => {
  const { personalisation, state, crypto, random } = context;
  state.pace = undefined;
  const offer = chosenOffer(objects, context);
  if (!offer) return statusOnly(0x6a80);
  const reference = objects.get(0x83)?.[0];
  const password = personalisation.access.pace?.find(
    (known) => PASSWORD_REFERENCE[passwordKind(known)] === reference,
  );
  const { terminalTrust, keys } = personalisation;
  const { cardSecurity } = keys;
  if (!password || (offer.protocol.mapping === "CAM" && !cardSecurity)) return statusOnly(0x6a88);
  if (state.directory !== "master-file") return statusOnly(0x6985);
  state.pace = createPaceChip({
    protocol: offer.protocol,
    parameters: offer.parameters,
    passwordKey: passwordKey(password, offer.protocol.cipher, crypto),
    random,
    crypto,
    // Told only to a terminal that asks (4.4.4.1).
    ...(objects.has(AUTHORIZATION_TAG) && terminalTrust
      ? { authorityReferences: terminalTrust.trustPoints.map((point) => point.reference) }
      : {}),
    ...(cardSecurity
      ? {
          chipAuthenticationData: (mappingKey: Uint8Array) =>
            chipAuthenticationData(cardSecurity, mappingKey),
        }
      : {}),
  });
  return statusOnly(0x9000);
};

/** The offer that the terminal means; without an identifier only where it is the one of its protocol. */
const chosenOffer = (objects: Objects, { personalisation }: ChipContext): PaceOffer | undefined => {
  const { CardAccess: file } = personalisation.files;
  const oid = readOid(objects);
  if (!file || !personalisation.access.pace || !oid) return undefined;
  const offers = paceOffers(decodeCardAccess(file).securityInfos).filter(
    ({ protocol }) => protocol.oid === oid,
  );
  const id = objects.get(0x84);
  if (id === undefined) return offers.length === 1 ? offers[0] : undefined;
  return offers.find(({ parameterId }) => id.length === 1 && parameterId === id[0]);
};

const readOid = (objects: Objects): string | undefined => {
  try {
    return decodeOid(objects.get(0x80) ?? new Uint8Array());
  } catch (error) {
    if (error instanceof EmrtdError) return undefined;
    throw error;
  }
};

/** The key that the terminal means; without an identifier only where there is one. */
const chosenKey = (
  objects: Objects,
  { personalisation }: ChipContext,
): ChipAuthenticationKey | undefined => {
  const keys = personalisation.keys.dg14 ?? [];
  const reference = objects.get(0x84);
  if (!reference) return keys.length === 1 ? keys[0] : undefined;
  const id = reference.reduce((value, byte) => value * 256 + byte, 0);
  return keys.find(({ keyId }) => keyId === id);
};

const setKeyAgreementTemplate = (objects: Objects, context: ChipContext): ResponseApdu => {
  const { state, crypto } = context;
  const chosen = chosenKey(objects, context);
  const terminalKey = objects.get(0x91);
  if (!state.session) return statusOnly(0x6982);
  if (!chosen) return statusOnly(0x6a88);
  const agreement = chosen.key.type === "EC" ? "ECDH" : "DH";
  const protocol = CHIP_AUTHENTICATION_PROTOCOLS.find(
    (known) => known.agreement === agreement && known.cipher === "3DES",
  )!;
  const session =
    terminalKey && answerChipAuthentication(chosen.key, protocol, terminalKey, crypto);
  if (!session) return statusOnly(0x6a80);
  // The answer to this command still leaves under the old keys.
  state.session = createChipSecureMessaging(session, crypto);
  bindTerminalKey(context, chosen.key.type, terminalKey);
  return statusOnly(0x9000);
};

const setChipAuthentication = (objects: Objects, context: ChipContext): ResponseApdu => {
  const { state } = context;
  const oid = readOid(objects);
  const protocol = oid === undefined ? undefined : chipAuthenticationProtocol(oid);
  const key = chosenKey(objects, context);
  state.chipAuthentication = undefined;
  if (!state.session) return statusOnly(0x6982);
  if (!key) return statusOnly(0x6a88);
  if (!protocol || (protocol.agreement === "ECDH") !== (key.key.type === "EC")) {
    return statusOnly(0x6a80);
  }
  state.chipAuthentication = { protocol, key };
  return statusOnly(0x9000);
};

const setVerificationKey = (objects: Objects, context: ChipContext): ResponseApdu => {
  const terminal = terminalOf(context);
  return typeof terminal === "number"
    ? statusOnly(terminal)
    : statusOnly(terminal.selectVerificationKey(objects.get(0x83)));
};

const setAuthenticationKey = (objects: Objects, context: ChipContext): ResponseApdu => {
  const terminal = terminalOf(context);
  if (typeof terminal === "number") return statusOnly(terminal);
  if (!context.state.terminalKey) return statusOnly(0x6982);
  return statusOnly(terminal.selectAuthenticationKey(objects.get(0x83)));
};

const SETTERS: Readonly<Record<number, (objects: Objects, context: ChipContext) => ResponseApdu>> =
  {
    [0xc1a4]: setPace,
    [0x41a6]: setKeyAgreementTemplate,
    [0x41a4]: setChipAuthentication,
    [TERMINAL_AUTHENTICATION.verificationKey]: setVerificationKey,
    [TERMINAL_AUTHENTICATION.authenticationKey]: setAuthenticationKey,
  };
