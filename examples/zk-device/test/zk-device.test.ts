import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { runCommand } from "@org/command/testing";
import { createGate, createServerEngine, ZK_PUSH_ERRORS } from "@org/zk-push-codec";
import { createPushListener } from "@org/zk-push-codec/node";
import { createMemoryStore, type MemoryStore } from "@org/zk-push-codec/testing";
import { afterEach, describe, expect, test } from "vitest";
import { serialNumbers } from "../src/fleet.js";
import { zkDevice } from "../src/zk-device.js";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** A server of the package over a store in memory. */
const serve = async (pairing: "open" | "closed" = "open", store = createMemoryStore()) => {
  let id = 0;
  const engine = createServerEngine({
    store,
    pairing,
    handshake: { errorDelay: 1, delay: 2 },
    newCommandId: () => `auto${++id}`,
  });
  const generous = { burst: 10_000, perSecond: 10_000 };
  const gate = createGate(engine, { perDevice: generous, perStranger: generous });
  const listener = createPushListener({ gate });
  const server = createServer((request, response) => {
    if (!listener.request(request, response)) response.writeHead(404).end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, store };
};

const play = async (...words: string[]) => {
  const ran = await runCommand(zkDevice, [...words, "--json"], async () => [ZK_PUSH_ERRORS]);
  return { ...ran, answer: JSON.parse(ran.out) };
};

const perTerminal = (store: MemoryStore): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { sn } of store.attendance.values()) counts.set(sn, (counts.get(sn) ?? 0) + 1);
  return counts;
};

describe("zk-device", () => {
  test("ends when every punch of every terminal is on the server", async () => {
    const { url, store } = await serve();
    const words = ["--count", "5", "--records", "30", "--users", "3", "--sn", "TEST098"];
    const { exit, answer } = await play("--server", url, ...words);
    expect(exit).toBe(0);
    expect(answer).toEqual({
      sent: 150,
      acknowledged: 150,
      rejected: 0,
      resent: 0,
      commands: 0,
      latencyMs: { p50: expect.any(Number), p99: expect.any(Number) },
    });
    expect(Object.fromEntries(perTerminal(store))).toEqual({
      TEST098: 30,
      TEST099: 30,
      TEST100: 30,
      TEST101: 30,
      TEST102: 30,
    });
    expect(store.photos).toHaveLength(15);
    expect(store.records.filter(({ record }) => record === "FP")).toHaveLength(15);
  });

  test.each(["visible-light", "identity-card", "legacy"])(
    "plays a terminal of profile %s",
    async (profile) => {
      const { url, store } = await serve();
      const { exit, answer } = await play("--server", url, "--records", "12", "--profile", profile);
      expect({ exit, acknowledged: answer.acknowledged }).toEqual({ exit: 0, acknowledged: 12 });
      const rows = [...store.attendance.values()];
      expect(rows).toHaveLength(12);
      expect(
        rows.every(({ idNumber }) => (idNumber !== "") === (profile === "identity-card")),
      ).toBe(true);
      expect(
        rows.every(({ sequence }) => (sequence !== null) === (profile === "visible-light")),
      ).toBe(true);
    },
  );

  test("loses nothing and doubles nothing with every fault at once", async () => {
    const { url, store } = await serve();
    const faults = [
      "lost-answers=0.2",
      "duplicate-delivery=0.5",
      "half-sent-bodies=0.2",
      "reorder",
      "extra-columns",
      "wrong-clock=-7200",
      "legacy-stamps",
    ].flatMap((fault) => ["--fault", fault]);
    // Of this seed no terminal loses its first handshake: it would wait half a minute, as real ones do.
    const words = ["--count", "3", "--records", "20", "--rate", "30", "--seed", "25"];
    const { exit, answer } = await play("--server", url, ...words, ...faults);
    expect({ exit, sent: answer.sent, acknowledged: answer.acknowledged }).toEqual({
      exit: 0,
      sent: 60,
      acknowledged: 60,
    });
    expect(answer.resent).toBeGreaterThan(0);
    expect(store.attendance.size).toBe(60);
    expect(store.quarantine).toEqual([]);
  });

  test("carries out commands while it runs", async () => {
    const { url, store } = await serve();
    const terms = {
      guarantee: "atLeastOnce",
      endsBatch: false,
      expiresAt: Number.MAX_VALUE,
    } as const;
    store.enqueue("ZKSIM00001", [
      {
        id: "add1",
        command: { command: "DATA UPDATE USERINFO", pin: "900", name: "Zoe" },
        ...terms,
      },
    ]);
    const words = ["--records", "6", "--rate", "3"];
    const { exit, answer } = await play("--server", url, ...words);
    expect({ exit, commands: answer.commands }).toEqual({ exit: 0, commands: 1 });
    expect(store.commands.get("add1")?.state).toBe("done");
  });

  test("counts what the server refuses, and exits 1 at the duration", async () => {
    const store = createMemoryStore();
    const commit = store.commit.bind(store);
    store.commit = async (change) => {
      if (change.attendance !== undefined) throw new Error("the disk is full");
      return commit(change);
    };
    const { url } = await serve("open", store);
    const { exit, answer } = await play("--server", url, "--records", "4", "--duration", "2");
    expect(exit).toBe(1);
    expect(answer).toMatchObject({ sent: 4, acknowledged: 0 });
    expect(answer.rejected).toBeGreaterThanOrEqual(4);
    expect(answer.resent).toBe(answer.rejected - 4);
  });

  test("a server that does not let it in is an answer of no", async () => {
    const { url } = await serve("closed");
    const { exit, answer, err } = await play("--server", url, "--count", "2", "--duration", "1");
    expect({ exit, sent: answer.sent }).toEqual({ exit: 1, sent: 0 });
    expect(err).toContain("2 of 2 terminals were never let in");
  });

  test("exits 3 where nobody listens", async () => {
    const { url } = await serve();
    servers.splice(0).map((server) => server.close());
    const { exit, answer } = await play("--server", url);
    expect({ exit, code: answer.error.code }).toEqual({ exit: 3, code: "ECONNREFUSED" });
  });

  test.each([
    [["--fault", "loud"], "expected one of duplicate-delivery"],
    [["--fault", "lost-answers=1"], "lost-answers=SHARE above 0 and below 1"],
    [["--fault", "lost-answers="], "lost-answers=SHARE above 0 and below 1"],
    [["--fault", "reorder=yes"], "reorder without a value"],
    [["--fault", "wrong-clock=soon"], "wrong-clock=SECONDS"],
    [["--profile", "giant"], "expected one of standard, visible-light, identity-card, legacy"],
    [["--server", "localhost:80"], "expected http://HOST:PORT for --server"],
    [["--sn", "x"], "expected 6 to 32 letters, digits or - for --sn"],
    [["--count", "0"], "from 1 to 100000 for --count"],
  ])("refuses %j", async (words, message) => {
    const { exit, err } = await play(...words);
    expect(exit).toBe(2);
    expect(err).toContain(message);
  });
});

test("serial numbers count on from the first", () => {
  expect(serialNumbers("ABC-099", 3)).toEqual(["ABC-099", "ABC-100", "ABC-101"]);
  expect(serialNumbers("TERMINAL", 2)).toEqual(["TERMINAL1", "TERMINAL2"]);
  expect(serialNumbers("TERMINAL", 1)).toEqual(["TERMINAL"]);
  expect(() => serialNumbers("X".repeat(32), 2)).toThrow("expected room for 2");
});
