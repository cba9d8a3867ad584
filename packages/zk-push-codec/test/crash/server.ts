import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createGate, createServerEngine, type ServerStore } from "../../src/index.js";
import { createPushListener } from "../../src/node/index.js";
import { openHome, SN } from "./home.js";

/** A server to be killed: `server.ts HOME [lying]`. Prints its port. */
const [home = "", mode] = process.argv.slice(2);

/** What must never be done: says yes first, and stores a moment later. */
const lying = (store: ServerStore): ServerStore => ({
  ...store,
  async commit(change) {
    setTimeout(() => void store.commit(change).catch(() => {}), 50);
    return { inserted: change.attendance?.length ?? 0, duplicates: 0, unknownCommands: [] };
  },
});

const honest = await openHome(home);
await honest.commit({ sn: SN, receivedAt: Date.now(), device: { create: "approved" } });
const store = mode === "lying" ? lying(honest) : honest;
const engine = createServerEngine({ store, newCommandId: () => `${Date.now()}` });
const gate = createGate(engine, { perDevice: { burst: 1e9, perSecond: 1e9 } });
const listener = createPushListener({ gate });
const server = createServer((request, response) => {
  if (!listener.request(request, response)) response.writeHead(404).end();
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
