import type { WebSocket } from "ws";
import type { FragmentingChannel } from "../src/testing.js";

/** The accepting side of a `ws` socket as a channel that can send fragments. */
export const channelOfSocket = (socket: WebSocket): FragmentingChannel => {
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
    send: async (frame) => socket.send(frame as string),
    async sendFragments(parts) {
      parts.forEach((part, index) => {
        socket.send(part, { fin: index === parts.length - 1, binary: false });
      });
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
