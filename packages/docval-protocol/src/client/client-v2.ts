import type {
  ClientChip,
  ClientReadAnswer,
  ClientReading,
  ClientReadStep,
} from "../chip/client-chip.js";
import type { CloseReason } from "../close-reason.js";
import { DocvalError } from "../errors.js";
import type { DocvalFileName } from "../file-name.js";
import { LIMITS } from "../limits.js";
import type { Accept } from "../messages/v2/accept.js";
import { Apdu } from "../messages/v2/apdu.js";
import type { CaHandback } from "../messages/v2/ca-handback.js";
import { CaHandover } from "../messages/v2/ca-handover.js";
import { File } from "../messages/v2/file.js";
import { Finish } from "../messages/v2/finish.js";
import { Monitoring } from "../messages/v2/monitoring.js";
import { decodeServerMessage, type ServerMessage } from "../messages/v2/registry.js";
import { Start } from "../messages/v2/start.js";
import type { RandomBytes } from "../random.js";
import { type ClientBehaviour, SPEC_BEHAVIOUR } from "./behaviour.js";
import { createClientCore } from "./client-core.js";
import type { ClientSession } from "./client-session.js";
import {
  CLIENT_V2_TRANSITIONS,
  type ClientV2Input,
  type ClientV2State,
} from "./client-v2-transitions.js";
import { inOrder } from "./file-order.js";

export interface ClientV2Options {
  readonly clientId: string;
  readonly validationId: string;
  readonly chip: ClientChip;
  /** Orders files, where the behaviour wants them in any order. */
  readonly random: RandomBytes;
  /** Asks for RESULT. */
  readonly sendResult: boolean;
  readonly diagnostics?: boolean;
  /** Default true. */
  readonly extendedLength?: boolean;
  /** Bytes of a protected APDU at most, as told in CA_HANDOVER; default 65,536, or 256 in short form. */
  readonly maxTransceiveLength?: number;
  /** Bytes of one READ BINARY at most, as told in CA_HANDOVER; default 4,096, or 223 in short form. */
  readonly maxBlockSize?: number;
  readonly behaviour?: ClientBehaviour;
}

export interface ClientV2Session extends ClientSession {
  readonly state: ClientV2State;
}

/** An answer that says nothing but that there is none (ISO/IEC 7816-4, 5.6). */
const NO_DIAGNOSIS = /* @__PURE__ */ Uint8Array.of(0x6f, 0x00);

/**
 * DocVal WebSocket API v2, the client's side: it reads the chip, lends it to the server for chip
 * authentication, and sends the files.
 */
