import type { Frame } from "../channel.js";
import {
  type CloseReason,
  closeReasonOf,
  closeWith,
  NORMAL_CLOSE,
  type SessionClose,
} from "../close-reason.js";
import type { ServerEvent, ServerStep } from "./server-session.js";
import { type Transition, transitionOf } from "./transition.js";

/** What the machines of both versions do alike: state by the table, what leaves, deadlines, the end. */
export interface SessionCore<State extends string, Input extends string, Deadline extends string> {
  readonly state: State;
  /** Makes the next state this one, which the table must know. */
  move(on: Input, to: State): void;
  send(frame: Frame): void;
  tell(event: ServerEvent): void;
  /** Sets a deadline, or takes it away. */
  deadline(name: Deadline, at: number | undefined): void;
  /** The deadline that has passed, the earliest of several. */
  overdue(now: number): Deadline | undefined;
  /** Ends the session: a close message, then the close itself. */
  close(on: Input, reason: CloseReason | "", cause?: unknown): void;
  /** Ends the session when the client is gone: there is nobody to tell. Why, it may have said itself. */
  leave(on: Input, said?: { readonly code: number; readonly reason: string }): void;
  /** What has gathered since the last step. */
  step(): ServerStep;
}

export const createSessionCore = <
  State extends string,
  Input extends string,
  Deadline extends string,
>(options: {
  readonly first: State;
  readonly table: readonly Transition<State | "closed", Input>[];
  /** The message that says how the connection is about to be closed. */
  readonly closeMessage: (close: SessionClose) => string;
}): SessionCore<State | "closed", Input, Deadline> => {
  let state: State | "closed" = options.first;
  let send: Frame[] = [];
  let events: ServerEvent[] = [];
  let close: SessionClose | undefined;
  const deadlines = new Map<Deadline, number>();

  const move = (on: Input, to: State | "closed", reason?: string) => {
    const happened = { from: state, on, to, ...(reason === undefined ? {} : { reason }) };
    state = transitionOf(options.table, happened).to;
    if (state === "closed") deadlines.clear();
  };

  return {
    get state() {
      return state;
    },
    move,
    send: (frame) => void send.push(frame),
    tell: (event) => void events.push(event),
    deadline(name, at) {
      if (at === undefined) deadlines.delete(name);
      else deadlines.set(name, at);
    },
    overdue(now) {
      let first: Deadline | undefined;
      for (const [name, at] of deadlines) {
        if (at <= now && (first === undefined || at < deadlines.get(first)!)) first = name;
      }
      return first;
    },
    close(on, reason, cause) {
      move(on, "closed", reason);
      close = reason === "" ? NORMAL_CLOSE : closeWith(reason);
      if (cause !== undefined) events.push({ type: "fault", reason, cause });
      send.push(options.closeMessage(close));
      events.push({ type: "ended", close, by: "server" });
    },
    leave(on, said) {
      move(on, "closed", "COMMUNICATION_FAILED");
      // Only what is a reason: anything else a client says would be its own words in a log.
      const reason = said && closeReasonOf(said);
      const close =
        said && reason ? { code: said.code, reason } : closeWith("COMMUNICATION_FAILED");
      events.push({ type: "ended", close, by: "client" });
    },
    step() {
      const wakeAt = Math.min(...deadlines.values());
      const step: { -readonly [part in keyof ServerStep]: ServerStep[part] } = { send, events };
      if (close !== undefined) step.close = close;
      if (wakeAt !== Number.POSITIVE_INFINITY) step.wakeAt = wakeAt;
      send = [];
      events = [];
      close = undefined;
      return step;
    },
  };
};
