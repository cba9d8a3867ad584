import { createServer, type Server } from "node:http";
import {
  createGate,
  createServerEngine,
  type ServerEngineOptions,
  type ServerEvent,
  type ServerStore,
} from "@org/zk-push-codec";
import {
  createAdminHandler,
  createAdministration,
  createLiveFeed,
  createSessions,
} from "@org/zk-push-codec/http";
import { createPushListener } from "@org/zk-push-codec/node";
import { addressOf, answerBy, type FetchHandler } from "./fetch-listener.js";
import { createMetrics } from "./metrics.js";
import { createPage } from "./page/page.js";
import { newCommandId } from "./random.js";

/** What the server is made of. */
export interface ZkServerOptions
  extends Pick<ServerEngineOptions, "pairing" | "timeZone" | "commKey" | "handshake"> {
  readonly store: ServerStore;
  readonly token: string;
  readonly allowDangerous: boolean;
  /** Told of what somebody should look at; never of a person. */
  readonly warn: (text: string) => void;
}

/** A server for terminals, programs and people, not yet listening. */
export interface ZkServer {
  readonly server: Server;
  /** Finishes what was accepted, and ends. */
  close(): Promise<void>;
}

/** Answers to large uploads of old records wait this long. */
const BACKLOG_DELAY_MS = 250;
const EXPIRY_EVERY_MS = 10_000;
/** How long answers may take that are under way at the end. */
const LAST_ANSWERS_MS = 5_000;

/** Joins the parts of the package with `node:http`. */
export const createZkServer = (options: ZkServerOptions): ZkServer => {
  const { store, token, warn, allowDangerous } = options;
  const engine = createServerEngine({
    ...options,
    newCommandId,
    backlogDelayMs: BACKLOG_DELAY_MS,
  });
  const metrics = createMetrics();
  const feed = createLiveFeed();
  const warnOfFailure = seldom(warn);
  const onEvents = (events: readonly ServerEvent[]): void => {
    metrics.count(events);
    feed.publish(events);
    for (const event of events) {
      if (event.event === "storeFailed") warnOfFailure(`store: ${messageOf(event.error)}`);
    }
  };
  const terminals = createPushListener({ gate: createGate(engine), onEvents });
  const administration = createAdministration({ store, newCommandId, allowDangerous });
  const sessions = createSessions({ token });
  const onError = (error: unknown): void => warnOfFailure(`request: ${messageOf(error)}`);
  const handlers: readonly FetchHandler[] = [
    health(store),
    async (request) =>
      new URL(request.url).pathname === "/metrics"
        ? new Response(metrics.text(), {
            headers: { "Content-Type": "text/plain; version=0.0.4; charset=utf-8" },
          })
        : undefined,
    createAdminHandler({ store, administration, feed, token, sessions, addressOf, onError }),
    createPage({ store, administration, token, sessions, addressOf, onError }),
  ];
  const server = createServer((request, response) => {
    if (terminals.request(request, response)) return;
    answerBy(handlers, request, response).catch((error: unknown) => {
      onError(error);
      response.destroy();
    });
  });
  server.on("clientError", terminals.clientError);
  const timer = setInterval(() => {
    store.expireCommands(Date.now()).catch(onError);
  }, EXPIRY_EVERY_MS);
  return {
    server,
    async close() {
      clearInterval(timer);
      feed.close();
      const cut = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      clearTimeout(cut);
      await store.close();
    },
  };
};

/** Well as long as the store answers. */
const health =
  (store: ServerStore): FetchHandler =>
  async (request) => {
    if (new URL(request.url).pathname !== "/healthz") return undefined;
    const headers = { "Content-Type": "application/json", "Cache-Control": "no-store" };
    try {
      await store.devices({ limit: 1 });
      return new Response('{"status":"ok"}', { headers });
    } catch {
      return new Response('{"status":"failed"}', { status: 503, headers });
    }
  };

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** At most one line in ten seconds: what fails, fails often. */
const seldom = (warn: (text: string) => void): ((text: string) => void) => {
  let last = Number.NEGATIVE_INFINITY;
  return (text) => {
    if (Date.now() - last < 10_000) return;
    last = Date.now();
    warn(text);
  };
};
