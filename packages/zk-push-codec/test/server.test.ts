import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import {
  createWebhook,
  SIGNATURE_HEADER,
  signWebhook,
  verifyWebhook,
} from "../src/http/webhook.js";
import {
  createReconciler,
  createServerEngine,
  type OutboxEvent,
  pauseAfter,
  publishDue,
  type ServerStore,
  type StoredFile,
} from "../src/index.js";
import { createFileShelf, startPublisher } from "../src/node/index.js";
import { createDeviceEngine, createMemoryStore } from "../src/testing.js";
import { SN, START, seeded } from "./play.js";

/** An outbox in memory, with the rules of the store. */
const outbox = (count: number) => {
  const waiting = new Map<string, { due: number; attempts: number }>();
  for (let i = 1; i <= count; i++) waiting.set(`${i}`, { due: 0, attempts: 0 });
  const store = {
    async takeEvents(
      _sink: string,
      { now, leaseMs, limit }: Parameters<ServerStore["takeEvents"]>[1],
    ) {
      const taken = [...waiting].filter(([, { due }]) => due <= now).slice(0, limit);
      for (const [id, { attempts }] of taken)
        waiting.set(id, { due: now + leaseMs, attempts: attempts + 1 });
      return taken.map(([id, { attempts }]): OutboxEvent => ({ id, attempts, attendance: [] }));
    },
    async confirmEvents(_sink: string, ids: readonly string[]) {
      for (const id of ids) waiting.delete(id);
    },
    async delayEvents(_sink: string, ids: readonly string[], until: number) {
      for (const id of ids)
        waiting.set(id, { attempts: waiting.get(id)?.attempts ?? 0, due: until });
    },
  } as unknown as ServerStore;
  return { store, waiting };
};

