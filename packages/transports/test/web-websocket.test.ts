import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { Channel } from "../src/index.js";
import { listenWebSocket } from "../src/node/websocket.js";
import { openWebSocket } from "../src/web/websocket.js";
import { createFakeClock } from "./support/fake-clock.js";
import { PlatformWebSocket } from "./support/platform-websocket.js";
import { codeOf, until } from "./support/until.js";

const platform = { WebSocket: PlatformWebSocket };

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

const serve = async () => {
  const channels: Channel[] = [];
  const server = await listenWebSocket({
    decide: ({ protocols }) => ({ status: 101, protocol: protocols[0]! }),
    onChannel: (channel) => channels.push(channel),
  });
  cleanUp.push(() => server.close());
  return { url: server.url, channels };
};

describe("WebSocket of the platform", () => {
  test("its close takes few codes, which is why the others are mapped", async () => {
    const { url, channels } = await serve();
    const bare = new PlatformWebSocket(url);
    await new Promise((resolve) => bare.addEventListener("open", resolve));
    for (const code of [1001, 1008, 1011]) {
      expect(() => bare.close(code)).toThrowError(
        expect.objectContaining({ name: "InvalidAccessError" }),
      );
    }
    bare.close();
    const channel = await openWebSocket(url, platform);
    expect(await channel.close(1008, "UNEXPECTED_MESSAGE")).toEqual({
      by: "us",
      code: 4008,
      reason: "UNEXPECTED_MESSAGE",
    });
    expect(await channels[1]!.closed).toEqual({
      by: "peer",
      code: 4008,
      reason: "UNEXPECTED_MESSAGE",
    });
  });

  test("hears any code of a server", async () => {
    const { url, channels } = await serve();
    const channel = await openWebSocket(url, { ...platform, protocols: ["one"] });
    expect(channel.protocol).toBe("one");
    await channels[0]!.close(1011, "SERVER_ERROR");
    expect(await channel.closed).toEqual({ by: "peer", code: 1011, reason: "SERVER_ERROR" });
  });

  test("a message that is too long ends the channel", async () => {
    const { url, channels } = await serve();
    const channel = await openWebSocket(url, { ...platform, maxPayload: 1_000 });
    await channels[0]!.send("\u00e9".repeat(501));
    expect(await channel.closed).toEqual({ by: "us", code: 4009, reason: "message too long" });
    expect(await channel.receive()).toBeUndefined();
  });

  test("fails with a code where nobody listens, nobody answers, or nobody waits", async () => {
    expect(await codeOf(openWebSocket("ws://127.0.0.1:1/", platform))).toBe("CONNECT_FAILED");
    expect(await codeOf(openWebSocket("nowhere", platform))).toBe("OPTION_INVALID");
    const mute = createServer((socket) => socket.resume().on("error", () => {}));
    mute.listen(0, "127.0.0.1");
    await once(mute, "listening");
    cleanUp.push(() => mute.close());
    const url = `ws://127.0.0.1:${(mute.address() as { port: number }).port}/`;
    const clock = createFakeClock();
    const late = codeOf(openWebSocket(url, { ...platform, clock, handshakeMs: 2_000 }));
    clock.advance(2_000);
    expect(await late).toBe("TRANSPORT_TIMEOUT");
    const caller = new AbortController();
    const aborted = codeOf(openWebSocket(url, { ...platform, signal: caller.signal }));
    caller.abort();
    expect(await aborted).toBe("TRANSPORT_ABORTED");
    expect(await codeOf(openWebSocket(url, { ...platform, signal: caller.signal }))).toBe(
      "TRANSPORT_ABORTED",
    );
  });

  test("a server that does not answer our close is not waited for", async () => {
    const sockets: Socket[] = [];
    const { url } = await serve();
    const clock = createFakeClock();
    const proxy = createServer((near) => {
      const far = connect(Number(new URL(url).port), "127.0.0.1");
      sockets.push(near, far);
      near.pipe(far);
      far.pipe(near);
    });
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
    cleanUp.push(() => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
    });
    const through = `ws://127.0.0.1:${(proxy.address() as { port: number }).port}/`;
    const channel = await openWebSocket(through, { ...platform, clock, closeMs: 4_000 });
    for (const socket of sockets) socket.unpipe();
    const closing = channel.close(1000, "bye");
    clock.advance(4_000);
    expect(await closing).toEqual({ by: "us", code: 1000, reason: "bye" });
    await until(() => clock.pending() === 0);
  });
});
