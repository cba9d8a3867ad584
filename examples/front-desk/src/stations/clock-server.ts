import { startTimeLimit } from "@org/command";
import * as z from "zod/mini";
import type { Punch } from "../story/index.js";
import { readEvents } from "./server-sent-events.js";

/** A terminal as the server lists it. */
export interface DeviceRow {
  readonly sn: string;
  readonly state: string;
}

/** The interface for programs of a server for time clocks. */
export interface ClockServer {
  devices(signal: AbortSignal): Promise<readonly DeviceRow[]>;
  hasPunched(pin: string, signal: AbortSignal): Promise<boolean>;
  /** Queues a command. @returns its id. */
  give(sn: string, command: object, expiresInS: number, signal: AbortSignal): Promise<string>;
  /** Resolves when the stream of events is open. */
  following(): Promise<void>;
  /** Remembers from now on what becomes of commands, so that none is missed. */
  watchCommands(): { of(id: string): Promise<string>; close(): void };
  onPunch(listener: (pin: string, punch: Punch) => void): () => void;
  close(): void;
}

export interface ClockServerOptions {
  readonly url: string;
  readonly token: string;
}

const Devices = z.object({ items: z.array(z.object({ sn: z.string(), state: z.string() })) });
const Attendance = z.object({ items: z.array(z.unknown()) });
const Queued = z.object({ id: z.string() });
const PunchEvent = z.object({
  id: z.string(),
  pin: z.string(),
  time: z.string(),
  verify: z.nullable(z.number()),
});
const Settled = z.object({
  event: z.literal("commandSettled"),
  id: z.string(),
  state: z.string(),
});

const ANSWER_MS = 5_000;
const RECONNECT_MS = 500;

export const createClockServer = ({ url, token }: ClockServerOptions): ClockServer => {
  const ending = new AbortController();
  const headers = { authorization: `Bearer ${token}` };
  const punchListeners = new Set<(pin: string, punch: Punch) => void>();
  const commandListeners = new Set<(id: string, state: string) => void>();
  let open = deferred();

  const ask = async <T>(
    schema: z.ZodMiniType<T>,
    path: string,
    signal: AbortSignal,
    body?: object,
  ): Promise<T> => {
    const limit = startTimeLimit(ANSWER_MS, signal);
    try {
      const response = await fetch(new URL(path, url), {
        method: body === undefined ? "GET" : "POST",
        headers: {
          ...headers,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: "error",
        signal: limit.signal,
      });
      if (!response.ok)
        throw Object.assign(new Error("refused"), { code: `HTTP ${response.status}` });
      return z.parse(schema, await response.json());
    } finally {
      limit.end();
    }
  };

  const hear = (name: string, data: string): void => {
    const value: unknown = JSON.parse(data);
    if (name === "punch") {
      const punch = z.safeParse(PunchEvent, value);
      if (!punch.success) return;
      const { pin, ...rest } = punch.data;
      for (const listener of [...punchListeners]) listener(pin, rest);
    } else if (name === "terminal") {
      const settled = z.safeParse(Settled, value);
      if (!settled.success) return;
      for (const listener of [...commandListeners]) listener(settled.data.id, settled.data.state);
    }
  };

  /** Follows the stream for as long as the desk is open, and goes on where it was cut. */
  const follow = async (): Promise<void> => {
    let last: string | undefined;
    while (!ending.signal.aborted) {
      try {
        const response = await fetch(new URL("/api/stream", url), {
          headers: { ...headers, ...(last === undefined ? {} : { "last-event-id": last }) },
          signal: ending.signal,
        });
        if (response.ok && response.body) {
          open.resolve();
          for await (const event of readEvents(response.body)) {
            last = event.id ?? last;
            hear(event.name, event.data);
          }
        }
      } catch {
        // The server is away or the stream was cut: again, until the desk closes.
      }
      if (open.settled) open = deferred();
      await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
    }
  };
  void follow();

  return {
    async devices(signal) {
      return (await ask(Devices, "/api/devices?limit=1000", signal)).items;
    },
    async hasPunched(pin, signal) {
      const path = `/api/attendance?limit=1&pin=${encodeURIComponent(pin)}`;
      return (await ask(Attendance, path, signal)).items.length > 0;
    },
    async give(sn, command, expiresInS, signal) {
      const path = `/api/devices/${encodeURIComponent(sn)}/commands`;
      return (await ask(Queued, path, signal, { command, expiresInS })).id;
    },
    following: () => open.promise,
    watchCommands() {
      const known = new Map<string, string>();
      const waiting = new Map<string, (state: string) => void>();
      const listener = (id: string, state: string) => {
        known.set(id, state);
        waiting.get(id)?.(state);
      };
      commandListeners.add(listener);
      return {
        of: (id) =>
          new Promise((resolve) => {
            const state = known.get(id);
            if (state === undefined) waiting.set(id, resolve);
            else resolve(state);
          }),
        close: () => void commandListeners.delete(listener),
      };
    },
    onPunch(listener) {
      punchListeners.add(listener);
      return () => void punchListeners.delete(listener);
    },
    close: () => ending.abort(),
  };
};

const deferred = () => {
  let resolve = () => {};
  const state = { settled: false };
  const promise = new Promise<void>((done) => {
    resolve = () => {
      state.settled = true;
      done();
    };
  });
  return {
    promise,
    resolve: () => resolve(),
    get settled() {
      return state.settled;
    },
  };
};
