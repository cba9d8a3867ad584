import { type ApduLimits, type Conversation, isNoDiagnosis } from "../chip/conversation.js";
import type { ReadOutcome, ReadStep } from "../chip/server-chip.js";
import type { CloseReason } from "../close-reason.js";
import { DocvalError } from "../errors.js";
import { parseJson } from "../json/parse.js";
import { unknownFields } from "../json/schemas.js";
import { checkStrictly } from "../json/strict.js";
import { LIMITS } from "../limits.js";
import { isAccessKey, withoutEmpty } from "../messages/v1/access-key.js";
import { Close } from "../messages/v1/close.js";
import { Start } from "../messages/v1/start.js";
import { Status, type StatusValue } from "../messages/v1/status.js";
import { ValidationResult } from "../result/validation-result.js";
import { begun, pump } from "./pump.js";
import { type MadeResult, makeResult } from "./result-desk.js";
import {
  type ClientSettings,
  DEFAULT_TIMEOUTS,
  type ServerSession,
  type ServerSessionOptions,
} from "./server-session.js";
import {
  SERVER_V1_TRANSITIONS,
  type ServerV1Input,
  type ServerV1State,
} from "./server-v1-transitions.js";
import { createSessionCore } from "./session-core.js";

/** A session of version 1. */
export interface ServerV1Session extends ServerSession {
  readonly state: ServerV1State;
}

export interface ServerV1Options<Proof = unknown> extends ServerSessionOptions<Proof> {
  /** Whether the client asked for the result, which version 1 does in the URL. */
  readonly returnResult: boolean;
}

/**
 * DocVal WebSocket API v1, the server's side: the server drives the chip through the client from the
 * first command to the last. Binary messages are APDUs as they are.
 *
 * @param now when the connection was opened, in milliseconds of the clock that `receive` is told.
 */
