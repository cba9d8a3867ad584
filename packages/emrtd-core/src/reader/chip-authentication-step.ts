import { chipAuthentication } from "../authentication/chip-authentication.js";
import {
  type ChipAuthenticationOffer,
  chipAuthenticationOffers,
} from "../authentication/chip-authentication-offers.js";
import type { ChipAuthenticationEvidence } from "../authentication/evidence.js";
import { EmrtdError } from "../errors.js";
import { createSecureMessaging, type SecureMessaging } from "../iso7816/secure-messaging.js";
import { selectFile } from "../iso7816/select.js";
import { decodeDg14 } from "../lds/dg14.js";
import { fileByName } from "../lds/files.js";
import type { Protocol } from "../protocol.js";
import { open, type ReadingState, through } from "./reading-state.js";
import { isRefusalInTheClear } from "./refusal.js";
import { fitLadder } from "./stated-capabilities.js";

/**
 * Agrees new keys with a key of DG14, where it holds one that can be used, and goes on under them. The
 * chip's first answer under the new keys is the proof; one that is not rightly protected is evidence too,
 * and the chip is opened again without it.
 */
export function* proveByChipAuthentication(
  state: ReadingState,
  dg14: Uint8Array,
): Protocol<ChipAuthenticationEvidence | undefined> {
  const offer = offersOf(dg14)[0];
  const { opened, crypto } = state;
  if (!offer || !opened?.channel) return undefined;
  state.report({ event: "chip-authentication" });
  const evidence = {
    protocol: "chip-authentication",
    oid: offer.protocol.oid,
    ...(offer.keyId === undefined ? {} : { keyId: offer.keyId }),
  } as const;
  try {
    const { privateKey, publicKey, session, statusWord } = yield* through(
      state,
      chipAuthentication(offer, state),
    );
    if (!session) return { ...evidence, privateKey, statusWord, answer: new Uint8Array() };
    const channel = createSecureMessaging(session, crypto);
    const answer = yield* confirm(channel);
    if (channel.ended) yield* open(state);
    else state.opened = { ...opened, channel, terminalKey: { type: keyTypeOf(offer), publicKey } };
    fitLadder(state);
    return { ...evidence, privateKey, statusWord, answer };
  } catch (error) {
    if (!isRefusalInTheClear(error)) throw error;
    yield* open(state);
    return {
      ...evidence,
      privateKey: new Uint8Array(),
      statusWord: error.statusWord ?? 0,
      answer: new Uint8Array(),
    };
  }
}

const keyTypeOf = ({ protocol }: ChipAuthenticationOffer) =>
  protocol.agreement === "ECDH" ? "EC" : "DH";

/** The first exchange under the new keys, its answer kept as it came. A wrong one ends the channel. */
function* confirm(channel: SecureMessaging): Protocol<Uint8Array> {
  const answer = yield channel.protect(selectFile(fileByName("SOD")));
  try {
    channel.unprotect(answer);
  } catch (error) {
    if (!(error instanceof EmrtdError)) throw error;
  }
  return answer.data;
}

/** A DG14 that cannot be read, or whose keys cannot, offers nothing; the judgement says why. */
const offersOf = (dg14: Uint8Array): ChipAuthenticationOffer[] => {
  try {
    return chipAuthenticationOffers(decodeDg14(dg14).securityInfos);
  } catch (error) {
    if (error instanceof EmrtdError) return [];
    throw error;
  }
};
