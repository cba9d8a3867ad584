import type { ChipLengths, ReadChipLengths } from "../chip/client-chip.js";
import type { ChipCommand, Conversation } from "../chip/conversation.js";
import { DocvalError } from "../errors.js";
import { LIMITS } from "../limits.js";
import type { AccessKey } from "../messages/v1/access-key.js";
import { decodeServerText, type ServerText } from "../messages/v1/server-text.js";
import { Start } from "../messages/v1/start.js";
import { type ClientBehaviour, SPEC_BEHAVIOUR } from "./behaviour.js";
import { createClientCore } from "./client-core.js";
import type { ClientSession } from "./client-session.js";
import {
  CLIENT_V1_TRANSITIONS,
  type ClientV1Input,
  type ClientV1State,
} from "./client-v1-transitions.js";

export interface ClientV1Options {
  readonly clientId: string;
  readonly validationId: string;
  readonly accessKey: AccessKey;
  readonly diagnostics?: boolean;
  /** Default true. */
  readonly extendedLength?: boolean;
  /** Bytes of the longest APDUs, where the reader knows them. */
  readonly lengths?: Partial<ChipLengths>;
  /** Asks the chip for them, where the behaviour is to do so. */
  readonly readLengths?: ReadChipLengths;
  readonly behaviour?: ClientBehaviour;
}

export interface ClientV1Session extends ClientSession {
  readonly state: ClientV1State;
}

const NO_DIAGNOSIS = /* @__PURE__ */ Uint8Array.of(0x6f, 0x00);

/** DocVal WebSocket API v1, the client's side: it carries the server's commands to the chip. */
export const createClientV1 = (options: ClientV1Options): ClientV1Session => {
  const { behaviour = SPEC_BEHAVIOUR, extendedLength = true, diagnostics = false } = options;
  const core = createClientCore<ClientV1State, ClientV1Input, "session" | "close">({
    first: "connecting",
    table: CLIENT_V1_TRANSITIONS,
  });
  let preparing: Conversation<ChipCommand, ChipLengths | undefined> | undefined;
  let busy = false;

  const onOpen = (now: number) => {
    core.deadline("session", now + behaviour.patience.session);
    if (behaviour.readsChipLengths && options.readLengths) {
      preparing = options.readLengths();
      prepare("open", preparing.next(new Uint8Array()));
    } else start("open", options.lengths);
  };

  const prepare = (
    on: "open" | "answer",
    next: IteratorResult<ChipCommand, ChipLengths | undefined>,
  ) => {
    if (next.done) return start(on, next.value ?? options.lengths);
    core.move(on, "preparing");
    transceive(next.value.apdu);
  };

  const start = (on: "open" | "answer" | "chip-lost", lengths: Partial<ChipLengths> = {}) => {
    core.move(on, "relaying");
    core.send(
      Start.encode({
        client_id: options.clientId,
        validation_id: options.validationId,
        access_key: options.accessKey,
        nfc_adapter_supports_extended_length: extendedLength,
        ...(lengths.command === undefined ? {} : { max_command_bytes: lengths.command }),
        ...(lengths.response === undefined ? {} : { max_response_bytes: lengths.response }),
        platform: behaviour.platform,
        ...(diagnostics || behaviour.diagnosticsKey === "always"
          ? { enable_diagnostics: diagnostics }
          : {}),
      }),
    );
  };

  const transceive = (apdu: Uint8Array) => {
    busy = true;
    core.transceive(apdu);
  };

  const onText = ({ status, result, close }: ServerText, now: number) => {
    if (status) {
      const done = status.status === "DONE" || core.state === "done";
      core.move("status", done ? "done" : "relaying");
      core.tell({ type: "step", step: status.status });
      if (done) core.tell({ type: "chip-released" });
    }
    if (result) {
      core.move("result", "done");
      core.keep(result.emrtd_passport);
    }
    if (close) {
      core.move("close message", core.state as ClientV1State);
      if (!behaviour.heedsCloseMessage) return;
      core.announced({ code: close.close_code, reason: close.close_reason });
      core.deadline("close", now + behaviour.patience.close);
    }
  };

  const onFrame = (frame: string | Uint8Array, now: number) => {
    if (typeof frame !== "string") {
      if (core.state !== "relaying" || busy) return refuse();
      core.move("APDU", "relaying");
      return transceive(frame);
    }
    try {
      if (frame.length > LIMITS.serverFrame) throw new DocvalError("MESSAGE_INVALID", "too long");
      const text = decodeServerText(frame);
      const early = core.state === "connecting" || core.state === "preparing";
      if (early && !(text.close && core.state === "preparing")) return refuse();
      onText(text, now);
    } catch (cause) {
      if (!(cause instanceof DocvalError)) throw cause;
      if (core.state === "connecting") return refuse();
      core.move("unknown text", core.state as ClientV1State);
      core.tell({ type: "fault", reason: "UNEXPECTED_MESSAGE", cause });
    }
  };

  const refuse = () => core.close("other", "client", "UNEXPECTED_MESSAGE");

  const onAnswer = (apdu: Uint8Array) => {
    if (!busy) return;
    busy = false;
    if (core.state === "preparing") return prepare("answer", preparing!.next(apdu));
    if (core.state !== "relaying") return;
    core.move("answer", "relaying");
    core.send(apdu);
  };

  const onChipLost = () => {
    if (!busy) return;
    busy = false;
    if (core.state === "done") return;
    // Lengths are a help and no more: whether the chip is gone, the server's first command shows.
    if (core.state === "preparing") return start("chip-lost", options.lengths);
    if (behaviour.chipLost === "close") {
      return core.close("chip-lost", "client", "NFC_CHIP_COMMUNICATION_FAILED");
    }
    core.move("chip-lost", "relaying");
    core.send(NO_DIAGNOSIS);
  };

  return {
    get state() {
      return core.state;
    },
    receive(input, now) {
      if (core.state === "closed") return core.step();
      const late = core.overdue(now);
      if (late === "close") core.giveUp("due");
      else if (late !== undefined) core.close("due", "timeout", "COMMUNICATION_FAILED");
      else if (input.kind === "open") {
        if (core.state === "connecting") onOpen(now);
      } else if (input.kind === "frame") onFrame(input.frame, now);
      else if (input.kind === "answer") onAnswer(input.apdu);
      else if (input.kind === "chip-lost") onChipLost();
      else if (input.kind === "cancel") core.close("cancel", "client", "CANCELLED_BY_USER");
      else if (input.kind === "ended") core.end("ended", input.end);
      return core.step();
    },
  };
};
