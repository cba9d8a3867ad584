import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { storeCases } from "../src/conformance.js";
import type { NewCommand } from "../src/index.js";
import { openPostgresStore } from "../src/node/postgres/index.js";
import { type PostgresServer, startPostgres } from "./postgres-server.js";
import { uploadsAreTaken } from "./uploads.property.js";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop(), 60_000);

const SN = "0316144680030";

/** Statements of somebody else. */
const run = async (url: string, ...statements: readonly string[]): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const sql of statements) await client.query(sql);
  await client.end();
};

describe("the store in PostgreSQL", () => {
  const cases = storeCases(async ({ sinks }) =>
    openPostgresStore({ url: await server.newDatabase(), sinks }),
  );
  test.each(cases.map((one) => [one.name, one] as const))("%s", (_name, one) => one.run());

  test("takes whatever a terminal uploads", async () => {
    const store = await openPostgresStore({ url: await server.newDatabase() });
    await uploadsAreTaken(store, 200);
    await store.close();
  });

  test("is opened by several at once, who see the same", async () => {
    const url = await server.newDatabase();
    const stores = await Promise.all([1, 2, 3].map(() => openPostgresStore({ url })));
    const [first, second] = stores as [(typeof stores)[0], (typeof stores)[0]];
    await first.commit({ sn: SN, receivedAt: 1, device: { create: "pending" } });
    await second.changeDevice(SN, { standing: "approved" });
    expect((await first.device(SN))?.standing).toBe("approved");
    const commands = Array.from(
      { length: 60 },
      (_, i): NewCommand => ({
        id: `c${i}`,
        command: { command: "AC_UNLOCK" },
        guarantee: "atMostOnce",
        endsBatch: false,
        expiresAt: 1_000,
      }),
    );
    await second.enqueue(SN, commands);
    const given: string[] = [];
    while (given.length < commands.length) {
      const leased = await Promise.all(
        stores.map((store) => store.lease(SN, { now: 1, leaseMs: 1, limit: 7 })),
      );
      given.push(...leased.flat().map(({ id }) => id));
    }
    expect(new Set(given).size).toBe(commands.length);
    await Promise.all(stores.map((store) => store.close()));
  });

  test("goes on after its connections were cut", async () => {
    const url = await server.newDatabase();
    const store = await openPostgresStore({ url });
    await store.commit({ sn: SN, receivedAt: 1, device: { create: "approved" } });
    await run(
      url,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'zk-push' AND datname = current_database()",
    );
    const again = async (): Promise<unknown> => {
      for (let i = 0; i < 20; i++) {
        try {
          return await store.commit({ sn: SN, receivedAt: 5, device: { language: 69 } });
        } catch (error) {
          expect(error).toMatchObject({ code: "STORE_UNAVAILABLE", fault: "transport" });
        }
      }
      return "never";
    };
    expect(await again()).toMatchObject({ inserted: 0 });
    expect((await store.device(SN))?.language).toBe(69);
    await store.close();
    await expect(store.commit({ sn: SN, receivedAt: 6 })).rejects.toMatchObject({
      code: "STORE_CLOSED",
    });
  });

  test("says so when nobody answers, and when a later version was at work", async () => {
    const away = openPostgresStore({ url: "postgres://x:y@127.0.0.1:1/zk" });
    await expect(away).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    const url = await server.newDatabase();
    await (await openPostgresStore({ url })).close();
    await run(url, "UPDATE schema_version SET version = 999");
    await expect(openPostgresStore({ url })).rejects.toMatchObject({ code: "STORE_NEWER" });
  });
});
