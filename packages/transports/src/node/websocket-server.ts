import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  STATUS_CODES,
} from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { TlsOptions } from "node:tls";
import { WebSocketServer } from "ws";
import type { Channel } from "../channel.js";
import { systemClock } from "../clock.js";
import { closeServer, type ListenAddress, listen } from "./listen.js";
import {
  channelOfWebSocket,
  DEFAULT_MAX_PAYLOAD,
  type WebSocketLimits,
} from "./websocket-channel.js";

/** What a client asks for, before it is let in. */
export interface Handshake {
  readonly path: string;
  readonly query: URLSearchParams;
  /** The page that asks; only browsers send it. */
  readonly origin: string | undefined;
  readonly authorization: string | undefined;
  /** Subprotocols offered, the client's best first. */
  readonly protocols: readonly string[];
  readonly headers: IncomingHttpHeaders;
  readonly remoteAddress: string | undefined;
}

/** 101 lets the client in; any other status turns it away with these headers. */
export interface HandshakeDecision {
  readonly status: number;
  /** With 101: the subprotocol, one of those offered. */
  readonly protocol?: string;
  /** Otherwise: headers of the refusal, say WWW-Authenticate. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface WebSocketServerOptions extends WebSocketLimits {
  /** Paths that are served; another is 404. Default: every path. */
  readonly paths?: readonly string[];
  /** Decides on each handshake. Default: 101, and 403 for a web page, which sends an Origin. */
  readonly decide?: (handshake: Handshake) => HandshakeDecision | Promise<HandshakeDecision>;
  /** Open channels and handshakes at a time; one more is 503. Default 1,000. */
  readonly maxConnections?: number;
  /** Time for a decision; default 10,000 ms, then 503. */
  readonly handshakeMs?: number;
  readonly onChannel: (channel: Channel, handshake: Handshake) => void;
}

/** The accepting side. */
export interface WebSocketAcceptor {
  /** Channels open now. */
  readonly connections: number;
  /** Takes no more, and closes every channel. Default code 1001. */
  close(code?: number, reason?: string): Promise<void>;
}

/** Serves WebSockets on an HTTP server that the caller has, beside what else it serves. */
export const acceptWebSockets = (
  server: Server,
  options: WebSocketServerOptions,
): WebSocketAcceptor => {
  const { maxConnections = 1_000, handshakeMs = 10_000, clock = systemClock } = options;
  const channels = new Set<Channel>();
  let handshakes = 0;
  let closing = false;
  let chosen: string | undefined;
  const upgrader = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    clientTracking: false,
    maxPayload: options.maxPayload ?? DEFAULT_MAX_PAYLOAD,
    // Called within handleUpgrade, right after `chosen` was set.
    handleProtocols: () => chosen ?? false,
  });
  upgrader.on("wsClientError", (_error, socket) => refuse(socket, { status: 400 }));

  const judge = async (handshake: Handshake): Promise<HandshakeDecision> => {
    if (closing || channels.size + handshakes > maxConnections) return { status: 503 };
    if (options.paths && !options.paths.includes(handshake.path)) return { status: 404 };
    if (!options.decide) return { status: handshake.origin === undefined ? 101 : 403 };
    let cancelTimer = () => {};
    const late = new Promise<HandshakeDecision>((resolve) => {
      cancelTimer = clock.schedule(handshakeMs, () => resolve({ status: 503 }));
    });
    try {
      return await Promise.race([options.decide(handshake), late]);
    } catch {
      return { status: 500 };
    } finally {
      cancelTimer();
    }
  };

  const onUpgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    const handshake = readHandshake(request);
    if (!handshake) return refuse(socket, { status: 400 });
    handshakes++;
    const decision = await judge(handshake);
    handshakes--;
    if (closing || decision.status !== 101) {
      return refuse(socket, closing ? { status: 503 } : decision);
    }
    if (socket.destroyed) return;
    chosen = decision.protocol;
    upgrader.handleUpgrade(request, socket, head, (webSocket) => {
      const channel = channelOfWebSocket(webSocket, options);
      channels.add(channel);
      void channel.closed.then(() => channels.delete(channel));
      options.onChannel(channel, handshake);
    });
  };
  const listener = (request: IncomingMessage, socket: Duplex, head: Buffer) =>
    void onUpgrade(request, socket, head);
  server.on("upgrade", listener);

  return {
    get connections() {
      return channels.size;
    },
    async close(code = 1001, reason = "") {
      closing = true;
      server.off("upgrade", listener);
      await Promise.all([...channels].map((channel) => channel.close(code, reason)));
    },
  };
};

const readHandshake = (request: IncomingMessage): Handshake | undefined => {
  if (!URL.canParse(request.url ?? "", "ws://host")) return undefined;
  const url = new URL(request.url ?? "", "ws://host");
  const offered = request.headers["sec-websocket-protocol"] ?? "";
  return {
    path: url.pathname,
    query: url.searchParams,
    origin: request.headers.origin,
    authorization: request.headers.authorization,
    protocols: offered
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== ""),
    headers: request.headers,
    remoteAddress: request.socket.remoteAddress,
  };
};

const refuse = (socket: Duplex, { status, headers }: HandshakeDecision): void => {
  const fields = { ...headers, Connection: "close", "Content-Length": "0" };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${oneLine(value)}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n`, () =>
    socket.destroy(),
  );
};

/** A line break in a value would start a header of its own. */
const oneLine = (value: string): string => value.replace(/[\r\n]+/g, " ");

export interface WebSocketListenOptions extends WebSocketServerOptions, ListenAddress {
  /** Serves wss, with this certificate and key. */
  readonly tls?: TlsOptions;
}

export interface WebSocketListener extends WebSocketAcceptor {
  readonly port: number;
  /** `ws://host:port` or `wss://host:port`, without a path. */
  readonly url: string;
}

/**
 * Listens for WebSockets and for nothing else: a plain request is answered with 426.
 *
 * @throws TransportError `LISTEN_FAILED`, `OPTION_INVALID`.
 */
export const listenWebSocket = async (
  options: WebSocketListenOptions,
): Promise<WebSocketListener> => {
  const server = options.tls ? createTlsServer({ ...options.tls }) : createServer();
  server.on("request", (_request, response) => {
    response.writeHead(426, { Connection: "close", Upgrade: "websocket" }).end();
  });
  const acceptor = acceptWebSockets(server, options);
  const port = await listen(server, options);
  const { address, family } = server.address() as AddressInfo;
  const host = family === "IPv6" ? `[${address}]` : address;
  return {
    port,
    url: `${options.tls ? "wss" : "ws"}://${host}:${port}`,
    get connections() {
      return acceptor.connections;
    },
    async close(code, reason) {
      const stopped = closeServer(server);
      await acceptor.close(code, reason);
      server.closeAllConnections();
      await stopped;
    },
  };
};
