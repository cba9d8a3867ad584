import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { afterAll, describe, expect, test } from "vitest";
import { type OpenStore, storeCases } from "../src/conformance.js";
import { ZkPushError } from "../src/index.js";
import { openSqliteStore } from "../src/node/sqlite/index.js";
import { errorOf } from "../src/node/sqlite/messages.js";
import { ownSqliteFile } from "../src/node/sqlite/owner.js";
import { type CallOperation, sqlStore } from "../src/sql/store.js";
import { uploadsAreTaken } from "./uploads.property.js";

const folder = mkdtempSync(join(tmpdir(), "zk-sqlite-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newFile = (): string => join(folder, `${++files}.sqlite`);

/** The same file and operations in this thread: a thread of its own takes long to start from sources. */
const openHere: OpenStore = async ({ sinks }) => {
  const owner = ownSqliteFile({ file: newFile(), sinks });
  const call: CallOperation = async (name, ...args) => {
    const [outcome] = owner.perform([{ name, args }]);
    if (outcome === undefined) throw new Error("expected an outcome");
    if ("error" in outcome) throw errorOf(outcome.error);
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

  test("knows at once when a terminal that only polls was there", async () => {
    const store = await openSqliteStore({ file: newFile() });
    const sn = "0316144680030";
    await store.commit({ sn, receivedAt: 1, device: { create: "approved" } });
    expect(await store.device(sn)).toMatchObject({ lastSeen: 1 });
    await store.lease(sn, { now: 60_000, leaseMs: 1, limit: 1 });
    expect(await store.device(sn)).toMatchObject({ lastSeen: 60_000 });
    expect((await store.devices({ limit: 1 })).items).toMatchObject([{ lastSeen: 60_000 }]);
    await store.changeDevice(sn, { timeZone: "+01:00" });
    expect(await store.device(sn)).toMatchObject({ lastSeen: 60_000, timeZone: "+01:00" });
    await store.close();
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
    ).rejects.toMatchObject({ code: "STORE_FAILED" });
    const store = await openSqliteStore({ file: newFile() });
    await store.close();
    await expect(store.device("0316144680030")).rejects.toMatchObject({ code: "STORE_CLOSED" });
  });

  test("errors keep their class and code on the way out of the thread", async () => {
    const store = await openSqliteStore({ file: newFile() });
    const limit = store.devices({ limit: 0 });
    await expect(limit).rejects.toBeInstanceOf(ZkPushError);
    await expect(limit).rejects.toMatchObject({ code: "FIELD_INVALID", fault: "caller" });
    const command = {
      id: "twice",
      command: { command: "LOG" },
      guarantee: "atLeastOnce",
      endsBatch: false,
      expiresAt: 1,
    } as const;
    const used = store.enqueue("0316144680030", [command, command]);
    await expect(used).rejects.toMatchObject({ code: "STORE_FAILED" });
    await store.close();
  });

  test("a file has one owner, who may be read meanwhile, and a later one's is refused", async () => {
    const file = newFile();
    const first = await openSqliteStore({ file });
    await expect(openSqliteStore({ file })).rejects.toMatchObject({ code: "STORE_IN_USE" });
    const reader = new Database(file);
    expect(reader.prepare("SELECT version FROM schema_version").all()).toHaveLength(1);
    await first.close();
    reader.exec("UPDATE schema_version SET version = 999");
    reader.close();
    await expect(openSqliteStore({ file })).rejects.toMatchObject({ code: "STORE_NEWER" });
    // Refused, and let go of: the next one is told the same.
    await expect(openSqliteStore({ file })).rejects.toMatchObject({ code: "STORE_NEWER" });
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

test("takes whatever a terminal uploads", async () => {
  const store = await openHere({ sinks: [] });
  await uploadsAreTaken(store, 200);
  await store.close();
});
