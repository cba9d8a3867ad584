import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqliteStore } from "../src/node/sqlite/index.js";
import { playFleet } from "./fleet.js";

test("a thousand terminals, ten minutes of their time, on SQLite: nothing lost, nothing double", async () => {
  const folder = mkdtempSync(join(tmpdir(), "zk-fleet-"));
  const store = await openSqliteStore({ file: join(folder, "zk.sqlite") });
  const { acknowledged, punches } = await playFleet(store, 1_000, 10);
  const stored = new Set<string>();
  let rows = 0;
  for (let cursor: string | null = "0"; cursor !== null; ) {
    const part: Awaited<ReturnType<typeof store.attendance>> = await store.attendance(
      {},
      { cursor, limit: 1_000 },
    );
    for (const { sn, pin } of part.items) stored.add(`${sn} ${pin}`);
    rows += part.items.length;
    cursor = part.next;
  }
  await store.close();
  rmSync(folder, { recursive: true });
  expect(acknowledged.size).toBe(punches);
  expect(stored).toEqual(acknowledged);
  expect(rows).toBe(acknowledged.size);
});
