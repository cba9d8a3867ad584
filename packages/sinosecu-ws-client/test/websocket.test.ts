import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { DeviceName, LIMITS, openReader } from "../src/index.js";
import { createSimulator, specimenPassport } from "../src/testing.js";
import {
  DEFAULT_URL,
  explainFailure,
  failureReason,
  openReader as openPageReader,
  openWebSocket,
  systemClock,
} from "../src/web/index.js";
import { listen } from "./rig.js";
import { channelOfSocket } from "./socket-channel.js";

const servers: Server[] = [];
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
  for (const server of servers.splice(0)) server.close();
});

/** A WebSocket server at /echo of a free port. */
const serve = async (onSocket: (socket: WebSocket) => void): Promise<string> => {
  const server = createServer();
  const sockets = new WebSocketServer({ server, path: "/echo", maxPayload: 64 * 1024 * 1024 });
  sockets.on("connection", onSocket);
  servers.push(server);
  ends.push(() => {
    for (const socket of sockets.clients) socket.terminate();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/echo`;
};

const Platform = WebSocket as unknown as typeof globalThis.WebSocket;
const connect = (url: string, more = {}) =>
  openReader({
    open: () => openWebSocket(url, { WebSocket: Platform }),
    clock: systemClock,
    settleMs: 100,
    ...more,
  });

/** A document whose pictures make a message of 12 MB. */
const large = () => ({
  ...specimenPassport(),
  images: {
    White: new Uint8Array(6_000_000).fill(7).fill(0xff, 0, 1).fill(0xd8, 1, 2).fill(0xff, 2, 3),
    IR: new Uint8Array(3_100_000).fill(9),
  },
});

describe("over a real socket", () => {
  test("a document of 12 MB in fragments of 4,096 bytes", async () => {
    const simulator = createSimulator({ clock: systemClock, quirks: ["fragments"] });
    const url = await serve((socket) => void simulator.serve(channelOfSocket(socket)));
    const reader = connect(url, { settings: { DocInfoAllInOne: true } });
    const heard = listen(reader);
    await reader.ready();
    await reader.request(DeviceName, undefined);
    const read = new Promise<void>((resolve) => reader.on("document", () => resolve()));
    simulator.lay(large());
    await read;
    const [document] = heard.document;
    expect(
      document!.images.map((one) => [
        one.kind,
        one.problem ?? one.format,
        one.problem ?? one.bytes.length,
      ]),
    ).toEqual([
      ["White", "jpeg", 6_000_000],
      ["IR", "unknown", 3_100_000],
    ]);
    const bytes = document!.images[0]!;
    expect(Buffer.compare(bytes.problem ? Buffer.of() : bytes.bytes, large().images.White)).toBe(0);
    await reader.close();
    simulator.close();
  });

  test("32 MiB and a byte more are refused, and the other side is told why", async () => {
    const told = new Promise<[number, string]>((resolve, reject) => {
      serve((socket) => {
        socket.on("close", (code, reason) => resolve([code, reason.toString()]));
        socket.send("x".repeat(LIMITS.message + 1));
      }).then((url) => {
        const reader = connect(url, { reconnect: true });
        ends.push(() => void reader.close());
      }, reject);
    });
    expect(await told).toEqual([4009, "MESSAGE_TOO_LARGE"]);
  });

  test("a service that is not there, that says no, and a signal", async () => {
    const url = await serve(() => {});
    await expect(
      openWebSocket(url.replace("/echo", "/other"), { WebSocket: Platform }),
    ).rejects.toThrow("found none");
    await expect(openWebSocket("ws://127.0.0.1:1/echo", { WebSocket: Platform })).rejects.toThrow(
      "found none",
    );
    await expect(
      openWebSocket(url, { WebSocket: Platform, signal: AbortSignal.abort(new Error("enough")) }),
    ).rejects.toThrow("enough");
    const controller = new AbortController();
    const opening = openWebSocket(url, { WebSocket: Platform, signal: controller.signal });
    controller.abort(new Error("later"));
    await expect(opening).rejects.toThrow("later");
  });

  test("ends as it was ended", async () => {
    let other: WebSocket | undefined;
    const url = await serve((socket) => {
      other = socket;
    });
    const ours = await openWebSocket(url, { WebSocket: Platform });
    expect(await ours.close(1009, "too much")).toEqual({
      by: "us",
      code: 4009,
      reason: "too much",
    });
    await expect(ours.send("x")).rejects.toThrow("closed");
    expect(await ours.receive()).toBeUndefined();

    const theirs = await openWebSocket(url, { WebSocket: Platform });
    other!.send("one");
    other!.send(Buffer.of(1, 2));
    other!.close(1012, "restart");
    expect(await theirs.closed).toEqual({ by: "peer", code: 1012, reason: "restart" });
    expect(await theirs.receive()).toBe("one");
    expect(await theirs.receive()).toEqual(Uint8Array.of(1, 2));
    expect(await theirs.receive()).toBeUndefined();

    const cut = await openWebSocket(url, { WebSocket: Platform });
    const receiving = cut.receive();
    other!.terminate();
    expect(await cut.closed).toMatchObject({ by: "lost", code: 1006 });
    expect(await receiving).toBeUndefined();
  });

  test("does not wait without end for a peer that never answers a close", async () => {
    const url = await serve((socket) => socket.pause());
    const channel = await openWebSocket(url, { WebSocket: Platform, closeMs: 20 });
    expect(await channel.close()).toMatchObject({ by: "us", code: 1000 });
  });
});

describe("on a page", () => {
  test("the reader takes the platform's WebSocket", async () => {
    const simulator = createSimulator({ clock: systemClock });
    const url = await serve((socket) => void simulator.serve(channelOfSocket(socket)));
    const before = globalThis.WebSocket;
    globalThis.WebSocket = Platform;
    try {
      const reader = openPageReader(url);
      await reader.ready();
      expect(await reader.request(DeviceName, undefined)).toBe("Simulated passport reader");
      await reader.close();
    } finally {
      globalThis.WebSocket = before;
    }
    expect(DEFAULT_URL).toBe("ws://127.0.0.1:90/echo");
  });

  test("blocked is told from not running as far as the browser tells", () => {
    const reason = (isSecureContext: boolean, permission?: "denied" | "granted" | "prompt") =>
      failureReason({ isSecureContext, permission });
    expect(reason(true, "denied")).toBe("PERMISSION_DENIED");
    expect(reason(true, "prompt")).toBe("PERMISSION_PENDING");
    expect(reason(true, "granted")).toBe("NOT_RUNNING");
    expect(reason(true)).toBe("UNKNOWN");
    expect(reason(false, "denied")).toBe("INSECURE_PAGE");
    expect(reason(false)).toBe("INSECURE_PAGE");
  });

  test("a platform without permissions is asked in vain", async () => {
    expect(["INSECURE_PAGE", "UNKNOWN"]).toContain(await explainFailure());
  });
});
