import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { v1 } from "@org/docval-protocol";
import { WebSocket } from "ws";
import type { Contest } from "../harness.js";
import { ANSWER_BYTES, EXCHANGES } from "./canned.js";

/** Sessions of one turn, all at once. */
const SESSIONS = 16;
/** Turns before the first that counts: a server that runs for days has its code compiled. */
const WARM_UP = 20;

const START = v1.Start.encode({
  client_id: "bench",
  validation_id: "bench",
  access_key: { can: "123456" },
  nfc_adapter_supports_extended_length: false,
  platform: "bench",
});
const ANSWER = new Uint8Array(ANSWER_BYTES).fill(0x5a);
ANSWER.set([0x90, 0x00], ANSWER_BYTES - 2);

/**
 * Version 1 where nothing has to be calculated: what a session, its channel and its deadlines add to
 * carrying the same frames. What is measured is CPU time of the server.
 */
export const relay = async (): Promise<Contest> => {
  const run = async (mode: "echo" | "relay") => {
    const server = await startServer(mode);
    for (let turn = 0; turn < WARM_UP; turn++) await turnOf(server.port);
    return async (): Promise<number> => {
      const before = await server.cpuMs();
      await turnOf(server.port);
      return (await server.cpuMs()) - before;
    };
  };
  return {
    title: `${SESSIONS} sessions of version 1, ${EXCHANGES} canned APDUs each: CPU of the server`,
    baseline: "bare ws, the same frames",
    contestants: {
      "bare ws, the same frames": await run("echo"),
      "sessions of version 1": await run("relay"),
    },
    // At least 60 of 100 of what bare sockets carry.
    budgets: [{ contestant: "sessions of version 1", atMost: 1 / 0.6 }],
  };
};

const turnOf = (port: number) => Promise.all(Array.from({ length: SESSIONS }, () => session(port)));

/** One client that answers every command, until the server has enough. */
const session = (port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws1/validate`, {
      perMessageDeflate: false,
    });
    let answered = 0;
    socket.on("open", () => socket.send(START));
    socket.on("message", (_, isBinary) => {
      if (!isBinary) return;
      answered++;
      socket.send(ANSWER);
    });
    socket.on("error", reject);
    socket.on("close", (code) => {
      if (code === 1000 && answered === EXCHANGES) resolve();
      else reject(new Error(`expected ${EXCHANGES} commands and 1000, found ${answered}, ${code}`));
    });
  });

const startServer = async (mode: "echo" | "relay") => {
  const script = fileURLToPath(new URL("relay-server.ts", import.meta.url));
  const child: ChildProcess = fork(script, [mode], {
    execArgv: ["--conditions=@org/source", "--import", "tsx"],
  });
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  child.unref();
  child.channel?.unref();
  return {
    port,
    async cpuMs(): Promise<number> {
      child.channel?.ref();
      child.send("usage");
      const [usage] = (await once(child, "message")) as [number];
      child.channel?.unref();
      return usage;
    },
  };
};
