import type { WebSocket } from "ws";
import type { Channel } from "../src/index.js";

/** The accepting side of a `ws` socket as a channel; messages go out in fragments of so many bytes. */
export const channelOfSocket = (
  socket: WebSocket,
  fragment = Number.POSITIVE_INFINITY,
): Channel => {
  const waiting: ((frame: string | undefined) => void)[] = [];
  const frames: string[] = [];
  let ended = false;
  const closed = new Promise<{ by: "peer"; code: number; reason: string }>((resolve) => {
    socket.on("close", (code, reason) => {
      ended = true;
      for (const one of waiting.splice(0)) one(undefined);
      resolve({ by: "peer", code, reason: reason.toString() });
    });
  });
  socket.on("error", () => {});
  socket.on("message", (data) => {
    const next = waiting.shift();
    if (next) next(data.toString());
    else frames.push(data.toString());
  });
  return {
    closed,
    async send(frame) {
      const bytes = Buffer.from(frame as string);
      if (bytes.length <= fragment) return socket.send(frame as string);
      for (let at = 0; at < bytes.length; at += fragment) {
        const fin = at + fragment >= bytes.length;
        socket.send(bytes.subarray(at, at + fragment), { fin, binary: false });
      }
    },
    receive: () =>
      new Promise((resolve) => {
        const frame = frames.shift();
        if (frame !== undefined) resolve(frame);
        else if (ended) resolve(undefined);
        else waiting.push(resolve);
      }),
    async close(code, reason) {
      socket.close(code, reason);
    },
  };
};