export const createClientV2 = (options: ClientV2Options): ClientV2Session => {
  const { behaviour = SPEC_BEHAVIOUR, extendedLength = true, diagnostics = false } = options;
  const core = createClientCore<
    ClientV2State,
    ClientV2Input,
    "accept" | "handback" | "session" | "close"
  >({ first: "connecting", table: CLIENT_V2_TRANSITIONS });
  let reading: Generator<ClientReadStep, ClientReading, ClientReadAnswer> | undefined;
  const exchanged = new Map<DocvalFileName, Uint8Array>();
  /** Whose command the chip is at: the server's, or our own. */
  let relaying = false;
  /** Whether a command is out at the chip. */
  let busy = false;

  const fail = (on: ClientV2Input, reason: CloseReason, cause?: unknown) =>
    core.close(on, "client", reason, cause);

  const onOpen = (now: number) => {
    core.move("open", "started");
    core.deadline("accept", now + behaviour.patience.accept);
    core.deadline("session", now + behaviour.patience.session);
    core.send(
      Start.encode({
        type: "START",
        validationId: options.validationId,
        clientId: options.clientId,
        platform: behaviour.platform,
        nfcAdapterSupportsExtendedLength: extendedLength,
        ...(diagnostics || behaviour.diagnosticsKey === "always"
          ? { enableDiagnostics: diagnostics }
          : {}),
      }),
    );
  };

  const onAccept = ({ activeAuthenticationChallenge: challenge }: Accept, now: number) => {
    core.deadline("accept", undefined);
    reading = options.chip.read({ challenge, signAlways: behaviour.signAlways });
    readOn("ACCEPT", "reading", { type: "go-on" }, now);
  };

  /** Our own reading up to its next command, to the handover, or to its end. */
  const readOn = (
    on: ClientV2Input,
    state: "reading" | "handed-back",
    answer: ClientReadAnswer,
    now: number,
  ) => {
    let next = reading!.next(answer);
    while (!next.done && next.value.type === "step") {
      note(next.value.step);
      next = reading!.next({ type: "go-on" });
    }
    if (next.done) {
      const { value } = next;
      return value.outcome === "read"
        ? finish(on, value, now)
        : fail(on, value.reason, value.cause);
    }
    if (next.value.type === "hand-over") return handOver(on, next.value, now);
    core.move(on, state);
    if (next.value.type === "command") transceive(next.value.apdu);
  };

  const transceive = (apdu: Uint8Array) => {
    busy = true;
    core.transceive(apdu);
  };

  const note = (step: string) => {
    core.tell({ type: "step", step });
    if (!diagnostics || !behaviour.monitoring) return;
    core.send(Monitoring.encode({ type: "MONITORING", message: `Step: ${step}` }));
  };

  const handOver = (
    on: ClientV2Input,
    { dg14, session }: Extract<ClientReadStep, { type: "hand-over" }>,
    now: number,
  ) => {
    core.move(on, "handover");
    exchanged.set("dg14", dg14);
    relaying = true;
    core.deadline("handback", now + behaviour.patience.handback);
    core.send(File.encode({ type: "FILE", name: "dg14", data: dg14 }));
    core.send(
      CaHandover.encode({
        type: "CA_HANDOVER",
        maxTransceiveLengthForSecureMessaging:
          options.maxTransceiveLength ?? (extendedLength ? 65_536 : 256),
        maxBlockSize: options.maxBlockSize ?? (extendedLength ? 4_096 : 223),
        secureMessagingInfo: session,
      }),
    );
  };

  const onHandback = (message: CaHandback, now: number) => {
    const dg1 = exchanged.get("dg1");
    if (!dg1) return fail("other", "PROTOCOL_ERROR");
    core.deadline("handback", undefined);
    relaying = false;
    const { checkResult, secureMessagingInfo: session } = message;
    core.tell({ type: "chip-authentication", checkResult });
    readOn("CA_HANDBACK", "handed-back", { type: "handed-back", checkResult, session, dg1 }, now);
  };

  const finish = (
    on: ClientV2Input,
    { files, signature }: Extract<ClientReading, { outcome: "read" }>,
    now: number,
  ) => {
    core.tell({ type: "chip-released" });
    if (behaviour.requiredFiles.some((name) => !files.has(name) && !exchanged.has(name))) {
      return fail(on, "FILE_READ_ERROR");
    }
    core.move(on, "finishing");
    const rest = [...files.keys()].filter((name) => !exchanged.has(name));
    for (const name of inOrder(rest, behaviour.fileOrder, options.random)) {
      core.send(File.encode({ type: "FILE", name, data: files.get(name)! }));
    }
    const absent = behaviour.noSignature === "null" ? { activeAuthenticationSignature: null } : {};
    core.send(
      Finish.encode({
        type: "FINISH",
        sendResult: options.sendResult,
        ...(signature ? { activeAuthenticationSignature: signature } : absent),
      }),
    );
    core.deadline("session", now + behaviour.patience.session);
  };

  const onMessage = (message: ServerMessage, now: number) => {
    switch (message.type) {
      case "ACCEPT":
        return onAccept(message, now);
      case "APDU":
        if (busy) return fail("other", "PROTOCOL_ERROR");
        core.move("APDU", "handover");
        return transceive(message.data);
      case "FILE":
        if (message.name !== "dg1" || exchanged.has("dg1")) return fail("other", "PROTOCOL_ERROR");
        exchanged.set("dg1", message.data);
        return core.move("FILE", "handover");
      case "CA_HANDBACK":
        return onHandback(message, now);
      case "RESULT":
        core.move("RESULT", "finishing");
        core.keep(message.passport);
        return core.deadline("close", now + behaviour.patience.close);
      case "CLOSE":
        core.move("CLOSE", core.state);
        if (!behaviour.heedsCloseMessage) return;
        core.announced(message);
        return core.deadline("close", now + behaviour.patience.close);
    }
  };

  const onFrame = (frame: string | Uint8Array, now: number) => {
    let message: ServerMessage;
    try {
      if (frame.length > LIMITS.serverFrame) throw new DocvalError("MESSAGE_INVALID", "too long");
      message = decodeServerMessage(frame);
    } catch (cause) {
      if (!(cause instanceof DocvalError)) throw cause;
      return fail("other", "PROTOCOL_ERROR", cause);
    }
    const known = CLIENT_V2_TRANSITIONS.some(
      (line) => line.from === core.state && line.on === message.type,
    );
    if (!known) return fail("other", "PROTOCOL_ERROR");
    onMessage(message, now);
  };

  const onAnswer = (apdu: Uint8Array, now: number) => {
    if (!busy) return;
    busy = false;
    if (relaying) {
      core.move("answer", "handover");
      return core.send(Apdu.encode({ type: "APDU", data: apdu }));
    }
    readOn("answer", core.state as "reading" | "handed-back", { type: "answer", apdu }, now);
  };

  const onChipLost = () => {
    if (!busy) return;
    busy = false;
    if (!relaying || behaviour.chipLost === "close") {
      return fail("chip-lost", "NFC_CHIP_COMMUNICATION_FAILED");
    }
    core.move("chip-lost", "handover");
    core.send(Apdu.encode({ type: "APDU", data: NO_DIAGNOSIS }));
  };

  const onLate = (late: "accept" | "handback" | "session" | "close") => {
    if (late === "close") return core.giveUp("due");
    core.close("due", "timeout", late === "handback" ? "PROTOCOL_ERROR" : "COMMUNICATION_FAILED");
  };

  return {
    get state() {
      return core.state;
    },
    receive(input, now) {
      if (core.state === "closed") return core.step();
      const late = core.overdue(now);
      if (late !== undefined && input.kind !== "ended") onLate(late);
      else if (input.kind === "open") {
        if (core.state === "connecting") onOpen(now);
      } else if (input.kind === "frame") onFrame(input.frame, now);
      else if (input.kind === "answer") onAnswer(input.apdu, now);
      else if (input.kind === "chip-lost") onChipLost();
      else if (input.kind === "cancel") fail("cancel", "CANCELLED_BY_USER");
      else if (input.kind === "ended") core.end("ended", input.end);
      return core.step();
    },
  };
};
