import {
  type ChipAuthenticationEvidence,
  type ChipAuthenticationOffer,
  type CommandApdu,
  type CryptoProvider,
  chained,
  chipAuthentication,
  chipAuthenticationOffers,
  createDocumentReader,
  createSecureMessaging,
  DEFAULT_READ_PLAN,
  decodeDg14,
  EmrtdError,
  type Protocol,
  protectedBy,
  type RandomBytes,
  type ResponseApdu,
  type SecureMessagingSession,
} from "@org/emrtd-core";
import type { ChipCommand, Conversation } from "../chip/conversation.js";
import type { HandoverOutcome, HandoverRequest } from "../chip/server-chip.js";
import { DocvalError } from "../errors.js";
import type { CheckResult } from "../messages/v2/ca-handback.js";
import { commandRoom, readRoom, relayed } from "./apdu-room.js";
import type { EmrtdProof } from "./proof.js";
import { sessionInfo, sessionOf } from "./session-keys.js";

export interface ChipTools {
  readonly random: RandomBytes;
  readonly crypto: CryptoProvider;
}

/** Keys of one DG14 that are tried before chip authentication counts as failed. */
const MAX_OFFERS = 4;

/**
 * Chip authentication by the server, in a session that a client opened, then DG1 under the new keys; both
 * within the client's limits. The agreement still runs under the old keys, and so does DG1 where there are
 * no new ones: the client knows those, so only passive authentication says what that DG1 is worth.
 *
 * The new keys are returned when the last byte of DG1 is verified, and at no other point.
 */
export function* authenticateChip(
  { dg14, session, limits }: HandoverRequest,
  tools: ChipTools,
): Conversation<ChipCommand, HandoverOutcome<EmrtdProof>> {
  try {
    const rooms = { read: readRoom(limits), command: commandRoom(limits) };
    return yield* relayed(agreeAndRead(dg14, sessionOf(session), rooms, tools), limits);
  } catch (cause) {
    if (cause instanceof DocvalError) return { outcome: "failed", reason: "PROTOCOL_ERROR", cause };
    if (!(cause instanceof EmrtdError)) throw cause;
    return { outcome: "failed", reason: "EMRTD_PASSPORT_READER_ERROR", cause };
  }
}

interface Rooms {
  readonly read: number;
  readonly command: number;
}

function* agreeAndRead(
  dg14: Uint8Array,
  handedOver: SecureMessagingSession,
  rooms: Rooms,
  tools: ChipTools,
): Protocol<HandoverOutcome<EmrtdProof>> {
  const agreed = yield* agree(dg14, handedOver, rooms, tools);
  const reader = createDocumentReader([], {
    ...tools,
    session: agreed.session,
    plan: { ...DEFAULT_READ_PLAN, le: rungs(rooms.read) },
    commandRoom: rooms.command,
  });
  let firstAnswer = new Uint8Array();
  const reading = reader.step({ step: "read", file: "DG1", when: "always" });
  yield* listened(reading, ({ data }) => {
    if (firstAnswer.length === 0) firstAnswer = Uint8Array.from(data);
  });
  const { DG1: dg1 } = reader.files;
  const next = reader.session;
  if (!dg1 || !next) return { outcome: "failed", reason: "FILE_READ_ERROR" };
  const { proof, checkResult } = agreed;
  const evidence = proof
    ? [{ ...proof, answer: proof.statusWord === 0x9000 ? firstAnswer : proof.answer }]
    : [];
  return {
    outcome: "done",
    checkResult,
    dg1,
    session: sessionInfo(next),
    proofs: [{ evidence, files: {} }],
  };
}

/** Reads of at most so many bytes, the most first. */
export const rungs = (room: number): number[] => [
  room,
  ...DEFAULT_READ_PLAN.le.filter((rung): rung is number => rung !== "stated" && rung < room),
];

interface Agreed {
  readonly checkResult: CheckResult;
  /** New, or the old one moved on. */
  readonly session: SecureMessagingSession;
  /** Without the answer that proves it. */
  readonly proof?: ChipAuthenticationEvidence;
}

/** Tries what DG14 offers, the strongest first. A refusal inside the session leaves the session standing. */
function* agree(
  dg14: Uint8Array,
  handedOver: SecureMessagingSession,
  rooms: Rooms,
  tools: ChipTools,
): Protocol<Agreed> {
  const channel = createSecureMessaging(handedOver, tools.crypto);
  let proof: ChipAuthenticationEvidence | undefined;
  for (const offer of offersOf(dg14)) {
    const agreement = chained(chipAuthentication(offer, tools), rooms.command);
    const { privateKey, session, statusWord } = yield* protectedBy(channel, agreement);
    proof = {
      protocol: "chip-authentication",
      oid: offer.protocol.oid,
      ...(offer.keyId === undefined ? {} : { keyId: offer.keyId }),
      privateKey,
      statusWord,
      answer: new Uint8Array(),
    };
    if (session) return { checkResult: "SUCCESS", session, proof };
  }
  return proof
    ? { checkResult: "FAILED", session: channel.session, proof }
    : { checkResult: "UNAVAILABLE", session: channel.session };
}

/** A DG14 that cannot be read, or whose keys cannot, offers nothing; the judgement says why. */
const offersOf = (dg14: Uint8Array): ChipAuthenticationOffer[] => {
  try {
    return chipAuthenticationOffers(decodeDg14(dg14).securityInfos).slice(0, MAX_OFFERS);
  } catch (error) {
    if (error instanceof EmrtdError) return [];
    throw error;
  }
};

/** Shows every answer of the chip as it came. */
function* listened<Result>(
  protocol: Protocol<Result>,
  onAnswer: (answer: ResponseApdu) => void,
): Protocol<Result> {
  let step = protocol.next();
  while (!step.done) {
    const command: CommandApdu = step.value;
    const answer = yield command;
    onAnswer(answer);
    step = protocol.next(answer);
  }
  return step.value;
}
