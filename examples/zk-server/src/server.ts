import { createServer, type Server } from "node:http";
import {
  createGate,
  createReconciler,
  createServerEngine,
  type ServerEngineOptions,
  type ServerEvent,
  type ServerStore,
} from "@org/zk-push-codec";
import {
  type Administration,
  createAdminHandler,
  createAdministration,
  createLiveFeed,
  createSessions,
} from "@org/zk-push-codec/http";
import { createFileShelf, createPushListener } from "@org/zk-push-codec/node";
import { addressOf, answerBy, type FetchHandler } from "./fetch-listener.js";
import { startHousekeeping } from "./housekeeping.js";
import { createMetrics } from "./metrics.js";
import { createPage } from "./page/page.js";
import { newCommandId } from "./random.js";
import { type Sink, startPublishing } from "./sinks.js";

/** What the server is made of. */
export interface ZkServerOptions
  extends Pick<ServerEngineOptions, "pairing" | "timeZone" | "commKey" | "handshake"> {
  readonly store: ServerStore;
  readonly token: string;
  readonly allowDangerous: boolean;
  /** The store was opened with their names. Default none. */
  readonly sinks?: readonly Sink[];
  /** Days after which something is deleted. Default: nothing is. */
  readonly keep?: Parameters<Administration["prune"]>[0];
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
/** How long answers may take that are under way at the end. */
const LAST_ANSWERS_MS = 5_000;

/** Joins the parts of the package with `node:http`. */
export const createZkServer = (options: ZkServerOptions): ZkServer => {
  const { store, token, warn, allowDangerous, timeZone = "+00:00" } = options;
  const files = createFileShelf(store);
  const reconciler = createReconciler({ store, newCommandId });
  const engine = createServerEngine({
    ...options,
    newCommandId,
    file: files.file,
    backlogDelayMs: BACKLOG_DELAY_MS,
  });
  const metrics = createMetrics();
  const feed = createLiveFeed();
  const warnOfFailure = seldom(warn);
  const publishing = startPublishing(store, options.sinks ?? [], seldom(warn));
  const onError = (error: unknown): void => warnOfFailure(messageOf(error));
  const onEvents = (events: readonly ServerEvent[]): void => {
    metrics.count(events);
    feed.publish(events);
    for (const event of events) {
      if (event.event === "storeFailed") warnOfFailure(`store: ${messageOf(event.error)}`);
      if (event.event === "attendance" && event.inserted > 0) publishing.wake();
    }
    if (events.some(({ event }) => event === "verifySum")) {
      reconciler.take(events, Date.now()).then(metrics.countDays, onError);
    }
  };
  const terminals = createPushListener({ gate: createGate(engine), onEvents });
  const administration = createAdministration({ store, newCommandId, allowDangerous });
  const sessions = createSessions({ token });
  const handlers: readonly FetchHandler[] = [
    health(store),
    async (request) =>
      new URL(request.url).pathname === "/metrics"
        ? new Response(metrics.text(await publishing.waiting()), {
            headers: { "Content-Type": "text/plain; version=0.0.4; charset=utf-8" },
          })
        : undefined,
    createAdminHandler({
      ...{ store, administration, feed, files, reconciler },
      ...{ token, sessions, addressOf, onError },
    }),
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
  const endHousekeeping = startHousekeeping({
    ...{ store, administration, reconciler, timeZone, onError },
    keep: options.keep ?? {},
  });
  return {
    server,
    async close() {
      feed.close();
      const cut = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      clearTimeout(cut);
      await Promise.all([endHousekeeping(), publishing.close()]);
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
