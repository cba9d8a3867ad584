import {
  type Clock,
  openReader as openPortableReader,
  type Reader,
  type ReaderOptions,
} from "../index.js";
import { openWebSocket } from "./websocket.js";

export * from "../index.js";
export { explainFailure, type FailureReason, failureReason } from "./explain-failure.js";
export { openWebSocket, type WebSocketOptions } from "./websocket.js";

/** The platform's own time. */
export const systemClock: Clock = {
  now: () => performance.now(),
  schedule(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** Where the service listens unless its settings say otherwise (manual, 4.1.1). */
export const DEFAULT_URL = "ws://127.0.0.1:90/echo";

/**
 * Holds a connection to the service from a web page: the reader of this package over the platform's
 * WebSocket and clock.
 *
 * @param url `ws:` or `wss:`, whichever the service was set to; it listens to one of them only.
 */
export const openReader = <Report = unknown>(
  url: string = DEFAULT_URL,
  options: Omit<ReaderOptions<Report>, "open" | "clock"> = {},
): Reader<Report> =>
  openPortableReader<Report>({
    ...options,
    clock: systemClock,
    open: (signal) => openWebSocket(url, { signal: signal as globalThis.AbortSignal }),
  });
