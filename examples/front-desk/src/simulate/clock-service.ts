import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toNodeListener } from "@org/transports/node/http-verbs";
import { createGate, createServerEngine } from "@org/zk-push-codec";
import { createAdminHandler, createAdministration, createLiveFeed } from "@org/zk-push-codec/http";
import { createPushListener } from "@org/zk-push-codec/node";
import { openSqliteStore } from "@org/zk-push-codec/node/sqlite";
import { startTerminal, type Terminal } from "./terminal.js";

/** A server for time clocks, and one terminal that reports to it. */
export interface ClockService {
  /** Of the server, without a path. */
  readonly url: string;
  readonly token: string;
  readonly terminal: Terminal;
  close(): Promise<void>;
}

const SERIAL_NUMBER = "2026110001";

/** Starts both, the server's store in a folder that goes with it. */
export const startClockService = async (): Promise<ClockService> => {
  const folder = await mkdtemp(join(tmpdir(), "front-desk-"));
  const store = await openSqliteStore({ file: join(folder, "clock.sqlite") });
  const token = randomBytes(24).toString("base64url");
  const newCommandId = () => randomBytes(8).toString("hex").slice(0, 16);
  const engine = createServerEngine({
    store,
    pairing: "open",
    timeZone: "+00:00",
    newCommandId,
    handshake: { delay: 1, errorDelay: 1 },
  });
  const feed = createLiveFeed();
  const terminals = createPushListener({
    gate: createGate(engine),
    onEvents: (events) => feed.publish(events),
  });
  const administration = createAdministration({ store, newCommandId });
  const admin = createAdminHandler({ store, administration, feed, token });
  const listener = toNodeListener(
    async (request) => (await admin(request)) ?? new Response(null, { status: 404 }),
  );
  const server = createServer((request, response) => {
    if (!terminals.request(request, response)) listener(request, response);
  });
  server.on("clientError", terminals.clientError);
  const url = await listening(server);
  const terminal = startTerminal(SERIAL_NUMBER, new URL(url));
  return {
    url,
    token,
    terminal,
    async close() {
      await terminal.close();
      feed.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const listening = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
