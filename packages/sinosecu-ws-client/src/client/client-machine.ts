import type { Frame } from "../channel.js";
import type { Question } from "../client-message.js";
import { SinosecuError } from "../errors.js";
import { writeMessage } from "../messages/envelope.js";
import { notificationItem } from "../messages/notification.js";
import { createCardSession } from "../session/card-session.js";
import type { ClientInput, ClientMachineOptions, ClientStep } from "./client-step.js";
import {
  CONNECTION_TRANSITIONS,
  type ConnectionEvent,
  type ConnectionState,
  createBackoff,
} from "./connection.js";
import { createCorrelator, type Settled } from "./correlator.js";
import { type DispatcherTargets, dispatch } from "./dispatcher.js";
import type { ClientEvent, ReaderStatus } from "./events.js";
import { createStatusObserver, greetingQuestions, type Settings } from "./greeting.js";
import { readFrame } from "./read-frame.js";

/** The client without socket and clock: what comes in goes in, what is to be done comes out. */
export interface ClientMachine {
  readonly status: ReaderStatus;
  /** Parts of a document are coming in. */
  readonly gathering: boolean;
  /** Never throws: what the caller cannot have is settled with an error. */
  receive(input: ClientInput, now: number): ClientStep;
}

/** Id of the machine's own questions, of which nobody else is told. */
const OWN_ID = -1;

/** Operands whose answers are megabytes or wait for a picture to be taken. */
const SLOW: readonly string[] = ["Base64Image", "TakePhoto", "TakePhotoOcr"];

/** Both, because sections of the manual differ on which of them gates which notice. */
const NOTICES: Settings = { IfEnableCallback: true, IfNotifyCardDetected: true };

