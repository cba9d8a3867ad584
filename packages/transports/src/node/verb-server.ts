import { IncomingMessage, type Server, ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { Server as TlsServer } from "node:tls";
import { type Clock, systemClock } from "../clock.js";
import {
  createRequestLineReader,
  MARKER,
  MOSIP_VERBS,
  type RequestLineReader,
} from "./request-line.js";

export interface VerbOptions {
  /** Methods to accept beside Node's own; default {@link MOSIP_VERBS}. Case counts. */
  readonly verbs?: readonly string[];
  /** Time for the request line to come, in milliseconds; default 10,000, then 408. */
  readonly requestLineMs?: number;
  readonly clock?: Clock;
}

/** Connections whose request line is not complete. */
export interface VerbAcceptor {
  readonly pending: number;
  /** Drops them: the server knows nothing of them yet. */
  dropPending(): void;
}

/**
 * Teaches an HTTP server methods that Node's parser refuses. Node's own parser, limits and time-outs
 * do all the rest.
 *
 * The server's `connection` event is taken over. A request line with one of the verbs is rewritten to
 * POST with a header put first that names the verb, and the socket goes to Node's own listener; before
 * any other listener sees the request, its method is restored and the header taken out. Only requests
 * that were rewritten here are restored: a header of that name which a client sends is a header.
 *
 * Node sees the first request of a connection only through its own parser, so there is one request a
 * connection: each answer says `Connection: close`, and the socket is ended after it.
 *
 * Call it after the server is made and before it listens.
 */
export const acceptVerbs = (server: Server, options: VerbOptions = {}): VerbAcceptor => {
  const { requestLineMs = 10_000, clock = systemClock } = options;
  const read = createRequestLineReader(options.verbs ?? MOSIP_VERBS);
  const rewritten = new WeakMap<Socket, string>();
  const pending = new Set<Socket>();
  const event = server instanceof TlsServer ? "secureConnection" : "connection";
  const nodeListeners = server.listeners(event);
  server.removeAllListeners(event);
  server.maxRequestsPerSocket = 1;

  server.on(event, (socket: Socket) => {
    pending.add(socket);
    readRequestLine(socket, read, requestLineMs, clock, (verb) => {
      pending.delete(socket);
      if (verb !== undefined) rewritten.set(socket, verb);
      for (const listener of nodeListeners) listener.call(server, socket);
      socket.resume();
    });
    socket.once("close", () => pending.delete(socket));
  });

  // Whatever Node calls a request, `request`, `checkContinue` or `upgrade`, comes through here first.
  const emit = server.emit.bind(server);
  server.emit = (name: string | symbol, ...args: unknown[]) => {
    const [request, response] = args;
    if (request instanceof IncomingMessage) {
      restore(request, rewritten);
      endAfter(request, response);
    }
    return emit(name as string, ...args);
  };

  return {
    get pending() {
      return pending.size;
    },
    dropPending() {
      for (const socket of pending) socket.destroy();
    },
  };
};

/** Reads up to the end of the request line, puts back what Node is to read, and hands over. */
const readRequestLine = (
  socket: Socket,
  read: RequestLineReader,
  requestLineMs: number,
  clock: Clock,
  handOver: (verb: string | undefined) => void,
): void => {
  let bytes: Buffer = Buffer.alloc(0);
  const settle = () => {
    cancelTimer();
    socket.off("readable", onReadable);
    socket.off("end", drop);
    socket.off("error", drop);
    socket.off("close", settle);
  };
  const drop = () => {
    settle();
    socket.destroy();
  };
  const refuse = (status: number) => {
    settle();
    socket.on("error", () => socket.destroy());
    const line = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n`;
    socket.end(`${line}Connection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
  };
  const onReadable = () => {
    for (let chunk: Buffer | null = socket.read(); chunk; chunk = socket.read()) {
      bytes = Buffer.concat([bytes, chunk]);
    }
    const start = read(bytes);
    if (start.kind === "more") return;
    if (start.kind === "too-long") return refuse(414);
    settle();
    socket.unshift(start.kind === "verb" ? start.bytes : bytes);
    handOver(start.kind === "verb" ? start.verb : undefined);
  };
  const cancelTimer = clock.schedule(requestLineMs, () => refuse(408));
  socket.on("readable", onReadable);
  socket.on("end", drop);
  socket.on("error", drop);
  socket.on("close", settle);
};

/** Gives a rewritten request its method back; others are left as they are. */
const restore = (request: IncomingMessage, rewritten: WeakMap<Socket, string>): void => {
  const { rawHeaders, headers, socket } = request;
  const verb = rewritten.get(socket);
  if (verb === undefined || rawHeaders[0] !== MARKER || rawHeaders[1] !== verb) return;
  rewritten.delete(socket);
  request.method = verb;
  rawHeaders.splice(0, 2);
  delete headers[MARKER];
  // The client may have sent a header of the same name, which Node has joined with ours.
  const own = rawHeaders.filter(
    (_, i) => i % 2 === 1 && rawHeaders[i - 1]!.toLowerCase() === MARKER,
  );
  if (own.length > 0) headers[MARKER] = own.join(", ");
};

/**
 * Ends the connection after the answer, whatever the answer's own Connection header says: a client
 * that sent a second verb on it would be refused by Node's parser.
 */
const endAfter = (request: IncomingMessage, response: unknown): void => {
  // A request that was given up has no socket any more when its answer is done.
  const { socket } = request;
  if (response instanceof ServerResponse) response.once("finish", () => socket.end());
};
