import {
  type Channel,
  type CloseInfo,
  cutCloseReason,
  type Frame,
  isLongerThan,
  iterateFrames,
} from "../channel.js";
import { type Clock, systemClock } from "../clock.js";
import { checkCloseCode, toWebCloseCode } from "../close-code.js";
import { abortedError, asTransportError, closedError, TransportError } from "../errors.js";
import { createInbox } from "../inbox.js";
import { onAbort } from "../signal.js";

export interface WebWebSocketOptions {
  /** Subprotocols to offer, the best first. */
  readonly protocols?: readonly string[];
  /** Longest message that is taken, in bytes; default 32 MiB. A longer one ends the channel. */
  readonly maxPayload?: number;
  /**
   * Unread bytes that are kept; default 64 MiB. The platform cannot hold a server back, so a channel
   * whose frames are not read in time is ended.
   */
  readonly maxUnread?: number;
  /** Unsent bytes above which `send` waits; default 1 MiB. */
  readonly highWater?: number;
  /** Time for the handshake; default 10,000 ms. */
  readonly handshakeMs?: number;
  /** Time that the server has to answer our close; default 5,000 ms. */
  readonly closeMs?: number;
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock;
  /** Default: the platform's. */
  readonly WebSocket?: typeof WebSocket;
}

/** A WebSocket of the platform. */
export interface WebWebSocketChannel extends Channel {
  /** The subprotocol that the server chose; empty where none. */
  readonly protocol: string;
}

/** `send` looks this often whether the platform has sent enough: it has no event for it. */
const DRAIN_MS = 10;

/**
 * Connects by the platform's own WebSocket: in browsers, Deno, Bun and Node from 22.
 *
 * Its `close` takes 1000 and 3000 to 4999 only, so that other codes go out mapped, see
 * `toWebCloseCode`, and `closed` tells the code that went out. Why a handshake failed is not told to a
 * page: refused, blocked and unreachable are all `CONNECT_FAILED`.
 *
 * @throws TransportError `CONNECT_FAILED`, `TRANSPORT_TIMEOUT`, `TRANSPORT_ABORTED`, `OPTION_INVALID`.
 */
export const openWebSocket = (
  url: string,
  options: WebWebSocketOptions = {},
): Promise<WebWebSocketChannel> =>
  new Promise((resolve, reject) => {
    if (options.signal?.aborted) throw abortedError(options.signal);
    const { handshakeMs = 10_000, clock = systemClock } = options;
    const socket = newWebSocket(url, options);
    const channel = channelOfWebWebSocket(socket, options, clock);

    const settle = () => {
      cancelTimer();
      stopListening();
      socket.removeEventListener("open", onOpen);
      socket.removeEventListener("close", onEnd);
      socket.removeEventListener("error", onEnd);
    };
    const fail = (error: TransportError) => {
      settle();
      socket.close();
      reject(error);
    };
    const onOpen = () => {
      settle();
      resolve({ ...channel, protocol: socket.protocol });
    };
    const onEnd = () =>
      fail(new TransportError("CONNECT_FAILED", "expected a WebSocket, the platform found none"));
    const cancelTimer = clock.schedule(handshakeMs, () =>
      fail(
        new TransportError("TRANSPORT_TIMEOUT", `expected a handshake in ${handshakeMs} ms`, {
          limit: handshakeMs,
        }),
      ),
    );
    const stopListening = onAbort(options.signal, () => fail(abortedError(options.signal!)));
    socket.addEventListener("open", onOpen);
    socket.addEventListener("close", onEnd);
    // Node 22 has no close event for a connection that was refused.
    socket.addEventListener("error", onEnd);
  });

const newWebSocket = (url: string, options: WebWebSocketOptions): WebSocket => {
  try {
    const socket = new (options.WebSocket ?? WebSocket)(url, [...(options.protocols ?? [])]);
    socket.binaryType = "arraybuffer";
    return socket;
  } catch (error) {
    throw asTransportError(error, "OPTION_INVALID", "expected a URL that the platform connects to");
  }
};

const channelOfWebWebSocket = (
  socket: WebSocket,
  options: WebWebSocketOptions,
  clock: Clock,
): Channel => {
  const { maxPayload = 32 * 1024 * 1024, maxUnread = 64 * 1024 * 1024 } = options;
  const { highWater = 1024 * 1024, closeMs = 5_000 } = options;
  const inbox = createInbox();
  let ours: CloseInfo | undefined;
  let ended = false;
  let cancelTimer = () => {};
  let finish: (info: CloseInfo) => void;
  const closed = new Promise<CloseInfo>((resolve) => {
    finish = (info) => {
      ended = true;
      cancelTimer();
      inbox.end();
      resolve(info);
    };
  });

  const close = (code: number, reason: string): void => {
    if (ours || ended) return;
    const sent = toWebCloseCode(code);
    ours = { by: "us", code: sent, reason: cutCloseReason(reason) };
    const info = ours;
    inbox.end();
    socket.close(sent, info.reason);
    // The platform waits for the server without end; whoever closes shall not.
    cancelTimer = clock.schedule(closeMs, () => finish(info));
  };
  socket.addEventListener("message", ({ data }: MessageEvent<string | ArrayBuffer>) => {
    const frame: Frame = typeof data === "string" ? data : new Uint8Array(data);
    if (isLongerThan(frame, maxPayload)) close(1009, "message too long");
    else if (inbox.queued + frame.length > maxUnread) close(1008, "messages are not read");
    else inbox.push(frame);
  });
  socket.addEventListener("close", ({ code, reason }) =>
    finish(ours ?? { by: code === 1006 ? "lost" : "peer", code, reason }),
  );

  /** Waits until the platform has sent enough, the channel ends, or the caller gives up. */
  const drained = (signal: AbortSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      let cancelLook = () => {};
      const stopListening = onAbort(signal, () => {
        cancelLook();
        reject(abortedError(signal!));
      });
      const look = () => {
        if (!ended && !ours && socket.bufferedAmount > highWater) {
          cancelLook = clock.schedule(DRAIN_MS, look);
          return;
        }
        stopListening();
        if (ended) reject(closedError("channel"));
        else resolve();
      };
      look();
    });

  return {
    closed,
    receive: (receiveOptions) => inbox.receive(receiveOptions),
    async send(frame, { signal } = {}) {
      if (ours || ended || socket.readyState !== socket.OPEN) throw closedError("channel");
      if (signal?.aborted) throw abortedError(signal);
      socket.send(typeof frame === "string" ? frame : new Uint8Array(frame));
      if (socket.bufferedAmount > highWater) await drained(signal);
    },
    close(code = 1000, reason = "") {
      try {
        checkCloseCode(code);
      } catch (error) {
        return Promise.reject(error);
      }
      close(code, reason);
      return closed;
    },
    [Symbol.asyncIterator]: () => iterateFrames((receiveOptions) => inbox.receive(receiveOptions)),
  };
};