export const createClientMachine = (options: ClientMachineOptions = {}): ClientMachine => {
  const { requestMs = 5_000, connectMs = 10_000, restartMs = 3_000, reconnect = true } = options;
  const session = createCardSession(options);
  const correlator = createCorrelator({ graceMs: requestMs });
  const backoff = createBackoff(options.backoff);
  const observer = createStatusObserver();
  const settings = greetingQuestions.settings(
    { ...NOTICES, ...options.settings },
    options.chipFiles ?? false,
  );
  let connection: ConnectionState = "idle";
  let openedAt: number | undefined;
  /** When the next attempt begins, or the present one has failed. */
  let dueAt: number | undefined;
  let sessionWakeAt: number | undefined;
  let askingStatus = false;
  let told = "";
  let events: ClientEvent[] = [];
  let send: string[] = [];
  let settled: Settled[] = [];
  let open = false;
  let close: ClientStep["close"];

  const emitStatus = (): void => {
    const status = { connection, device: observer.device };
    const text = JSON.stringify(status);
    if (text === told) return;
    told = text;
    events.push({ type: "status", status });
  };

  const move = (event: ConnectionEvent): boolean => {
    const next = CONNECTION_TRANSITIONS[connection][event];
    if (next === undefined) return false;
    connection = next;
    if (next !== "open") observer.forget();
    emitStatus();
    return true;
  };

  const connect = (event: "start" | "retry", now: number): void => {
    open = move(event);
    if (open) dueAt = now + connectMs;
  };

  const feed: DispatcherTargets["feed"] = (input, now) => {
    const step = session.receive(input, now);
    events.push(...step.events);
    sessionWakeAt = step.wakeAt;
  };

  /** Each in a message of its own: the answers of a batch may be short of one, or out of order. */
  const askOwn = (questions: readonly Question[], now: number): void => {
    for (const question of questions) correlator.add(OWN_ID, [question], now, requestMs);
  };

  const askStatus = (now: number): void => {
    if (askingStatus) return;
    askingStatus = true;
    askOwn(greetingQuestions.status, now);
  };

  /** The connection is over; what was under way with it ends too. */
  const leave = (event: "lost" | "drop", now: number, why: string, pauseMs = 0): void => {
    const heldMs = openedAt === undefined ? undefined : now - openedAt;
    [openedAt, dueAt] = [undefined, undefined];
    askingStatus = false;
    feed({ kind: "lost", by: "connection-lost" }, now);
    correlator.fail(lostError(why), now, !reconnect);
    if (reconnect) {
      dueAt = now + backoff.next(heldMs, pauseMs);
      move(event);
    } else {
      move("give-up");
    }
  };

  /** Ends the connection from our side, to come back later. */
  const drop = (now: number, code: number, reason: string, pauseMs: number): void => {
    if (connection !== "open") return;
    close = { code, reason };
    leave("drop", now, reason, pauseMs);
  };

  const targets: DispatcherTargets = {
    correlator,
    observer,
    emit: (event) => events.push(event),
    emitStatus,
    feed,
    drop: (now, reason, pauseMs) => drop(now, 1000, reason, pauseMs),
    askStatus,
    restartMs,
  };

  const receiveFrame = (frame: Frame, now: number): void => {
    if (connection !== "open") return;
    const { message, error } = readFrame(frame, options.maxMessage);
    if (message) {
      dispatch(message, now, targets);
      return;
    }
    events.push({ type: "protocol-error", error });
    if (error.code === "MESSAGE_TOO_LARGE") drop(now, 1009, "MESSAGE_TOO_LARGE", 0);
  };

  const notify = (input: ClientInput & { kind: "notify" }, now: number): void => {
    settled.push({ id: input.id, outcomes: [{ ok: true, result: undefined }] });
    send.push(writeMessage("Notify", notificationItem(input.notification, input.value)));
    if (input.readingMs !== undefined) {
      feed({ kind: "expected", until: now + input.readingMs }, now);
    }
  };

  /** Why the caller cannot have what he asks for. */
  const refusal = (input: ClientInput & { kind: "ask" | "notify" }): SinosecuError | undefined => {
    if (connection === "closed") return closedError();
    try {
      if (input.kind === "ask") correlator.check(input.questions);
      else if (connection !== "open") return lostError("it is not open");
      else notificationItem(input.notification, input.value);
    } catch (error) {
      return error as SinosecuError;
    }
    return undefined;
  };

  const act = (input: ClientInput, now: number): void => {
    switch (input.kind) {
      case "start":
        connect("start", now);
        return;
      case "opened":
        if (!move("opened")) return;
        dueAt = undefined;
        openedAt = now;
        askOwn(greetingQuestions.sentences, now);
        askOwn(settings, now);
        askStatus(now);
        return;
      case "lost":
        if (connection !== "open" && connection !== "connecting") return;
        leave("lost", now, `close code ${input.close.code}`);
        return;
      case "frame":
        receiveFrame(input.frame, now);
        return;
      case "due":
        if (dueAt === undefined || dueAt > now) return;
        if (connection === "waiting") connect("retry", now);
        else {
          close = { code: 1000, reason: "" };
          leave("lost", now, `no connection in ${connectMs} ms`);
        }
        return;
      case "ask": {
        const slow = input.questions.some(({ exchange }) => SLOW.includes(exchange.operand));
        const timeoutMs = input.timeoutMs ?? (slow ? 3 : 1) * requestMs;
        correlator.add(input.id, input.questions, now, timeoutMs);
        return;
      }
      case "notify":
        notify(input, now);
        return;
      case "abort":
        correlator.abort(input.id, input.error, now);
        return;
      case "reconnect":
        drop(now, 1000, "reconnect", 0);
        return;
      case "stop":
        if (connection === "open" || connection === "connecting") {
          close = { code: 1000, reason: "" };
        }
        dueAt = undefined;
        if (!move("stop")) return;
        feed({ kind: "lost", by: "stopped" }, now);
        correlator.fail(closedError(), now, true);
        return;
    }
  };

  return {
    get status() {
      return { connection, device: observer.device };
    },
    get gathering() {
      return session.state === "gathering" || session.state === "read";
    },
    receive(input, now) {
      [events, send, settled, open, close] = [[], [], [], false, undefined];
      if (sessionWakeAt !== undefined && sessionWakeAt <= now) feed({ kind: "due" }, now);
      const asked = input.kind === "ask" || input.kind === "notify";
      const error = asked ? refusal(input) : undefined;
      if (asked && error) {
        const count = input.kind === "ask" ? input.questions.length : 1;
        settled.push({ id: input.id, outcomes: Array(count).fill({ ok: false, error }) });
      } else {
        act(input, now);
      }
      const step = correlator.step(now, connection === "open");
      for (const { question, outcome } of step.answered) {
        observer.learn(question, outcome);
        if (question === greetingQuestions.status[0]) askingStatus = false;
      }
      emitStatus();
      for (const error of step.problems) events.push({ type: "protocol-error", error });
      const times = [sessionWakeAt, correlator.wakeAt(), dueAt].filter((at) => at !== undefined);
      return {
        send: [...send, ...step.send],
        open,
        ...(close ? { close } : {}),
        events,
        settled: [...settled, ...step.settled.filter(({ id }) => id !== OWN_ID)],
        ...(times.length === 0 ? {} : { wakeAt: Math.min(...times) }),
      };
    },
  };
};

const lostError = (why: string): SinosecuError =>
  new SinosecuError("CONNECTION_LOST", `expected the connection to hold, it ended: ${why}`);

const closedError = (): SinosecuError =>
  new SinosecuError("CLIENT_CLOSED", "expected an open client, found a closed one");
