import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createZkServer } from "@org/example-zk-server";
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
  const { server, close } = createZkServer({
    store,
    token,
    pairing: "open",
    timeZone: "+00:00",
    handshake: { delay: 1, errorDelay: 1 },
    allowDangerous: false,
    warn: () => {},
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const terminal = startTerminal(SERIAL_NUMBER, new URL(url));
  return {
    url,
    token,
    terminal,
    async close() {
      await terminal.close();
      const closed = close();
      // Connections that are kept alive for nobody are not waited for.
      server.closeAllConnections();
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
};
