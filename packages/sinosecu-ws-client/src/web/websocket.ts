import type { Channel, CloseInfo, Frame } from "../channel.js";

export interface WebSocketOptions {
  /** Default: the platform's. */
  readonly WebSocket?: typeof globalThis.WebSocket;
  readonly signal?: AbortSignal;
  /** How long the service may take to answer our close, in milliseconds. */
  readonly closeMs?: number;
}

/** A page may send 1000 and 3000 to 4999 only (WHATWG WebSockets, close()): 1009 goes out as 4009. */
const pageCode = (code: number): number => (code > 1000 && code < 3000 ? code + 3000 : code);

/**
 * Connects by the platform's own WebSocket, in browsers, workers, Deno, Bun and Node from 22.
 *
 * A page is not told why a connection failed: a service that does not run and a browser that forbids
 * look the same here. `explainFailure` finds out what can be found out.
 */
export const openWebSocket = (url: string, options: WebSocketOptions = {}): Promise<Channel> =>
  new Promise((resolve, reject) => {
    options.signal?.throwIfAborted();
    const socket = new (options.WebSocket ?? WebSocket)(url);
    socket.binaryType = "arraybuffer";
    const abort = (): void => {
      socket.close();
      reject(options.signal?.reason);
    };
    options.signal?.addEventListener("abort", abort, { once: true });
    const failed = (): void => {
      options.signal?.removeEventListener("abort", abort);
      reject(new Error(`expected a WebSocket at ${new URL(url).origin}, found none`));
    };
    socket.addEventListener("close", failed, { once: true });
    // A close follows each error and says all there is; an implementation may insist on a listener.
    socket.addEventListener("error", () => {});
    socket.addEventListener(
      "open",
      () => {
        options.signal?.removeEventListener("abort", abort);
        socket.removeEventListener("close", failed);
        resolve(channelOf(socket, options.closeMs ?? 3_000));
      },
      { once: true },
    );
  });

const channelOf = (socket: WebSocket, closeMs: number): Channel => {
  const frames: Frame[] = [];
  let ended = false;
  let reader: ((frame: Frame | undefined) => void) | undefined;
  let ours: CloseInfo | undefined;

  const deliver = (frame: Frame | undefined): void => {
    const waiting = reader;
    reader = undefined;
    if (waiting) waiting(frame);
    else if (frame !== undefined) frames.push(frame);
  };
  socket.addEventListener("message", ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (!ours) deliver(typeof data === "string" ? data : new Uint8Array(data));
  });
  let finish: (info: CloseInfo) => void = () => {};
  const closed = new Promise<CloseInfo>((resolve) => {
    finish = (info) => {
      ended = true;
      resolve(info);
      deliver(undefined);
    };
  });
  socket.addEventListener("close", ({ code, reason }) =>
    finish(ours ?? { by: code === 1006 ? "lost" : "peer", code, reason }),
  );

  return {
    closed,
    async send(frame) {
      if (ended || ours) throw new Error("expected an open WebSocket, found a closed one");
      socket.send(typeof frame === "string" ? frame : frame.slice());
    },
    receive: () =>
      new Promise((resolve) => {
        if (frames.length > 0) resolve(frames.shift());
        else if (ended) resolve(undefined);
        else reader = resolve;
      }),
    close(code = 1000, reason = "") {
      if (!ended && !ours) {
        const info: CloseInfo = { by: "us", code: pageCode(code), reason };
        ours = info;
        socket.close(info.code, reason);
        // The platform waits for the other side as long as it likes; whoever closes shall not.
        setTimeout(() => finish(info), closeMs);
      }
      return closed;
    },
  };
};