describe("publishing", () => {
  test("delivers in order and confirms what was taken", async () => {
    const { store, waiting } = outbox(5);
    const seen: string[] = [];
    const deliver = async ({ id }: OutboxEvent) => void seen.push(id);
    expect(await publishDue({ store, sink: "a", deliver, limit: 3 }, 0)).toEqual({ delivered: 3 });
    expect(await publishDue({ store, sink: "a", deliver }, 0)).toEqual({ delivered: 2 });
    expect(seen).toEqual(["1", "2", "3", "4", "5"]);
    expect(waiting.size).toBe(0);
  });

  test("a sink that was away misses nothing, and is asked less and less often", async () => {
    const { store, waiting } = outbox(3);
    const seen: string[] = [];
    let away = true;
    const deliver = async ({ id }: OutboxEvent) => {
      if (away && id === "2") throw new Error("away");
      seen.push(id);
    };
    const options = { store, sink: "a", deliver };
    expect(await publishDue(options, 0)).toMatchObject({
      delivered: 1,
      failure: expect.any(Error),
    });
    expect(await publishDue(options, 999)).toEqual({ delivered: 0 });
    expect(await publishDue(options, 1_000)).toMatchObject({
      delivered: 0,
      failure: expect.any(Error),
    });
    expect(await publishDue(options, 2_999)).toEqual({ delivered: 0 });
    away = false;
    expect(await publishDue(options, 3_000)).toEqual({ delivered: 2 });
    expect(seen).toEqual(["1", "2", "3"]);
    expect(waiting.size).toBe(0);
    expect([0, 1, 5, 50].map(pauseAfter)).toEqual([1_000, 2_000, 32_000, 600_000]);
  });

  test("goes on by itself, and ends when told to", async () => {
    const { store, waiting } = outbox(250);
    let calls = 0;
    const failures: unknown[] = [];
    const publisher = startPublisher({
      store,
      sink: "a",
      idleMs: 5,
      now: () => calls * 10_000,
      onFailure: (failure) => failures.push(failure),
      async deliver() {
        if (++calls === 100) throw new Error("once");
      },
    });
    while (waiting.size > 0) {
      calls++;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await publisher.close();
    expect(failures).toHaveLength(1);
  });
});

describe("a webhook", () => {
  const event: OutboxEvent = { id: "7", attempts: 0, attendance: [] };

  test("is signed, and the receiver can tell", async () => {
    const received: { body: string; signature: string | null }[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (part) => {
        body += part;
      });
      request.on("end", () => {
        const header = request.headers[SIGNATURE_HEADER.toLowerCase()];
        received.push({ body, signature: typeof header === "string" ? header : null });
        response.writeHead(received.length === 1 ? 204 : received.length === 2 ? 500 : 302, {
          Location: "/x",
        });
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const deliver = createWebhook({
      url: `http://127.0.0.1:${port}/`,
      secret: "s3cret",
      now: () => START,
    });
    await deliver(event);
    await expect(deliver(event)).rejects.toThrow("found 500");
    await expect(deliver(event)).rejects.toThrow();
    server.close();
    const [first] = received;
    expect(JSON.parse(first!.body)).toEqual({ id: "7", attendance: [] });
    expect(await verifyWebhook(first!.body, first!.signature, "s3cret", START)).toBe(true);
    expect(received).toHaveLength(3);
  });

  test("an altered body, another secret, an old signature are refused", async () => {
    const signature = await signWebhook("{}", "s3cret", START / 1_000);
    expect(await verifyWebhook("{}", signature, "s3cret", START)).toBe(true);
    expect(await verifyWebhook("{ }", signature, "s3cret", START)).toBe(false);
    expect(await verifyWebhook("{}", signature, "other", START)).toBe(false);
    expect(await verifyWebhook("{}", signature, "s3cret", START + 301_000)).toBe(false);
    for (const header of [null, "", "t=1", signature.replace("v1", "v2"), `${signature}0`]) {
      expect(await verifyWebhook("{}", header, "s3cret", START)).toBe(false);
    }
  });
});

test("a day is counted on both sides, and asked for again where the terminal has more", async () => {
  const store = createMemoryStore();
  const noted: unknown[] = [];
  const full = {
    ...store,
    enqueue: async (sn: string, commands: Parameters<typeof store.enqueue>[1]) =>
      store.enqueue(sn, commands),
    countAttendance: async () => store.attendance.size,
    changeDevice: async (_sn: string, { reconciled }: { reconciled?: unknown }) => {
      noted.push(reconciled);
      return true;
    },
  } as unknown as ServerStore;
  let id = 0;
  const newCommandId = () => `r${++id}`;
  const reconciler = createReconciler({ store: full, newCommandId });
  const server = createServerEngine({ store, pairing: "open", timeZone: "+08:00", newCommandId });
  const device = createDeviceEngine({ sn: SN, random: seeded(5) });
  let now = START;
  const play = async (ms: number) => {
    const found = [];
    for (const end = now + ms; now < end; ) {
      const step = device.next(now);
      if ("wakeAt" in step) now = Math.max(now + 1, Math.min(step.wakeAt, end));
      else {
        const { response, events } = await server.handle(step.send, now);
        device.receive(response, ++now);
        found.push(...(await reconciler.take(events, now)));
      }
    }
    return found;
  };
  await play(60_000);
  for (let i = 0; i < 5; i++) device.recorder.punch(now + i * 1_000, { pin: `p${i}` });
  await play(60_000);
  // Two records went missing on the server's side.
  const lost = [...store.attendance.keys()].slice(0, 2);
  for (const key of lost) (store.attendance as Map<string, unknown>).delete(key);
  await reconciler.check(SN, "2015-07-30", now);
  expect(await play(60_000)).toMatchObject([{ onTerminal: 5, stored: 3, asked: true }]);
  await play(60_000);
  expect(store.attendance.size).toBe(5);
  await reconciler.check(SN, "2015-07-30", now);
  expect(await play(60_000)).toMatchObject([{ onTerminal: 5, stored: 5, asked: false }]);
  expect(noted).toMatchObject([
    { day: "2015-07-30", onTerminal: 5, stored: 3 },
    { day: "2015-07-30", onTerminal: 5, stored: 5 },
  ]);
  await expect(reconciler.check(SN, "today", now)).rejects.toThrow("YYYY-MM-DD");
});

test("a shelf gives a file to who has the token, in time", async () => {
  const files = new Map<string, StoredFile>();
  const shelf = createFileShelf({
    putFile: async (kept) => void files.set(kept.token, kept),
    file: async (token) => files.get(token),
  });
  const content = new TextEncoder().encode("firmware");
  const soon = Date.now() + 60_000;
  const terms = { name: "emfw.cfg", expiresAt: soon, sn: SN, base64: true };
  const file = await shelf.put(content, terms, soon - 60_000);
  expect(file.md5).toBe(createHash("md5").update("firmware").digest("hex"));
  expect(file.path).toBe(`file/${file.token}/emfw.cfg`);
  expect(await shelf.file(file.token, SN, soon - 1)).toMatchObject({ content, base64: true });
  expect(await shelf.file(file.token, "OTHER77", soon - 1)).toBeUndefined();
  expect(await shelf.file(file.token, SN, soon)).toBeUndefined();
  expect(await shelf.file(`${file.token}x`, SN, soon - 1)).toBeUndefined();
  for (const name of ["../x", "..", "", "a/b", "a b"]) {
    await expect(shelf.put(content, { ...terms, name }, 0)).rejects.toThrow("as name");
  }
});
