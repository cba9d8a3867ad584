import { setTimeout as sleep } from "node:timers/promises";
import { openWebSocket } from "@org/transports/node/websocket";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type DocvalClientOptions, verifyByServer } from "../../docval-client/src/client.js";
import { type Balancer, startBalancer } from "./balancer.js";
import { killAll, type Running, start } from "./processes.js";
import { chipOf } from "./rig.js";

/** Two servers in processes of their own, a load balancer before them, a result server behind. */
let servers: Running[];
let balancer: Balancer;
let sink: Running;

beforeEach(async () => {
  sink = await start("docval-results");
  const words = ["--client", `desk=${sink.url}`, "--csca", "sim", "--log-level", "error"];
  servers = await Promise.all([1, 2].map(() => start("docval-server", ...words)));
  balancer = await startBalancer(servers.map(({ url }) => Number(new URL(url).port)));
});
afterEach(async () => {
  await balancer.close();
  for (const { child } of [...servers, sink]) child.kill("SIGKILL");
});
afterAll(killAll);

/** Authentic results by their validation: one that was posted twice, since its answer came late, is one. */
const authentic = (): Set<string> =>
  new Set(
    sink.text.out
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as { validationId: string; passive: boolean })
      .filter(({ passive }) => passive)
      .map(({ validationId }) => validationId),
  );

const address = (version: 1 | 2) => `ws://127.0.0.1:${balancer.port}/ws${version}/validate`;

/** A session whose chip takes its time, as chips do. */
const verify = (
  version: 1 | 2,
  name: string,
  chipMs: number,
  options: Partial<DocvalClientOptions> = {},
) => {
  const { transceive, password } = chipOf(version === 1 ? "bac-ecdsa" : "ca-aes");
  return verifyByServer({
    url: address(version),
    clientId: "desk",
    validationId: name,
    password,
    async transceive(command) {
      await sleep(chipMs);
      return transceive(command);
    },
    ...options,
  });
};

const versionOf = (i: number): 1 | 2 => (i % 2 === 0 ? 1 : 2);

describe("two servers behind a load balancer", () => {
  test("two hundred sessions, started over five seconds, all end in a result", async () => {
    const sessions = await Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        await sleep(25 * i);
        return verify(versionOf(i >> 1), `session ${i}`, 5);
      }),
    );
    expect(sessions.filter(({ close }) => !close.posted)).toEqual([]);
    expect(authentic().size).toBe(200);
    expect(balancer.given).toEqual([100, 100]);
  });

  test("kill -9 of one: its clients are told, the sessions of the other finish", async () => {
    let arrived = 0;
    const sessions = Array.from({ length: 20 }, (_, i) => {
      let commands = 0;
      const { transceive } = chipOf("ca-aes");
      return verify(2, `session ${i}`, 0, {
        async transceive(command) {
          if (++commands === 15) arrived++;
          if (commands >= 15) await sleep(100);
          return transceive(command);
        },
      });
    });
    await vi.waitFor(() => expect(arrived).toBe(20), { timeout: 30_000, interval: 10 });
    servers[0]!.child.kill("SIGKILL");
    const closes = (await Promise.all(sessions)).map(({ close }) => close);
    const lost = closes.filter(({ by }) => by === "lost");
    expect(lost).toEqual(Array(10).fill({ by: "lost", code: 1006, reason: "", posted: false }));
    expect(closes.filter(({ posted }) => posted)).toHaveLength(10);
    expect(authentic().size).toBe(10);
    // Whoever comes next is served by the one that is left.
    const next = await Promise.all([verify(1, "next", 0), verify(2, "next", 0)]);
    expect(next.map(({ close }) => close.posted)).toEqual([true, true]);
  });
});

describe("hostile clients", () => {
  const START = JSON.stringify({
    type: "START",
    validationId: "hostile",
    clientId: "desk",
    platform: "hostile",
    nfcAdapterSupportsExtendedLength: true,
    enableDiagnostics: true,
  });
  const largeFile = (name: string): Uint8Array =>
    Buffer.concat([Buffer.of(1, name.length), Buffer.from(name), Buffer.alloc(1_000_000)]);
  const attacks: readonly (readonly (string | Uint8Array)[])[] = [
    [START, ...Array.from({ length: 10_000 }, () => '{"type":"MONITORING","message":"noise"}')],
    [START, new Uint8Array(1_000_000)],
    ["x".repeat(2 * 1024 * 1024)],
    [START, START],
    [START, '{"type":"FINISH"', "{"],
    [START, Uint8Array.of(1, 9, ...Buffer.from("__proto__"), 1)],
    [START, ...Array.from({ length: 7 }, (_, i) => largeFile(`dg${i + 2}`))],
    [],
  ];

  const attack = async (frames: readonly (string | Uint8Array)[]) => {
    const channel = await openWebSocket(address(2));
    for (const frame of frames) await channel.send(frame).catch(() => {});
    // Some leave their socket behind without a word.
    await Promise.race([channel.closed, sleep(50)]);
    await channel.close();
  };

  /** The least heap of a few looks: garbage comes and goes. */
  const heapOf = async ({ url }: Running): Promise<number> => {
    const looks: number[] = [];
    for (let look = 0; look < 10; look++) {
      await verify(2, "good", 0);
      const text = await (await fetch(`${url}/metrics`)).text();
      looks.push(Number(/^nodejs_heap_size_used_bytes (\S+)$/m.exec(text)![1]));
    }
    return Math.min(...looks);
  };

  test("disturb nobody else, and leave nothing behind", async () => {
    const storm = async (rounds: number) => {
      for (let round = 0; round < rounds; round++) {
        const [good] = await Promise.all([
          verify(versionOf(round), "good", 0),
          ...attacks.map(attack),
        ]);
        expect(good.close.posted).toBe(true);
      }
    };
    await storm(5);
    const before = await Promise.all(servers.map(heapOf));
    await storm(30);
    const after = await Promise.all(servers.map(heapOf));
    // 30 rounds hand each server some 130 MB of files alone.
    const grown = after.map((heap, i) => heap - before[i]!);
    expect(Math.max(...grown)).toBeLessThan(20_000_000);
    for (const { url } of servers) {
      expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: "ok", sessions: 0 });
    }
  });
});
