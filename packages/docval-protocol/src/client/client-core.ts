import type { ChannelEnd, Frame } from "../channel.js";
import { ABNORMAL, NO_CODE } from "../close-code.js";
import { CLOSE_REASONS, type CloseReason, closeReasonOf, NORMAL_CLOSE } from "../close-reason.js";
import type { EmrtdPassport } from "../result/emrtd-passport.js";
import { type Transition, transitionOf } from "../session/transition.js";
import type { ClientEvent, ClientStep, CloseReport } from "./client-session.js";

/** What the clients of both versions do alike: state by the table, what leaves, deadlines, the report. */
export interface ClientCore<State extends string, Input extends string, Deadline extends string> {
  readonly state: State | "closed";
  move(on: Input, to: State): void;
  send(frame: Frame): void;
  transceive(apdu: Uint8Array): void;
  tell(event: ClientEvent): void;
  deadline(name: Deadline, at: number | undefined): void;
  overdue(now: number): Deadline | undefined;
  /** Ends the connection from this side. */
  close(on: Input, by: "client" | "timeout", reason: CloseReason, cause?: unknown): void;
  /** The server has said how it closes; the close itself is still to come. */
  announced(close: { readonly code: number; readonly reason: string }): void;
  /** The connection has ended. */
  end(on: Input, end: ChannelEnd): void;
  /** The server does not close as it said; what it said counts. */
  giveUp(on: Input): void;
  keep(result: EmrtdPassport): void;
  step(): ClientStep;
}

export const createClientCore = <
  State extends string,
  Input extends string,
  Deadline extends string,
>(options: {
  readonly first: State;
  readonly table: readonly Transition<State | "closed", Input>[];
}): ClientCore<State, Input, Deadline> => {
  let state: State | "closed" = options.first;
  let send: Frame[] = [];
  let events: ClientEvent[] = [];
  let command: Uint8Array | undefined;
  let close: ClientStep["close"];
  let said: { readonly code: number; readonly reason: string } | undefined;
  let result: EmrtdPassport | undefined;
  let report: CloseReport | undefined;
  const deadlines = new Map<Deadline, number>();

  const move = (on: Input, to: State | "closed", reason?: string) => {
    const happened = { from: state, on, to, ...(reason === undefined ? {} : { reason }) };
    state = transitionOf(options.table, happened).to;
    if (state === "closed") deadlines.clear();
  };

  const end = (on: Input, { by, code, reason }: ChannelEnd) => {
    move(on, "closed");
    // A close message counts where the close itself did not get through, and not against it.
    const how = said && (by === "lost" || code === NO_CODE) ? said : { code, reason };
    report = {
      by: by === "peer" || how === said ? "server" : by === "us" ? "client" : "lost",
      code: how.code,
      reason: closeReasonOf(how) ?? how.reason,
      posted: how.code === NORMAL_CLOSE.code && how.reason === "" && by !== "us",
    };
  };

  return {
    get state() {
      return state;
    },
    move,
    send: (frame) => void send.push(frame),
    transceive(apdu) {
      command = apdu;
    },
    tell: (event) => void events.push(event),
    deadline(name, at) {
      if (at === undefined) deadlines.delete(name);
      else deadlines.set(name, at);
    },
    overdue: (now) =>
      [...deadlines].filter(([, at]) => at <= now).sort(([, a], [, b]) => a - b)[0]?.[0],
    close(on, by, reason, cause) {
      move(on, "closed", reason);
      if (cause !== undefined) events.push({ type: "fault", reason, cause });
      const code = CLIENT_CODES[reason] ?? CLOSE_REASONS[reason].code;
      close = { code, reason };
      report = { by, code, reason, posted: false };
    },
    announced(closing) {
      said ??= closing;
    },
    end,
    giveUp(on) {
      end(on, { by: "lost", code: ABNORMAL, reason: "" });
      close = NORMAL_CLOSE;
    },
    keep(passport) {
      result = passport;
    },
    step() {
      const wakeAt = Math.min(...deadlines.values());
      const step: ClientStep = {
        send,
        events,
        ...(command === undefined ? {} : { transceive: command }),
        ...(close === undefined ? {} : { close }),
        ...(wakeAt === Number.POSITIVE_INFINITY ? {} : { wakeAt }),
        ...(report === undefined
          ? {}
          : { report: { close: report, ...(result === undefined ? {} : { result }) } }),
      };
      send = [];
      events = [];
      command = undefined;
      close = undefined;
      return step;
    },
  };
};

/** Codes that clients use where servers have others. */
const CLIENT_CODES: { readonly [reason in CloseReason]?: number } = { COMMUNICATION_FAILED: 1001 };
