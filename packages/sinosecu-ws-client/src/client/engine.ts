import type { Channel, Clock, OpenChannel } from "../channel.js";
import type { Question } from "../client-message.js";
import { SinosecuError } from "../errors.js";
import type { Notification } from "../messages/notification.js";
import type { ClientMachine } from "./client-machine.js";
import type { ClientInput } from "./client-step.js";
import type { ClientEvent } from "./events.js";
import type { Outcome } from "./outcome.js";

export interface EngineOptions {
  readonly machine: ClientMachine;
  readonly open: OpenChannel;
  readonly clock: Clock;
  onEvent(event: ClientEvent): void;
}

/** One connection, or the attempt at one. */
interface Line {
  readonly controller: AbortController;
  channel?: Channel;
}

const ignore = (): void => {};

/** Joins a machine with channels and a clock: carries out what each step says. */
export const createEngine = ({ machine, open, clock, onEvent }: EngineOptions) => {
  const waiting = new Map<number, (outcomes: readonly Outcome[]) => void>();
  const inputs: ClientInput[] = [];
  let nextId = 0;
  let running = false;
  let cancelTimer: () => void = ignore;
  let line: Line | undefined;
  let openFailure: unknown;

  /** One input at a time: what a listener asks for in between waits its turn. */
  const feed = (input: ClientInput): void => {
    inputs.push(input);
    if (running) return;
    running = true;
    for (let next = inputs.shift(); next !== undefined; next = inputs.shift()) step(next);
    running = false;
  };

  const step = (input: ClientInput): void => {
    const due = machine.receive(input, clock.now());
    for (const text of due.send) line?.channel?.send(text).catch(ignore);
    if (due.close) leave(due.close.code, due.close.reason);
    if (due.open) void connect();
    cancelTimer();
    cancelTimer = ignore;
    if (due.wakeAt !== undefined) {
      const ms = Math.max(0, due.wakeAt - clock.now());
      cancelTimer = clock.schedule(ms, () => feed({ kind: "due" }));
    }
    for (const event of due.events) onEvent(event);
    for (const { id, outcomes } of due.settled) {
      waiting.get(id)?.(outcomes);
      waiting.delete(id);
    }
  };

  const leave = (code: number, reason: string): void => {
    const left = line;
    line = undefined;
    left?.controller.abort();
    left?.channel?.close(code, reason).catch(ignore);
  };

  const connect = async (): Promise<void> => {
    const mine: Line = { controller: new AbortController() };
    line = mine;
    try {
      const channel = await open(mine.controller.signal);
      if (line !== mine) return void channel.close(1000, "").catch(ignore);
      mine.channel = channel;
      feed({ kind: "opened" });
      await pump(mine, channel);
    } catch (error) {
      openFailure = error;
      lose(mine, { by: "lost", code: 1006, reason: "" });
    }
  };

  const pump = async (mine: Line, channel: Channel): Promise<void> => {
    for (;;) {
      const frame = await channel.receive();
      if (line !== mine) return;
      if (frame === undefined) return lose(mine, await channel.closed);
      feed({ kind: "frame", frame });
    }
  };

  const lose = (mine: Line, close: Awaited<Channel["closed"]>): void => {
    if (line !== mine) return;
    line = undefined;
    feed({ kind: "lost", close });
  };

  /** A request's way from input to outcome, cut short by a signal. */
  const settle = (
    make: (id: number) => ClientInput,
    signal: AbortSignal | undefined,
  ): Promise<readonly Outcome[]> =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const id = nextId++;
      const abort = () => {
        waiting.delete(id);
        const error = new SinosecuError("REQUEST_TIMEOUT", "the caller called the request off");
        feed({ kind: "abort", id, error });
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", abort, { once: true });
      waiting.set(id, (outcomes) => {
        signal?.removeEventListener("abort", abort);
        resolve(outcomes);
      });
      feed(make(id));
    });

  return {
    feed,
    /** What the last attempt to connect ended with. */
    get openFailure() {
      return openFailure;
    },
    ask: (
      questions: readonly Question[],
      { signal, timeoutMs }: { signal?: AbortSignal; timeoutMs?: number } = {},
    ): Promise<readonly Outcome[]> =>
      settle(
        (id) => ({
          kind: "ask",
          id,
          questions,
          ...(timeoutMs === undefined ? {} : { timeoutMs }),
        }),
        signal,
      ),
    notify: async (
      notification: Notification,
      value: unknown,
      readingMs?: number,
    ): Promise<void> => {
      const [outcome] = await settle(
        (id) => ({
          kind: "notify",
          id,
          notification,
          value,
          ...(readingMs === undefined ? {} : { readingMs }),
        }),
        undefined,
      );
      if (outcome && !outcome.ok) throw outcome.error;
    },
    stop: async (): Promise<void> => {
      const channel = line?.channel;
      feed({ kind: "stop" });
      await channel?.closed;
    },
  };
};

export type Engine = ReturnType<typeof createEngine>;
