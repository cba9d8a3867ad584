import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  checkYesterday,
  createReconciler,
  type Reconciler,
  type ServerStore,
  ZkPushError,
} from "../src/index.js";
import { openSqliteStore } from "../src/node/sqlite/index.js";

const DAY = 24 * 60 * 60 * 1_000;
/** Half an hour into 2 October, in Greenwich. */
const NOW = Date.UTC(2026, 9, 2, 0, 30);

const folder = mkdtempSync(join(tmpdir(), "zk-daily-"));
let files = 0;
let store: ServerStore;
let reconciler: Reconciler;
const open = async (): Promise<void> => {
  store = await openSqliteStore({ file: join(folder, `${++files}.sqlite`), now: () => NOW });
  let id = 0;
  reconciler = createReconciler({ store, newCommandId: () => `c${++id}` });
};
beforeAll(open);
beforeEach(async () => {
  await store.close();
  await open();
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const terminal = async (
  sn: string,
  settings: Parameters<ServerStore["changeDevice"]>[1] = {},
  seen = NOW,
): Promise<void> => {
  await store.commit({ sn, receivedAt: seen, device: { create: "approved" } });
  await store.changeDevice(sn, settings);
};

/** The days that a terminal is asked to count. */
const asked = async (sn: string): Promise<string[]> =>
  (await store.commands(sn, { limit: 10 })).items.map(({ command }) => {
    if (command.command !== "VERIFY SUM ATTLOG") return command.command;
    expect(command.endTime).toBe(`${command.startTime.slice(0, 10)} 23:59:59`);
    return command.startTime;
  });

const check = (some: Partial<ServerStore> = {}, signal?: AbortSignal): Promise<number> =>
  checkYesterday({ ...store, ...some }, reconciler, "+00:00", NOW, signal);

describe("the count of yesterday", () => {
  test.each([
    ["the zone of the server", null, "2026-10-01 00:00:00"],
    ["a zone that is a day ahead", "+13:00", "2026-10-01 00:00:00"],
    ["a zone in which it is still the day before", "Pacific/Honolulu", "2026-09-30 00:00:00"],
  ])("is of the day by the terminal's own clock: %s", async (_, timeZone, start) => {
    await terminal("0316144680030", { timeZone });
    expect(await check()).toBe(1);
    expect(await asked("0316144680030")).toEqual([start]);
  });

  test("is asked of terminals that are served, and were here in the last two days", async () => {
    await terminal("SERVED01");
    await terminal("PENDING1", { standing: "pending" });
    await terminal("BLOCKED1", { standing: "blocked" });
    await terminal("AWAY0001", {}, NOW - 2 * DAY);
    await terminal("COUNTED1", {
      reconciled: { day: "2026-10-01", onTerminal: 1, stored: 1, at: 0 },
    });
    await terminal("COUNTED2", {
      reconciled: { day: "2026-09-30", onTerminal: 1, stored: 1, at: 0 },
    });
    expect(await check()).toBe(2);
    const days = ["SERVED01", "PENDING1", "BLOCKED1", "AWAY0001", "COUNTED1", "COUNTED2"].map(
      asked,
    );
    expect((await Promise.all(days)).map(({ length }) => length)).toEqual([1, 0, 0, 0, 0, 1]);
  });

  test("is asked once, however often and whoever asks", async () => {
    await terminal("0316144680030");
    await terminal("0316144680031");
    const another = createReconciler({ store, newCommandId: () => "x1" });
    const both = await Promise.all([
      check(),
      checkYesterday(store, another, "+00:00", NOW + 60_000),
    ]);
    expect(both[0] + both[1]).toBe(2);
    expect(await check()).toBe(0);
    expect(await asked("0316144680030")).toHaveLength(1);
    expect(await asked("0316144680031")).toHaveLength(1);
  });

  test("is asked of every terminal of a long list, and no more after the end", async () => {
    const all = ["A00001", "B00002", "C00003", "D00004", "E00005"];
    for (const sn of all) await terminal(sn);
    const end = new AbortController();
    let pages = 0;
    const devices: ServerStore["devices"] = (page) => {
      if (++pages === 2) end.abort();
      return store.devices({ ...page, limit: 2 });
    };
    expect(await check({ devices }, end.signal)).toBe(4);
    expect(await asked("E00005")).toEqual([]);
    expect(await check({ devices })).toBe(1);
    expect((await Promise.all(all.map(asked))).map(({ length }) => length)).toEqual(
      Array(5).fill(1),
    );
  });

  test("tells what fails beyond a command that is there already", async () => {
    await terminal("0316144680030");
    const closed = new ZkPushError("STORE_CLOSED", "expected an open store");
    const check = () => Promise.reject(closed);
    await expect(checkYesterday(store, { ...reconciler, check }, "+00:00", NOW)).rejects.toBe(
      closed,
    );
  });
});
