import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type OpenStore, storeCases } from "../src/conformance.js";
import { openSqliteStore } from "../src/node/sqlite/index.js";
import { ownSqliteFile } from "../src/node/sqlite/owner.js";
import { type CallOperation, sqlStore } from "../src/sql/store.js";

const folder = mkdtempSync(join(tmpdir(), "zk-sqlite-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newFile = (): string => join(folder, `${++files}.sqlite`);

/** The same file and operations in this thread: a thread of its own takes long to start from sources. */
const openHere: OpenStore = async ({ sinks }) => {
  const owner = ownSqliteFile({ file: newFile(), sinks });
  const call: CallOperation = async (name, ...args) => {
    const [outcome] = owner.perform([{ name, args }]);
    if (outcome === undefined || "error" in outcome) throw outcome?.error;
    return outcome.value as never;
  };
  return sqlStore(call, async () => owner.close(), Date.now);
};

const openThere: OpenStore = ({ sinks }) => openSqliteStore({ file: newFile(), sinks });

/** Cases of many requests at the same time. */
const AT_ONCE = /at once|no other one|thousand/;

describe("the tables and operations of SQLite", () => {
  test.each(storeCases(openHere).map((one) => [one.name, one] as const))(
    "%s",
    async (_name, one) => {
      await one.run();
    },
  );
});

describe.concurrent("a SQLite store with its own thread", () => {
  const cases = storeCases(openThere).filter(({ name }) => AT_ONCE.test(name));
  test.each(cases.map((one) => [one.name, one] as const))("%s", async (_name, one) => {
    await one.run();
  });

  test("keeps everything over a restart", async () => {
    const file = newFile();
    const first = await openSqliteStore({ file });
    await first.commit({ sn: "0316144680030", receivedAt: 1, device: { create: "approved" } });
    await first.close();
    const second = await openSqliteStore({ file });
    expect(await second.device("0316144680030")).toMatchObject({ standing: "approved" });
    await second.close();
  });

  test("says so when the file cannot be opened, and after it was closed", async () => {
    await expect(
      openSqliteStore({ file: join(folder, "no", "such", "folder.sqlite") }),
    ).rejects.toThrow();
    const store = await openSqliteStore({ file: newFile() });
    await store.close();
    await expect(store.device("0316144680030")).rejects.toThrow("closed");
  });

  test("notes in time that a terminal polled", async () => {
    const file = newFile();
    const store = await openSqliteStore({ file });
    const sn = "0316144680030";
    await store.commit({ sn, receivedAt: 1, device: { create: "approved" } });
    expect(await store.lease(sn, { now: 99, leaseMs: 1, limit: 1 })).toEqual([]);
    await store.close();
    const again = await openSqliteStore({ file });
    expect((await again.device(sn))?.lastSeen).toBe(99);
    await again.close();
  });
});
