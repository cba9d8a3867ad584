import {
  ACTIVE_AUTHENTICATION_CHALLENGE_LENGTH,
  activeAuthentication,
  activeAuthenticationLength,
} from "../authentication/active.js";
import type { ActiveAuthenticationEvidence } from "../authentication/evidence.js";
import { decodeSubjectPublicKeyInfo } from "../crypto/public-key.js";
import { EmrtdError } from "../errors.js";
import { decodeDg15 } from "../lds/dg15.js";
import { type Protocol, runThrough } from "../protocol.js";
import { open, type ReadingState, through } from "./reading-state.js";
import { isRefusalInTheClear } from "./refusal.js";

/**
 * Has the chip sign a challenge with the key of DG15, where it holds one that can be read.
 *
 * A chip without extended length may end the session over a command that asks for a long signature: it
 * is opened again and asked once more for what fits a short answer.
 *
 * @param given the challenge, where it is not drawn here.
 */
export function* proveByActiveAuthentication(
  state: ReadingState,
  dg15: Uint8Array,
  given?: Uint8Array,
): Protocol<ActiveAuthenticationEvidence | undefined> {
  const expected = signatureLength(dg15);
  if (expected === undefined) return undefined;
  state.report({ event: "active-authentication" });
  const challenge = given ?? state.random(ACTIVE_AUTHENTICATION_CHALLENGE_LENGTH);
  let refusal = 0;
  for (const attempt of [activeAuthentication(challenge, expected), shortAttempt(challenge)]) {
    try {
      return yield* keepingFirst(state, attempt);
    } catch (error) {
      if (!isRefusalInTheClear(error)) throw error;
      refusal = error.statusWord ?? 0;
      yield* open(state);
    }
  }
  return evidence(challenge, new Uint8Array(0), refusal);
}

/** One command that any chip takes, whatever comes of it. */
function* shortAttempt(challenge: Uint8Array): Protocol<ActiveAuthenticationEvidence> {
  const answer = yield { cla: 0, ins: 0x88, p1: 0, p2: 0, data: challenge, le: 256 };
  return evidence(challenge, answer.data, answer.statusWord);
}

const evidence = (
  challenge: Uint8Array,
  signature: Uint8Array,
  statusWord: number,
): ActiveAuthenticationEvidence => ({
  protocol: "active-authentication",
  challenge,
  signature,
  statusWord,
});

/**
 * A second try may break the session and keeps the first answer all the same. Where the chip refused it in
 * the clear, the chip is opened again; anything else that was wrong with it ends the reading.
 */
function* keepingFirst(
  state: ReadingState,
  attempt: Protocol<ActiveAuthenticationEvidence>,
): Protocol<ActiveAuthenticationEvidence> {
  let broken: unknown;
  const watched = runThrough(attempt, function* (command) {
    try {
      return yield command;
    } catch (error) {
      broken = error;
      throw error;
    }
  });
  const proof = yield* through(state, watched);
  if (!state.opened?.channel?.ended) return proof;
  if (!isRefusalInTheClear(broken)) throw broken;
  yield* open(state);
  return proof;
}

const signatureLength = (dg15: Uint8Array): number | undefined => {
  try {
    const key = decodeSubjectPublicKeyInfo(decodeDg15(dg15).publicKey);
    return key.type === "DH" ? undefined : activeAuthenticationLength(key);
  } catch (error) {
    if (error instanceof EmrtdError) return undefined;
    throw error;
  }
};
