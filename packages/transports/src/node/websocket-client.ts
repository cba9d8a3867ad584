import type { ConnectionOptions } from "node:tls";
import { WebSocket } from "ws";
import type { Channel } from "../channel.js";
import { systemClock } from "../clock.js";
import { abortedError, TransportError } from "../errors.js";
import { onAbort } from "../signal.js";
import {
  channelOfWebSocket,
  DEFAULT_MAX_PAYLOAD,
  type WebSocketLimits,
} from "./websocket-channel.js";

export interface WebSocketClientOptions extends WebSocketLimits {
  /** Headers of the handshake, say Authorization or Origin. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Subprotocols to offer, the best first. */
  readonly protocols?: readonly string[];
  /** For wss: whom to trust and who we are. */
  readonly tls?: Pick<
    ConnectionOptions,
    "ca" | "cert" | "key" | "passphrase" | "servername" | "rejectUnauthorized" | "minVersion"
  >;
  /** Time for the whole handshake; default 10,000 ms. */
  readonly handshakeMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** The client's end of a WebSocket. */
export interface WebSocketChannel extends Channel {
  /** The subprotocol that the server chose; empty where none. */
  readonly protocol: string;
}

/**
 * Connects to a WebSocket server (RFC 6455). Compression is not offered.
 *
 * @param url `ws://…` or `wss://…`.
 * @throws TransportError `CONNECT_FAILED`, `HANDSHAKE_REFUSED` with the status, `TRANSPORT_TIMEOUT`,
 * `TRANSPORT_ABORTED`, `OPTION_INVALID`.
 */
export const openWebSocket = (
  url: string,
  options: WebSocketClientOptions = {},
): Promise<WebSocketChannel> =>
  new Promise((resolve, reject) => {
    if (options.signal?.aborted) throw abortedError(options.signal);
    const socket = newWebSocket(url, options);
    const { handshakeMs = 10_000, clock = systemClock } = options;
    const host = new URL(url).host;
    let failed: TransportError | undefined;

    const fail = (error: TransportError) => {
      if (failed) return;
      failed = error;
      settle();
      // To end a handshake is an error to the socket, which the caller has been told already.
      socket.terminate();
      reject(error);
    };
    const settle = () => {
      cancelTimer();
      stopListening();
    };
    const cancelTimer = clock.schedule(handshakeMs, () =>
      fail(
        new TransportError("TRANSPORT_TIMEOUT", `expected a handshake in ${handshakeMs} ms`, {
          limit: handshakeMs,
        }),
      ),
    );
    const stopListening = onAbort(options.signal, () => fail(abortedError(options.signal!)));

    socket.on("error", (cause) => {
      if (socket.readyState === socket.OPEN || failed) return;
      fail(
        new TransportError("CONNECT_FAILED", `expected a WebSocket at ${host}: ${cause.message}`, {
          cause,
        }),
      );
    });
    socket.on("unexpected-response", (_request, response) => {
      const status = response.statusCode ?? 0;
      response.destroy();
      fail(
        new TransportError("HANDSHAKE_REFUSED", `expected status 101 of ${host}, found ${status}`, {
          status,
        }),
      );
    });
    socket.on("open", () => {
      if (failed) return;
      settle();
      resolve({ ...channelOfWebSocket(socket, options), protocol: socket.protocol });
    });
  });

const newWebSocket = (url: string, options: WebSocketClientOptions): WebSocket => {
  try {
    return new WebSocket(url, [...(options.protocols ?? [])], {
      ...options.tls,
      headers: { ...options.headers },
      perMessageDeflate: false,
      followRedirects: false,
      maxPayload: options.maxPayload ?? DEFAULT_MAX_PAYLOAD,
    });
  } catch (cause) {
    throw new TransportError("OPTION_INVALID", "expected a ws: or wss: URL and valid headers", {
      cause,
    });
  }
};
