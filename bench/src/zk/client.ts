import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { fileURLToPath } from "node:url";

/** A server of the contest, in a process of its own. */
export interface Contender {
  readonly port: number;
  /** CPU time so far, all threads; and memory. */
  usage(): Promise<{ readonly cpuMs: number; readonly rss: number }>;
}

export const startServer = async (mode: "bare" | "sqlite" | "postgres"): Promise<Contender> => {
  const script = fileURLToPath(new URL("server.ts", import.meta.url));
  const child: ChildProcess = fork(script, [mode], {
    execArgv: ["--conditions=@org/source", "--import", "tsx"],
  });
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  child.unref();
  child.channel?.unref();
  return {
    port,
    async usage() {
      child.channel?.ref();
      child.send("usage");
      const [usage] = (await once(child, "message")) as [{ cpuMs: number; rss: number }];
      child.channel?.unref();
      return usage;
    },
  };
};

const open = async (port: number): Promise<Socket> => {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  return socket;
};

/** Sends requests over so many connections, each after the answer to the one before. */
export const sendOver = async (
  sockets: readonly Socket[],
  requests: readonly Uint8Array[],
): Promise<void> => {
  let next = 0;
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve, reject) => {
          const send = (): void => {
            const request = requests[next++];
            if (request === undefined) {
              socket.removeAllListeners();
              resolve();
            } else socket.write(request);
          };
          socket.on("data", (answer) => {
            if (!answer.includes("\r\n\r\nOK")) reject(new Error("expected OK"));
            else send();
          });
          socket.on("error", reject);
          send();
        }),
    ),
  );
};

/** Connections that stay open. */
export const openSockets = (port: number, count: number): Promise<Socket[]> =>
  Promise.all(Array.from({ length: count }, () => open(port)));

/** Sends each request over a connection of its own, so many at a time. */
export const sendClosing = async (
  port: number,
  atOnce: number,
  requests: readonly Uint8Array[],
): Promise<void> => {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
      const socket = await open(port);
      socket.write(request);
      let answer = "";
      for await (const part of socket) answer += part;
      if (!answer.includes("\r\n\r\nOK")) throw new Error("expected OK");
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};
