import { type ChipCommand, type Conversation, isNoDiagnosis } from "../chip/conversation.js";
import type { HandoverOutcome } from "../chip/server-chip.js";
import type { CloseReason } from "../close-reason.js";
import { DocvalError } from "../errors.js";
import { unknownFields } from "../json/schemas.js";
import { LIMITS } from "../limits.js";
import { Accept, CHALLENGE_LENGTH } from "../messages/v2/accept.js";
import { Apdu } from "../messages/v2/apdu.js";
import { CaHandback } from "../messages/v2/ca-handback.js";
import type { CaHandover } from "../messages/v2/ca-handover.js";
import { Close } from "../messages/v2/close.js";
import { File } from "../messages/v2/file.js";
import type { Finish } from "../messages/v2/finish.js";
import { loggableMonitoring, type Monitoring } from "../messages/v2/monitoring.js";
import { type ClientMessage, decodeClientMessage, textTypeOf } from "../messages/v2/registry.js";
import type { Start } from "../messages/v2/start.js";
import { createFileBox } from "./files.js";
import { begun, pump } from "./pump.js";
import { type MadeResult, makeResult } from "./result-desk.js";
import { encodeResultFor } from "./result-guard.js";
import {
  type ClientSettings,
  DEFAULT_TIMEOUTS,
  type ServerSession,
  type ServerSessionOptions,
} from "./server-session.js";
import {
  SERVER_V2_TRANSITIONS,
  type ServerV2Input,
  type ServerV2State,
} from "./server-v2-transitions.js";
import { createSessionCore } from "./session-core.js";

/** A session of version 2. */
export interface ServerV2Session extends ServerSession {
  readonly state: ServerV2State;
}

/**
 * DocVal WebSocket API v2, the server's side: a challenge, chip authentication in the client's stead,
 * files in any order, the result.
 *
 * @param now when the connection was opened, in milliseconds of the clock that `receive` is told.
 */
