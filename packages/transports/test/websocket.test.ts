import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import { connect, createServer as createTcpServer, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket as BareWebSocket } from "ws";
import type { Channel } from "../src/index.js";
import {
  acceptWebSockets,
  type Handshake,
  listenWebSocket,
  openWebSocket,
  type WebSocketListener,
  type WebSocketListenOptions,
} from "../src/node/websocket.js";
import { createFakeClock } from "./support/fake-clock.js";
import { codeOf, until } from "./support/until.js";
import certificate from "./vectors/localhost-certificate.json" with { type: "json" };

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

/** A server that keeps what it accepts. */
const serve = async (options: Partial<WebSocketListenOptions> = {}) => {
  const channels: Channel[] = [];
  const handshakes: Handshake[] = [];
  const server = await listenWebSocket({
    ...options,
    onChannel(channel, handshake) {
      channels.push(channel);
      handshakes.push(handshake);
    },
  });
  cleanUp.push(() => server.close());
  const accepted = async (count = 1) => {
    await until(() => channels.length >= count);
    return channels[count - 1]!;
  };
  return { server, channels, handshakes, accepted };
};

/** What a raw handshake is answered with, up to the end of the head. */
const handshakeRaw = async (server: WebSocketListener, lines: readonly string[], path = "/") => {
  const socket = connect(server.port, "127.0.0.1");
  cleanUp.push(() => socket.destroy());
  socket.on("error", () => {});
  socket.write(
    `${[
      `GET ${path} HTTP/1.1`,
      "Host: x",
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      ...lines,
    ].join("\r\n")}\r\n\r\n`,
  );
  let head = "";
  while (!head.includes("\r\n\r\n")) head += String((await once(socket, "data"))[0]);
  return { socket, head };
};

