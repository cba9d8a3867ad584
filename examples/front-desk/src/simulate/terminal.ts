import { startTimeLimit } from "@org/command";
import type { PushRequest, PushResponse } from "@org/zk-push-codec";
import { createDeviceEngine } from "@org/zk-push-codec/testing";

/** A time clock at the door. */
export interface Terminal {
  readonly sn: string;
  /** Commands that it was ever given, by name. */
  readonly executed: readonly string[];
  /** PINs of those whom it knows. */
  readonly people: () => readonly string[];
  /** Somebody comes in. @returns whether the clock knows him. */
  punch(pin: string): boolean;
  /** The network cable. */
  online: boolean;
  close(): Promise<void>;
}

const STEP_MS = 25;
const ANSWER_MS = 10_000;

/** Plays a terminal that polls each second, over HTTP. */
export const startTerminal = (sn: string, server: URL): Terminal => {
  const device = createDeviceEngine({ sn, random: Math.random, profile: "visibleLight" });
  const stop = new AbortController();
  const executed: string[] = [];
  const terminal = {
    sn,
    executed,
    online: true,
    people: () => [...device.data.users.keys()],
    punch(pin: string): boolean {
      if (!device.data.users.has(pin)) return false;
      device.recorder.punch(Date.now(), { pin, status: 0, verify: 15 });
      return true;
    },
    async close(): Promise<void> {
      stop.abort();
      await ended;
    },
  };
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const step = terminal.online ? device.next(Date.now()) : { wakeAt: 0 };
      if ("wakeAt" in step) {
        await new Promise((resolve) => setTimeout(resolve, STEP_MS));
        continue;
      }
      const response = await send(server, step.send, stop.signal);
      for (const event of device.receive(response, Date.now())) {
        if (event.event === "executed") executed.push(event.command);
      }
    }
  };
  const ended = run();
  return terminal;
};

/** @returns undefined where no answer came. */
const send = async (
  server: URL,
  { method, path, query, headers, body }: PushRequest,
  signal: AbortSignal,
): Promise<PushResponse | undefined> => {
  const limit = startTimeLimit(ANSWER_MS, signal);
  try {
    const response = await fetch(new URL(query === "" ? path : `${path}?${query}`, server), {
      method,
      headers: headers
        .filter(([name]) => !/^(host|content-length|connection)$/i.test(name))
        .map(([name, value]): [string, string] => [name, value]),
      ...(method === "GET" ? {} : { body: Uint8Array.from(body) }),
      signal: limit.signal,
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: [...response.headers], body: bytes };
  } catch {
    return undefined;
  } finally {
    limit.end();
  }
};