export const createServerV2 = <Proof>(
  options: ServerSessionOptions<Proof>,
  now: number,
): ServerV2Session => {
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const core = createSessionCore<ServerV2State, ServerV2Input, keyof typeof DEADLINES>({
    first: "waiting-for-start",
    table: SERVER_V2_TRANSITIONS,
    closeMessage: (close) => Close.encode({ type: "CLOSE", ...close }),
  });
  const box = createFileBox();
  let start: Start | undefined;
  let client: ClientSettings = {};
  let challenge = new Uint8Array();
  let conversation: Conversation<ChipCommand, HandoverOutcome<Proof>> | undefined;
  let proofs: readonly Proof[] = [];
  let made: MadeResult | undefined;
  let sendResult = false;
  let notes = 0;
  let refusals = 0;

  core.deadline("TIMEOUT_WHILE_WAITING_FOR_START_MESSAGE", now + timeouts.start);

  const onStart = (message: Start) => {
    const settings = options.client(message.clientId);
    if (!settings) return core.close("START", "INVALID_CLIENT_ID");
    start = message;
    client = settings;
    challenge = Uint8Array.from(options.random(CHALLENGE_LENGTH));
    core.move("START", "reading");
    core.deadline("TIMEOUT_WHILE_WAITING_FOR_START_MESSAGE", undefined);
    core.deadline("MAX_SESSION_TIME_EXCEEDED", now + timeouts.session);
    core.tell({
      type: "started",
      version: 2,
      clientId: message.clientId,
      platform: message.platform,
      extendedLength: message.nfcAdapterSupportsExtendedLength,
      diagnostics: message.enableDiagnostics ?? false,
    });
    core.send(Accept.encode({ type: "ACCEPT", activeAuthenticationChallenge: challenge }));
  };

  const onHandover = (message: CaHandover, at: number) => {
    const dg14 = box.files.get("dg14");
    if (!dg14) return core.close("CA_HANDOVER", "PROTOCOL_ERROR");
    const most = message.maxTransceiveLengthForSecureMessaging;
    const limits = {
      command: most,
      response: most,
      block: message.maxBlockSize,
      extendedLength: start?.nfcAdapterSupportsExtendedLength ?? false,
    };
    const session = message.secureMessagingInfo;
    core.deadline("handover", at + timeouts.handover);
    conversation = begun(() => options.chip.authenticateChip({ dg14, session, limits }));
    drive("CA_HANDOVER", at);
  };

  /** One step of the conversation with the chip. */
  const drive = (on: "CA_HANDOVER" | "APDU", at: number, answer?: Uint8Array) => {
    const next = pump(conversation!, answer);
    if (next.done === "failed") return core.close(on, "SERVER_ERROR", next.cause);
    if (next.done) return handBack(on, next.result);
    core.move(on, "handover");
    core.deadline("apdu", at + timeouts.apdu);
    core.send(Apdu.encode({ type: "APDU", data: next.step.apdu }));
  };

  const handBack = (on: "CA_HANDOVER" | "APDU", outcome: HandoverOutcome<Proof>) => {
    if (outcome.outcome === "failed") return core.close(on, outcome.reason, outcome.cause);
    const { dg1, checkResult, session } = outcome;
    // Other bytes that the client sent under this name before are a sign of tampering.
    if (box.take({ name: "dg1", data: dg1 }) === "refused") {
      return core.close(on, "PROTOCOL_ERROR");
    }
    core.move(on, "handed-back");
    proofs = outcome.proofs;
    core.deadline("apdu", undefined);
    core.deadline("handover", undefined);
    core.tell({ type: "chip-authentication", checkResult });
    core.send(File.encode({ type: "FILE", name: "dg1", data: dg1 }));
    core.send(
      CaHandback.encode({ type: "CA_HANDBACK", checkResult, secureMessagingInfo: session }),
    );
  };

  const onAnswer = (answer: Uint8Array, at: number) => {
    refusals = isNoDiagnosis(answer) ? refusals + 1 : 0;
    if (refusals === 2) return core.close("APDU", "EMRTD_PASSPORT_READER_ERROR");
    drive("APDU", at, answer);
  };

  const onFinish = (message: Finish) => {
    const { files } = box;
    if (!files.has("sod") || !files.has("dg1")) return core.close("FINISH", "PROTOCOL_ERROR");
    const signature = message.activeAuthenticationSignature;
    try {
      made = makeResult(options, {
        clientId: start!.clientId,
        validationId: start!.validationId,
        resultServer: client.resultServer,
        files,
        proofs,
        ...(signature?.length ? { activeAuthentication: { challenge, signature } } : {}),
      });
    } catch (cause) {
      return core.close("FINISH", "SERVER_ERROR", cause);
    }
    sendResult = message.sendResult;
    core.move("FINISH", "delivering");
    core.deadline("MAX_SESSION_TIME_EXCEEDED", undefined);
    if (made.deliver) core.tell(made.deliver);
    else onDelivered(true);
  };

  const onDelivered = (posted: boolean) => {
    if (core.state !== "delivering") return;
    if (!posted) return core.close("delivered", "POST_TO_RESULT_SERVER_FAILED");
    if (sendResult) core.send(encodeResultFor(made!.passport));
    core.close("delivered", "");
  };

  const onMonitoring = (message: Monitoring) => {
    core.move("MONITORING", core.state);
    notes++;
    if (!start?.enableDiagnostics || notes > LIMITS.monitoringMessages) return;
    core.tell({ type: "monitoring", message: loggableMonitoring(message) });
  };

  const onMessage = (message: ClientMessage, at: number) => {
    const paths = unknownFields(message);
    if (paths.length > 0) core.tell({ type: "unknown-fields", paths });
    switch (message.type) {
      case "START":
        return onStart(message);
      case "CA_HANDOVER":
        return onHandover(message, at);
      case "FINISH":
        return onFinish(message);
      case "APDU":
        return onAnswer(message.data, at);
      case "MONITORING":
        return onMonitoring(message);
      case "FILE":
        if (box.take(message) === "taken") return core.move("FILE", core.state);
        return core.close("other", "PROTOCOL_ERROR");
    }
  };

  const onFrame = (frame: string | Uint8Array, at: number) => {
    const { state } = core;
    const message = readFrame(frame, options.strict ?? false);
    if (state === "delivering") return core.move(message.on, state);
    if ("cause" in message) {
      const { on, reason, cause, type } = message;
      if (state === "waiting-for-start" && type === "START") {
        return core.close("START", "INVALID_START_MESSAGE", cause);
      }
      return core.close(on, reason, cause);
    }
    if (SERVER_V2_TRANSITIONS.some((line) => line.from === state && line.on === message.on)) {
      return onMessage(message.message, at);
    }
    core.close("other", "PROTOCOL_ERROR");
  };

  return {
    get state() {
      return core.state;
    },
    get over() {
      return core.state === "closed";
    },
    receive(input, at) {
      if (core.state === "closed") return core.step();
      const late = core.overdue(at);
      if (late !== undefined) core.close("due", DEADLINES[late]);
      else if (input.kind === "frame") onFrame(input.frame, at);
      else if (input.kind === "delivered") onDelivered(input.posted);
      else if (input.kind === "gone") {
        if (core.state === "delivering") core.move("gone", "delivering");
        else core.leave("gone", input.end);
      }
      return core.step();
    },
  };
};

/** With which reason each deadline ends the session. */
const DEADLINES = {
  TIMEOUT_WHILE_WAITING_FOR_START_MESSAGE: "TIMEOUT_WHILE_WAITING_FOR_START_MESSAGE",
  MAX_SESSION_TIME_EXCEEDED: "MAX_SESSION_TIME_EXCEEDED",
  apdu: "TIMEOUT_WHILE_WAITING_FOR_RESPONSE",
  handover: "TIMEOUT_WHILE_WAITING_FOR_RESPONSE",
} as const satisfies Record<string, CloseReason>;

type Read =
  | { readonly on: ServerV2Input; readonly message: ClientMessage }
  | {
      readonly on: "other" | "no JSON";
      readonly reason: "PROTOCOL_ERROR" | "MALFORMED_JSON";
      readonly type: string | undefined;
      readonly cause: DocvalError;
    };

const readFrame = (frame: string | Uint8Array, strict: boolean): Read => {
  try {
    if (frame.length > LIMITS.frame) {
      throw new DocvalError("MESSAGE_INVALID", `expected at most ${LIMITS.frame} bytes in a frame`);
    }
    const message = decodeClientMessage(frame, { strict });
    return { on: message.type, message };
  } catch (cause) {
    if (!(cause instanceof DocvalError)) throw cause;
    const type = textTypeOf(frame);
    return cause.code === "JSON_MALFORMED"
      ? { on: "no JSON", reason: "MALFORMED_JSON", type, cause }
      : { on: "other", reason: "PROTOCOL_ERROR", type, cause };
  }
};
