import { createServer, type Server } from "node:http";
import { createServer as createTlsServer, Server as TlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createSecureContext } from "node:tls";
import type { ClientSettings, ServerTimeouts } from "@org/docval-protocol";
import { LIMITS } from "@org/docval-protocol";
import { createEmrtdServerChip } from "@org/docval-protocol/emrtd";
import { bearerToken, decideUpgrade, type SignRequest } from "@org/docval-protocol/server";
import type { TrustStore } from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import { systemClock } from "@org/transports";
import { toNodeListener } from "@org/transports/node/http-verbs";
import { acceptWebSockets } from "@org/transports/node/websocket";
import { type Logger, pino } from "pino";
import { createHandler } from "./handler.js";
import { createMetrics, type Metrics } from "./metrics.js";
import { randomBytes } from "./random.js";
import { createSessions, type OpenTranscript } from "./sessions.js";
import { loadToJpeg } from "./to-jpeg.js";

/** A certificate and its private key, PEM. */
export interface TlsFiles {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** What a server is made of. */
export interface DocvalServerOptions {
  /** Who a client is; undefined: nobody that this server knows. */
  readonly client: (clientId: string) => ClientSettings | undefined;
  /** Whom to believe, asked anew for each document. */
  readonly trust: () => TrustStore;
  /** The token that clients must show; default: none is asked for. */
  readonly authorization?: string;
  /** Web pages that may connect, by origin. Default none. */
  readonly origins?: readonly string[];
  readonly tls?: TlsFiles;
  readonly includeFiles?: boolean;
  readonly requireChipProof?: boolean;
  readonly strict?: boolean;
  /** Signs what is posted to result servers. */
  readonly sign?: SignRequest;
  readonly timeouts?: Partial<ServerTimeouts>;
  readonly maxSessions?: number;
  /** Milliseconds that running sessions have once the server closes. */
  readonly graceMs?: number;
  readonly log?: Logger;
  readonly transcript?: OpenTranscript;
}

/** A server for clients and for whoever watches it, not yet listening. */
export interface DocvalServer {
  readonly server: Server;
  readonly metrics: Metrics;
  /**
   * Shows another certificate to whoever connects from now on.
   *
   * @throws what Node throws where certificate and key do not fit; those before stay.
   */
  renewTls(tls: TlsFiles): void;
  /** Takes no new sessions, lets the running ones finish, and ends. */
  close(): Promise<void>;
}

const SILENT = pino({ level: "silent" });
/** The longest that a session and its delivery can take. */
const GRACE_MS = 150_000;
/** A client that is slow to send a form is not waited for longer. */
const REQUEST_MS = 30_000;

/** Joins the parts of the package with `node:http` and a WebSocket library. */
export const createDocvalServer = async (options: DocvalServerOptions): Promise<DocvalServer> => {
  const { log = SILENT, client, includeFiles = false } = options;
  const metrics = createMetrics();
  const chip = createEmrtdServerChip({
    trust: options.trust,
    random: randomBytes,
    crypto: nodeCrypto,
    now: () => new Date(),
    toJpeg: await loadToJpeg(),
    requireChipProof: options.requireChipProof ?? false,
  });
  const counted: typeof chip = {
    ...chip,
    judge(request) {
      const passport = chip.judge(request);
      metrics.judged(passport);
      return passport;
    },
  };
  const sessions = createSessions({
    ...options,
    session: { ...options, chip: counted, client, random: randomBytes, includeFiles },
    clock: systemClock,
    log,
    metrics,
  });
  const authorize =
    options.authorization === undefined ? {} : { authorize: bearerToken(options.authorization) };
  const onError = (error: unknown) =>
    log.error({ cause: error instanceof Error ? error.name : "" }, "request failed");
  const handler = createHandler({
    ...authorize,
    chip: counted,
    client,
    includeFiles,
    metrics,
    sessions,
    onError,
  });
  const listener = toNodeListener(handler, { onError });
  const server: Server = options.tls
    ? createTlsServer(options.tls, listener)
    : createServer(listener);
  server.requestTimeout = REQUEST_MS;
  const acceptor = acceptWebSockets(server, {
    maxPayload: LIMITS.frame,
    maxConnections: options.maxSessions ?? 1_000,
    decide(handshake) {
      const decision = decideUpgrade(handshake, {
        ...authorize,
        origins: options.origins ?? [],
        closing: sessions.closing,
      });
      if (decision.status !== 101) {
        metrics.refused(decision.status);
        log.debug({ status: decision.status }, "connection refused");
      }
      return decision;
    },
    onChannel(channel, handshake) {
      const decision = decideUpgrade(handshake);
      if (decision.status === 101) void sessions.serve(channel, decision.session);
    },
  });
  return {
    server,
    metrics,
    renewTls(tls) {
      createSecureContext(tls);
      if (server instanceof TlsServer) server.setSecureContext(tls);
    },
    async close() {
      await sessions.finish(options.graceMs ?? GRACE_MS);
      await acceptor.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
};

/** A server that listens: on 127.0.0.1 and any free port unless told otherwise. */
export const startDocvalServer = async (
  options: DocvalServerOptions & { readonly host?: string; readonly port?: number },
): Promise<{ readonly url: string; close(): Promise<void> }> => {
  const { host = "127.0.0.1", port = 0, tls } = options;
  const { server, close } = await createDocvalServer(options);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return { url: `${tls ? "https" : "http"}://${host}:${taken}`, close };
};