describe("WebSocket handshake", () => {
  test("shows path, query, origin, authorization and protocols to whoever decides", async () => {
    const { server, handshakes } = await serve({
      decide: ({ protocols }) => ({ status: 101, protocol: protocols[1]! }),
    });
    const channel = await openWebSocket(`${server.url}/ws1/validate?client_id=a%20b&x=1`, {
      headers: { Authorization: "Bearer t", Origin: "https://page.example", "X-More": "1" },
      protocols: ["one", "two"],
    });
    expect(channel.protocol).toBe("two");
    const [handshake] = handshakes;
    expect(handshake).toMatchObject({
      path: "/ws1/validate",
      origin: "https://page.example",
      authorization: "Bearer t",
      protocols: ["one", "two"],
      remoteAddress: "127.0.0.1",
    });
    expect(handshake!.query.get("client_id")).toBe("a b");
    expect(handshake!.headers["x-more"]).toBe("1");
  });

  test("is refused with the status and headers that are decided", async () => {
    const { server, channels } = await serve({
      decide: async () => ({ status: 401, headers: { "WWW-Authenticate": "Bearer\r\nX-Evil: 1" } }),
    });
    await expect(openWebSocket(server.url)).rejects.toMatchObject({
      code: "HANDSHAKE_REFUSED",
      status: 401,
    });
    const { head } = await handshakeRaw(server, []);
    expect(head).toContain("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer X-Evil: 1\r\n");
    expect(channels).toEqual([]);
  });

  test("is 404 on another path, 403 for a web page without leave, 500 where deciding fails", async () => {
    const status = async (server: WebSocketListener, path: string, headers = {}) =>
      openWebSocket(`${server.url}${path}`, { headers }).then(
        async (channel) => channel.close().then(() => 101),
        (error) => error.status,
      );
    const { server } = await serve({ paths: ["/echo", "/echo/"] });
    expect(await status(server, "/echo?x")).toBe(101);
    expect(await status(server, "/echo/")).toBe(101);
    expect(await status(server, "/echo/more")).toBe(404);
    expect(await status(server, "/echo", { Origin: "https://page.example" })).toBe(403);
    const { server: failing } = await serve({
      decide: () => {
        throw new Error("no");
      },
    });
    expect(await status(failing, "/")).toBe(500);
  });

  test("is 503 beyond the connections allowed, and where deciding takes too long", async () => {
    const { server } = await serve({ maxConnections: 2 });
    const first = await openWebSocket(server.url);
    await openWebSocket(server.url);
    await expect(openWebSocket(server.url)).rejects.toMatchObject({ status: 503 });
    await first.close();
    await until(() => server.connections === 1);
    await openWebSocket(server.url);

    const clock = createFakeClock();
    const { server: slow } = await serve({
      clock,
      handshakeMs: 1_000,
      decide: () => new Promise(() => {}),
    });
    const opening = openWebSocket(slow.url).catch((error) => error.status);
    await until(() => clock.pending() === 1);
    clock.advance(1_000);
    expect(await opening).toBe(503);
  });

  test("never agrees to compression", async () => {
    const { server, accepted } = await serve();
    const { head } = await handshakeRaw(server, [
      "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
    ]);
    expect(head).toContain("101 Switching Protocols");
    expect(head.toLowerCase()).not.toContain("sec-websocket-extensions");
    await accepted();

    const bare = createServer();
    let offered: string | undefined;
    bare.on("upgrade", (request, socket) => {
      offered = request.headers["sec-websocket-extensions"] ?? "none";
      socket.destroy();
    });
    bare.listen(0);
    await once(bare, "listening");
    cleanUp.push(() => bare.close());
    await codeOf(openWebSocket(`ws://127.0.0.1:${(bare.address() as { port: number }).port}`));
    expect(offered).toBe("none");
  });

  test("a request that is none is answered with 426, one that cannot be read with 400", async () => {
    const { server } = await serve();
    const request = httpRequest({ port: server.port, path: "/" });
    request.end();
    const [response] = await once(request, "response");
    expect(response.statusCode).toBe(426);
    const { head } = await handshakeRaw(server, ["Sec-WebSocket-Version: 1"]);
    expect(head).toMatch(/^HTTP\/1.1 400 /);
  });

  test("does not follow redirects", async () => {
    const { server, channels } = await serve();
    const bare = createServer();
    bare.on("upgrade", (_request, socket) => {
      socket.end(`HTTP/1.1 302 Found\r\nLocation: ${server.url}\r\n\r\n`);
    });
    bare.listen(0);
    await once(bare, "listening");
    cleanUp.push(() => bare.close());
    const url = `ws://127.0.0.1:${(bare.address() as { port: number }).port}`;
    await expect(openWebSocket(url)).rejects.toMatchObject({ status: 302 });
    expect(channels).toEqual([]);
  });

  test("goes over TLS, with a certificate that is trusted and not without", async () => {
    const { cert, key } = certificate;
    const { server, accepted } = await serve({ tls: { cert, key } });
    expect(server.url).toMatch(/^wss:/);
    expect(await codeOf(openWebSocket(server.url))).toBe("CONNECT_FAILED");
    const client = await openWebSocket(server.url, {
      tls: { ca: cert, servername: "localhost" },
    });
    await client.send("secret");
    expect(await (await accepted()).receive()).toBe("secret");
  });

  test("beside what else an HTTP server serves", async () => {
    const server = createServer((_request, response) => response.end("page"));
    const acceptor = acceptWebSockets(server, {
      paths: ["/ws"],
      onChannel: (channel) => void channel.send("hello"),
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const channel = await openWebSocket(`ws://127.0.0.1:${port}/ws`);
    expect(await channel.receive()).toBe("hello");
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("page");
    await acceptor.close(1001, "going");
    expect(await channel.closed).toEqual({ by: "peer", code: 1001, reason: "going" });
    server.closeAllConnections();
    server.close();
  });

  test("fails with a code where nobody listens, nobody answers, or nobody waits", async () => {
    const { server } = await serve();
    const { port } = server;
    await server.close();
    expect(await codeOf(openWebSocket(`ws://127.0.0.1:${port}/?key=secret`))).toBe(
      "CONNECT_FAILED",
    );
    const error = await openWebSocket(`ws://127.0.0.1:${port}/?key=secret`).catch(
      (thrown) => thrown,
    );
    expect(String(error)).not.toContain("secret");

    const sockets: Socket[] = [];
    const mute = createTcpServer((socket) => {
      sockets.push(socket.resume().on("error", () => {}));
    });
    mute.listen(0, "127.0.0.1");
    await once(mute, "listening");
    const url = `ws://127.0.0.1:${(mute.address() as { port: number }).port}`;
    const clock = createFakeClock();
    const timedOut = codeOf(openWebSocket(url, { clock, handshakeMs: 3_000 }));
    clock.advance(3_000);
    expect(await timedOut).toBe("TRANSPORT_TIMEOUT");
    const caller = new AbortController();
    const aborted = codeOf(openWebSocket(url, { signal: caller.signal }));
    await until(() => sockets.length > 0);
    caller.abort();
    expect(await aborted).toBe("TRANSPORT_ABORTED");
    expect(await codeOf(openWebSocket(url, { signal: caller.signal }))).toBe("TRANSPORT_ABORTED");
    await until(() => sockets.every((socket) => socket.destroyed || socket.readableEnded));
    for (const socket of sockets) socket.destroy();
    mute.close();

    expect(await codeOf(openWebSocket("http//nowhere"))).toBe("OPTION_INVALID");
    expect(await codeOf(openWebSocket("ftp://127.0.0.1"))).toBe("OPTION_INVALID");
  });
});

describe("WebSocket channel of Node", () => {
  test("ends with 1009 where a message is too long, at either end", async () => {
    const { server, accepted } = await serve({ maxPayload: 1_000 });
    const client = await openWebSocket(server.url, { maxPayload: 2_000 });
    void client.send("x".repeat(1_001));
    expect(await (await accepted()).closed).toEqual({ by: "us", code: 1009, reason: "" });
    expect(await client.closed).toEqual({ by: "peer", code: 1009, reason: "" });

    const other = await openWebSocket(server.url, { maxPayload: 2_000 });
    void (await accepted(2)).send("x".repeat(2_001));
    expect(await other.closed).toEqual({ by: "us", code: 1009, reason: "" });
  });

  test("ends with 1007 where text is not UTF-8, and with 1002 where a frame is none", async () => {
    for (const [frame, code] of [
      ["818100000000ff", 1007],
      ["ff80", 1002],
      // Unmasked, as a client may not send.
      ["810161", 1002],
    ] as const) {
      const { server, accepted } = await serve();
      const { socket } = await handshakeRaw(server, []);
      const channel = await accepted();
      socket.write(Buffer.from(frame, "hex"));
      expect(await channel.closed).toEqual({ by: "us", code, reason: "" });
    }
  });

  test("a close without a code is 1005", async () => {
    const { server, accepted } = await serve();
    const bare = new BareWebSocket(server.url);
    await once(bare, "open");
    bare.close();
    expect(await (await accepted()).closed).toEqual({ by: "peer", code: 1005, reason: "" });
  });

  test("a peer that misses a ping is lost, one that answers is kept", async () => {
    const clock = createFakeClock();
    const { server, accepted } = await serve({ clock, pingMs: 20_000 });
    const { socket } = await handshakeRaw(server, []);
    const mute = await accepted();
    const live = new BareWebSocket(server.url);
    const pings: unknown[] = [];
    live.on("ping", (data) => pings.push(data));
    await once(live, "open");
    const kept = await accepted(2);
    clock.advance(20_000);
    await until(() => pings.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    clock.advance(20_000);
    expect(await mute.closed).toEqual({ by: "lost", code: 1006, reason: "" });
    await until(() => pings.length === 2);
    expect(server.connections).toBe(1);
    await kept.send("still here");
    socket.destroy();
    live.close();
    await kept.closed;
    expect(clock.pending()).toBe(0);
  });

  test("a peer that does not answer our close is not waited for", async () => {
    const clock = createFakeClock();
    const { server, accepted } = await serve({ clock, closeMs: 5_000, pingMs: 0 });
    await handshakeRaw(server, []);
    const channel = await accepted();
    const closing = channel.close(1000, "bye");
    clock.advance(5_000);
    expect(await closing).toEqual({ by: "us", code: 1000, reason: "bye" });
    expect(clock.pending()).toBe(0);
  });

  test("more unsent than allowed is refused, and what was taken still goes out", async () => {
    const { server, accepted } = await serve({ maxPayload: 8_000_000 });
    const client = await openWebSocket(server.url, { maxUnsent: 6_000_000, pingMs: 0 });
    const sends = Array.from({ length: 8 }, () => client.send(new Uint8Array(4_000_000)));
    const results = await Promise.allSettled([
      ...sends,
      (async () => {
        const channel = await accepted();
        for (let i = 0; i < 1; i++) await channel.receive();
      })(),
    ]);
    const refused = results.filter(({ status }) => status === "rejected");
    expect(refused.length).toBeGreaterThan(0);
    for (const result of refused) {
      expect((result as PromiseRejectedResult).reason).toMatchObject({ code: "SEND_OVERFLOW" });
    }
  });

  test("many connections at once each keep their own frames", async () => {
    const { server } = await serve({});
    await server.close();
    const echo = await listenWebSocket({
      async onChannel(channel) {
        for await (const frame of channel) await channel.send(frame);
      },
    });
    cleanUp.push(() => echo.close());
    await Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        const channel = await openWebSocket(echo.url);
        for (let k = 0; k < 5; k++) {
          await channel.send(`${i}/${k}`);
          expect(await channel.receive()).toBe(`${i}/${k}`);
        }
        await channel.close();
      }),
    );
    await until(() => echo.connections === 0);
  });
});
