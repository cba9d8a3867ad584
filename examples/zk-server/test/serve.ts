import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServerStore } from "@org/zk-push-codec";
import { openSqliteStore } from "@org/zk-push-codec/node/sqlite";
import { createZkServer, type ZkServerOptions } from "../src/server.js";

export const TOKEN = "the-token-of-the-test";
export const SN = "0316144680030";

/** What the API answers with, as far as tests look. */
export interface Answer {
  readonly [member: string]: unknown;
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly next: string | null;
  readonly error: { readonly code: string; readonly message: string };
}

/** A server of a test, on a file and a port of its own. */
export interface Served {
  readonly url: string;
  readonly store: ServerStore;
  readonly warnings: string[];
  /** Asks the API with the token. */
  api(method: string, path: string, body?: unknown): Promise<{ status: number; body: Answer }>;
  /** Asks as a terminal does. */
  terminal(path: string, body?: string): Promise<string>;
  close(): Promise<void>;
}

export const serve = async (options: Partial<ZkServerOptions> = {}): Promise<Served> => {
  const folder = mkdtempSync(join(tmpdir(), "zk-server-"));
  const store = await openSqliteStore({
    file: join(folder, "zk.sqlite"),
    sinks: (options.sinks ?? []).map(({ name }) => name),
  });
  const warnings: string[] = [];
  const { server, close } = createZkServer({
    store,
    token: TOKEN,
    pairing: "open",
    timeZone: "Asia/Kolkata",
    allowDangerous: false,
    warn: (text) => warnings.push(text),
    ...options,
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    store,
    warnings,
    async api(method, path, body) {
      const response = await fetch(`${url}/api/${path}`, {
        method,
        headers: { Authorization: `Bearer ${TOKEN}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as Answer };
    },
    async terminal(path, body) {
      const response = await fetch(`${url}/iclock/${path}`, {
        method: body === undefined ? "GET" : "POST",
        ...(body === undefined ? {} : { body }),
      });
      return response.text();
    },
    async close() {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