export const createServerV1 = <Proof>(
  options: ServerV1Options<Proof>,
  now: number,
): ServerV1Session => {
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const core = createSessionCore<ServerV1State, ServerV1Input, keyof typeof DEADLINES>({
    first: "waiting-for-start",
    table: SERVER_V1_TRANSITIONS,
    closeMessage: ({ code, reason }) => Close.encode({ close_code: code, close_reason: reason }),
  });
  let start: Start | undefined;
  let client: ClientSettings = {};
  let conversation: Conversation<ReadStep, ReadOutcome<Proof>> | undefined;
  let made: MadeResult | undefined;
  let refusals = 0;

  core.deadline("TIMEOUT_WHILE_WAITING_FOR_START_MESSAGE", now + timeouts.start);

  const onStart = (text: string, at: number) => {
    const message = readStart(text, options.strict ?? false);
    if (message instanceof DocvalError) {
      return core.close("start message", "INVALID_START_MESSAGE", message);
    }
    const settings = options.client(message.client_id);
    if (!settings) return core.close("start message", "INVALID_CLIENT_ID");
    const accessKey = withoutEmpty(message.access_key);
    if (!isAccessKey(accessKey)) {
      return core.close("start message", "INVALID_ACCESS_KEY_VALUES");
    }
    start = message;
    client = settings;
    core.deadline("TIMEOUT_WHILE_WAITING_FOR_START_MESSAGE", undefined);
    core.deadline("MAX_SESSION_TIME_EXCEEDED", now + timeouts.session);
    const paths = unknownFields(message);
    if (paths.length > 0) core.tell({ type: "unknown-fields", paths });
    core.tell({
      type: "started",
      version: 1,
      clientId: message.client_id,
      platform: message.platform,
      extendedLength: message.nfc_adapter_supports_extended_length,
      diagnostics: message.enable_diagnostics ?? false,
    });
    const request = { accessKey, limits: limitsOf(message) };
    conversation = begun(() => options.chip.readDocument(request));
    drive("start message", at);
  };

  /** The conversation up to its next command: each status leaves before the command that it announces. */
  const drive = (on: "start message" | "APDU", at: number, answer?: Uint8Array) => {
    let next = pump(conversation!, answer);
    while (next.done === false && next.step.type === "status") {
      announce(next.step.status);
      next = pump(conversation!);
    }
    if (next.done === "failed") return core.close(on, "SERVER_ERROR", next.cause);
    if (next.done) return onRead(on, next.result);
    if (next.step.type !== "command") return;
    core.move(on, "relaying");
    core.deadline("apdu", at + timeouts.apdu);
    core.send(next.step.apdu);
  };

  const announce = (status: StatusValue) => {
    core.send(Status.encode({ status }));
    core.tell({ type: "status", status });
  };

  const onRead = (on: "start message" | "APDU", outcome: ReadOutcome<Proof>) => {
    if (outcome.outcome === "failed") return core.close(on, outcome.reason, outcome.cause);
    announce("PASSIVE_AUTHENTICATION");
    try {
      made = makeResult(options, {
        clientId: start!.client_id,
        validationId: start!.validation_id,
        resultServer: client.resultServer,
        files: outcome.files,
        proofs: outcome.proofs,
      });
    } catch (cause) {
      return core.close(on, "SERVER_ERROR", cause);
    }
    core.move(on, "delivering");
    core.deadline("apdu", undefined);
    core.deadline("MAX_SESSION_TIME_EXCEEDED", undefined);
    // Clients let go of the chip now: no command follows.
    announce("DONE");
    if (made.deliver) core.tell(made.deliver);
    else onDelivered(true);
  };

  const onDelivered = (posted: boolean) => {
    if (core.state !== "delivering" || !made) return;
    if (!posted) return core.close("delivered", "POST_TO_RESULT_SERVER_FAILED");
    const { passport, validationId } = made;
    if (options.returnResult) {
      core.send(
        ValidationResult.encode({ emrtd_passport: passport, client_validation_id: validationId }),
      );
    }
    core.close("delivered", "");
  };

  const onAnswer = (answer: Uint8Array, at: number) => {
    if (core.state === "waiting-for-start") return core.close("APDU", "UNEXPECTED_MESSAGE");
    if (answer.length < SHORTEST_ANSWER || answer.length > LIMITS.apdu) {
      return core.close("APDU", "UNEXPECTED_MESSAGE");
    }
    refusals = isNoDiagnosis(answer) ? refusals + 1 : 0;
    if (refusals === 2) return core.close("APDU", "EMRTD_PASSPORT_READER_ERROR");
    drive("APDU", at, answer);
  };

  const onFrame = (frame: string | Uint8Array, at: number) => {
    const isText = typeof frame === "string";
    if (core.state === "delivering") return core.move(isText ? "text" : "APDU", "delivering");
    if (!isText) return onAnswer(frame, at);
    if (core.state === "waiting-for-start") return onStart(frame, at);
    core.close("text", "UNEXPECTED_MESSAGE");
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

const SHORTEST_ANSWER = 2;

/** With which reason each deadline ends the session. */
const DEADLINES = {
  TIMEOUT_WHILE_WAITING_FOR_START_MESSAGE: "TIMEOUT_WHILE_WAITING_FOR_START_MESSAGE",
  MAX_SESSION_TIME_EXCEEDED: "MAX_SESSION_TIME_EXCEEDED",
  apdu: "TIMEOUT_WHILE_WAITING_FOR_RESPONSE",
} as const satisfies Record<string, CloseReason>;

const limitsOf = (start: Start): ApduLimits => {
  const { max_command_bytes: command, max_response_bytes: response } = start;
  return {
    ...(command === undefined ? {} : { command }),
    ...(response === undefined ? {} : { response }),
    extendedLength: start.nfc_adapter_supports_extended_length,
  };
};

const readStart = (text: string, strict: boolean): Start | DocvalError => {
  try {
    if (text.length > LIMITS.frame) {
      throw new DocvalError("MESSAGE_INVALID", `expected at most ${LIMITS.frame} bytes`);
    }
    const json = parseJson(text);
    const message = Start.fromJson(json);
    if (strict) checkStrictly(message, json, Start.toJson(message));
    return message;
  } catch (error) {
    if (error instanceof DocvalError) return error;
    throw error;
  }
};
