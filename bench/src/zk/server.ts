import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGate, createServerEngine, type ServerStore } from "@org/zk-push-codec";
import { createPushListener } from "@org/zk-push-codec/node";
import { openPostgresStore } from "@org/zk-push-codec/node/postgres";
import { openSqliteStore } from "@org/zk-push-codec/node/sqlite";

/** A server in a process of its own, bare or over a store; tells its port, and its CPU time when asked. */
const mode = process.argv[2];

/** What any server costs before it does anything: reads the body, forgets it, says OK. */
const bare: RequestListener = (request, response) => {
  request.resume();
  request.on("end", () => {
    response.writeHead(200, { "Content-Type": "text/plain", "Content-Length": "2" });
    response.end("OK");
  });
};

const openStore = (): Promise<ServerStore> => {
  const url = process.env["DATABASE_URL"];
  if (mode === "postgres" && url !== undefined) return openPostgresStore({ url });
  const folder = mkdtempSync(join(tmpdir(), "zk-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return openSqliteStore({ file: join(folder, "zk.sqlite") });
};

const whole = async (): Promise<RequestListener> => {
  const store = await openStore();
  let id = 0;
  const engine = createServerEngine({ store, pairing: "open", newCommandId: () => `b${++id}` });
  const unlimited = { burst: 1e9, perSecond: 1e9 };
  const gate = createGate(engine, { perDevice: unlimited, perStranger: unlimited });
  const listener = createPushListener({ gate });
  return (request, response) => {
    if (!listener.request(request, response)) response.writeHead(404).end();
  };
};

const server = createServer(mode === "bare" ? bare : await whole());
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", 4_096, () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMs: (user + system) / 1_000, rss: process.memoryUsage().rss });
});
process.on("disconnect", () => process.exit());
