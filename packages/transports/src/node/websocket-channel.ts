import type { WebSocket } from "ws";
import { type Channel, type CloseInfo, cutCloseReason, iterateFrames } from "../channel.js";
import { type Clock, systemClock } from "../clock.js";
import { checkCloseCode } from "../close-code.js";
import { abortedError, closedError, TransportError } from "../errors.js";
import { createInbox } from "../inbox.js";
import { abortable } from "../signal.js";

/** What both ends of a WebSocket may be told. Sizes in bytes, times in milliseconds. */
export interface WebSocketLimits {
  /** Longest message that is taken; default 32 MiB. A longer one ends the channel with 1009. */
  readonly maxPayload?: number;
  /** Unread bytes at which the socket is no longer read, until they are; default 1 MiB. */
  readonly maxUnread?: number;
  /** Unsent bytes at which `send` refuses; default 64 MiB. */
  readonly maxUnsent?: number;
  /** Time between pings; a peer that misses one is lost. Default 20,000; 0 sends none. */
  readonly pingMs?: number;
  /** Time that the peer has to answer our close; default 5,000. */
  readonly closeMs?: number;
  readonly clock?: Clock;
}

export const DEFAULT_MAX_PAYLOAD = 32 * 1024 * 1024;

/** The close code for each fault that the WebSocket library finds in what came. */
const CLOSE_CODE_OF_FAULT: Readonly<Record<string, number>> = {
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 1009,
  WS_ERR_INVALID_UTF8: 1007,
};

/** A channel over an open WebSocket of the `ws` package. */
export const channelOfWebSocket = (socket: WebSocket, limits: WebSocketLimits): Channel => {
  const clock = limits.clock ?? systemClock;
  const maxUnread = limits.maxUnread ?? 1024 * 1024;
  const maxUnsent = limits.maxUnsent ?? 64 * 1024 * 1024;
  let ours: CloseInfo | undefined;
  let ended = false;
  let paused = false;
  let cancelTimer = () => {};

  const inbox = createInbox({
    onChange(queued) {
      if (!paused && queued > maxUnread && !ours) {
        paused = true;
        socket.pause();
      } else if (paused && queued <= maxUnread / 2) resume();
    },
  });
  const resume = () => {
    paused = false;
    socket.resume();
  };

  /** A peer that does not answer our close is not waited for. */
  const terminateLater = () => {
    cancelTimer();
    cancelTimer = clock.schedule(limits.closeMs ?? 5_000, () => socket.terminate());
  };

  const closed = new Promise<CloseInfo>((resolve) => {
    socket.on("close", (code, reason) => {
      ended = true;
      cancelTimer();
      inbox.end();
      const theirs: CloseInfo = {
        by: code === 1006 ? "lost" : "peer",
        code,
        reason: reason.toString("utf8"),
      };
      resolve(ours ?? theirs);
    });
  });
  socket.on("error", (error: Error & { code?: string }) => {
    // The library closes the socket itself; only the code that it sends is to be known here.
    if (error.code?.startsWith("WS_ERR_")) {
      ours ??= { by: "us", code: CLOSE_CODE_OF_FAULT[error.code] ?? 1002, reason: "" };
      terminateLater();
    }
  });
  socket.on("message", (data: Buffer, binary: boolean) => {
    inbox.push(
      binary
        ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
        : data.toString("utf8"),
    );
  });

  keepAlive(
    socket,
    limits.pingMs ?? 20_000,
    clock,
    () => paused,
    (cancel) => {
      cancelTimer = cancel;
    },
  );

  return {
    closed,
    receive: (options) => inbox.receive(options),
    async send(frame, { signal } = {}) {
      if (ours || ended || socket.readyState !== socket.OPEN) throw closedError("channel");
      if (signal?.aborted) throw abortedError(signal);
      if (socket.bufferedAmount + frame.length > maxUnsent) {
        throw new TransportError("SEND_OVERFLOW", `expected at most ${maxUnsent} bytes unsent`, {
          limit: maxUnsent,
        });
      }
      // The bytes are taken as they are now, whatever the caller does with them while they wait.
      const data = typeof frame === "string" ? frame : Buffer.from(frame);
      await abortable<void>(signal, (resolve, reject) =>
        socket.send(data, { binary: typeof frame !== "string" }, (error) =>
          error ? reject(closedError("channel")) : resolve(),
        ),
      );
    },
    close(code = 1000, reason = "") {
      try {
        checkCloseCode(code);
      } catch (error) {
        return Promise.reject(error);
      }
      if (ours || ended || socket.readyState !== socket.OPEN) return closed;
      ours = { by: "us", code, reason: cutCloseReason(reason) };
      inbox.end();
      if (paused) resume();
      socket.close(code, ours.reason);
      terminateLater();
      return closed;
    },
    [Symbol.asyncIterator]: () => iterateFrames((options) => inbox.receive(options)),
  };
};

/** Pings, and gives up a peer from which nothing came since the ping before. */
const keepAlive = (
  socket: WebSocket,
  pingMs: number,
  clock: Clock,
  isPaused: () => boolean,
  onTimer: (cancel: () => void) => void,
): void => {
  if (pingMs === 0) return;
  let heard = true;
  const hear = () => {
    heard = true;
  };
  socket.on("pong", hear);
  socket.on("ping", hear);
  socket.on("message", hear);
  const tick = () => {
    // While we do not read, we cannot hear: the silence is ours.
    if (!heard && !isPaused()) {
      socket.terminate();
      return;
    }
    heard = false;
    if (socket.readyState === socket.OPEN) socket.ping();
    onTimer(clock.schedule(pingMs, tick));
  };
  onTimer(clock.schedule(pingMs, tick));
};
