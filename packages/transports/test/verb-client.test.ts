import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { requestVerb } from "../src/node/http-verbs.js";
import { createFakeClock } from "./support/fake-clock.js";
import { codeOf, until } from "./support/until.js";

const servers: { server: Server; sockets: Socket[] }[] = [];
afterEach(() => {
  for (const { server, sockets } of servers.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});

/** A peer that reads a request's head and then does what it is told. */
const peer = async (answer: (socket: Socket, request: string) => void) => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on("error", () => {}));
    let request = "";
    const onData = (chunk: Buffer) => {
      request += chunk.toString("utf8");
      if (!request.includes("\r\n\r\n")) return;
      socket.off("data", onData).resume();
      answer(socket, request);
    };
    socket.on("data", onData);
  });
  servers.push({ server, sockets });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
};

/** An answer whose Content-Length counts characters, as some device services send it. */
const countedInCharacters = (text: string) =>
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text}\r\n\r\n`;

describe("verb client", () => {
  test("asks for the connection to be closed, and sends the length of the body in bytes", async () => {
    for (const raw of [false, true]) {
      let seen = "";
      const url = await peer((socket, request) => {
        seen = request;
        socket.end("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      });
      const response = await requestVerb(`${url}/a?b=c`, {
        method: "capture",
        headers: { "X-One": "1" },
        body: "\u00e9",
        raw,
      });
      expect(await response.text()).toBe("ok");
      expect(seen).toMatch(/^CAPTURE \/a\?b=c HTTP\/1.1\r\n/);
      expect(seen).toMatch(/\r\nconnection: close\r\n/i);
      expect(seen).toMatch(/\r\ncontent-length: 2\r\n/i);
      expect(seen).toMatch(/\r\nx-one: 1\r\n/i);
      expect(seen).toMatch(/\r\nhost: 127.0.0.1:\d+\r\n/i);
    }
  });

  test("a peer that counts characters is refused by default and read whole in raw mode", async () => {
    const text = JSON.stringify({ name: "\u0c2b\u0c3f\u0c02\u0c17\u0c30\u0c4d", ok: true });
    const url = await peer((socket) => socket.end(countedInCharacters(text)));
    const cut = await requestVerb(url, { method: "MOSIPDISC" }).then(
      (response) => response.text().catch((error) => error.code),
      (error) => error.code,
    );
    expect(cut).not.toBe(text);
    const response = await requestVerb(url, { method: "MOSIPDISC", raw: true });
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(JSON.parse(await response.text())).toEqual(JSON.parse(text));
  });

  test("raw mode takes a head in pieces, an interim answer, bare line feeds, an empty reason", async () => {
    const url = await peer(async (socket) => {
      const head = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 405\nX-A: 1\nX-A: 2\n\nbo";
      for (const byte of head) {
        socket.write(byte);
        await new Promise((resolve) => setImmediate(resolve));
      }
      socket.end("dy");
    });
    const response = await requestVerb(url, { method: "STREAM", raw: true });
    expect([response.status, response.statusText]).toEqual([405, ""]);
    expect(response.headers.get("x-a")).toBe("1, 2");
    expect(await response.text()).toBe("body");
  });

  test("raw mode streams what comes and takes a reset after everything for an end", async () => {
    const url = await peer(async (socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc");
      await new Promise((resolve) => setTimeout(resolve, 20));
      socket.write("def", () => setTimeout(() => socket.resetAndDestroy(), 20));
    });
    const response = await requestVerb(url, { method: "STREAM", raw: true });
    const parts: string[] = [];
    for await (const chunk of response.body) parts.push(Buffer.from(chunk).toString());
    expect(parts).toEqual(["abc", "def"]);
  });

  for (const { name, answer, raw, code } of [
    { name: "no HTTP", answer: "SSH-2.0\r\n\r\n", raw: true, code: "HTTP_RESPONSE_INVALID" },
    { name: "no HTTP, parsed", answer: "SSH-2.0\r\n", raw: false, code: "HTTP_RESPONSE_INVALID" },
    {
      name: "a header without a colon",
      answer: "HTTP/1.1 200 OK\r\nwhat\r\n\r\n",
      raw: true,
      code: "HTTP_RESPONSE_INVALID",
    },
    {
      name: "a length that is none",
      answer: "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
      raw: true,
      code: "HTTP_RESPONSE_INVALID",
    },
    {
      name: "chunks in raw mode",
      answer: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
      raw: true,
      code: "HTTP_RESPONSE_INVALID",
    },
    {
      name: "a head without end",
      answer: `HTTP/1.1 200 OK\r\nX: ${"x".repeat(70_000)}`,
      raw: true,
      code: "HTTP_LIMIT",
    },
    { name: "no answer", answer: "", raw: true, code: "HTTP_TRUNCATED" },
    { name: "no answer, parsed", answer: "", raw: false, code: "HTTP_TRUNCATED" },
    {
      name: "half a body",
      answer: "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
      raw: true,
      code: "HTTP_TRUNCATED",
    },
    {
      name: "half a body, parsed",
      answer: "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
      raw: false,
      code: "HTTP_TRUNCATED",
    },
  ]) {
    test(`${name} is ${code}`, async () => {
      const url = await peer((socket) => socket.end(answer));
      const reading = requestVerb(url, { method: "CAPTURE", raw }).then((response) =>
        response.bytes(),
      );
      expect(await codeOf(reading)).toBe(code);
    });
  }

  test("a body beyond the limit is not kept, and the connection is ended", async () => {
    for (const raw of [false, true]) {
      let left = false;
      const url = await peer((socket) => {
        socket.on("close", () => {
          left = true;
        });
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        const more = () => {
          while (socket.writable && socket.write(Buffer.alloc(65_536)));
        };
        socket.on("drain", more);
        more();
      });
      const response = await requestVerb(url, { method: "STREAM", maxBody: 1_000_000, raw });
      expect(await codeOf(response.bytes())).toBe("HTTP_LIMIT");
      await until(() => left);
    }
  });

  test("a peer that is silent is left by the clock given, before and within the body", async () => {
    for (const raw of [false, true]) {
      const clock = createFakeClock();
      const mute = await peer(() => {});
      const waiting = codeOf(requestVerb(mute, { method: "CAPTURE", raw, clock, idleMs: 5_000 }));
      clock.advance(5_000);
      expect(await waiting).toBe("TRANSPORT_TIMEOUT");

      const slow = await peer((socket) => socket.write("HTTP/1.1 200 OK\r\n\r\nsome"));
      const response = await requestVerb(slow, { method: "STREAM", raw, clock, idleMs: 5_000 });
      // Nobody reads yet: the silence is ours.
      clock.advance(60_000);
      const body = response.body[Symbol.asyncIterator]();
      expect(Buffer.from((await body.next()).value!).toString()).toBe("some");
      clock.advance(60_000);
      const next = codeOf(body.next());
      await new Promise((resolve) => setTimeout(resolve, 10));
      clock.advance(5_000);
      expect(await next).toBe("TRANSPORT_TIMEOUT");
      expect(clock.pending()).toBe(0);
    }
  });

  test("a signal ends it before, while waiting, and within the body", async () => {
    for (const raw of [false, true]) {
      const caller = new AbortController();
      const mute = await peer(() => {});
      const waiting = codeOf(requestVerb(mute, { raw, signal: caller.signal }));
      setTimeout(() => caller.abort(), 10);
      expect(await waiting).toBe("TRANSPORT_ABORTED");
      expect(await codeOf(requestVerb(mute, { raw, signal: caller.signal }))).toBe(
        "TRANSPORT_ABORTED",
      );
      const reader = new AbortController();
      const slow = await peer((socket) => socket.write("HTTP/1.1 200 OK\r\n\r\nsome"));
      const response = await requestVerb(slow, { raw, signal: reader.signal });
      const reading = codeOf(response.bytes());
      setTimeout(() => reader.abort(), 10);
      expect(await reading).toBe("TRANSPORT_ABORTED");
    }
  });

  test("a body that nobody wants is cancelled", async () => {
    let left = false;
    const url = await peer((socket) => {
      socket.on("close", () => {
        left = true;
      });
      socket.write("HTTP/1.1 200 OK\r\n\r\nsome");
    });
    (await requestVerb(url, { method: "STREAM", raw: true })).cancel();
    await until(() => left);
  });

  test("what cannot be sent is refused before anything is", async () => {
    const url = "http://127.0.0.1:1/";
    expect(await codeOf(requestVerb(url))).toBe("CONNECT_FAILED");
    expect(await codeOf(requestVerb(url, { raw: true }))).toBe("CONNECT_FAILED");
    expect(await codeOf(requestVerb("nowhere"))).toBe("OPTION_INVALID");
    expect(await codeOf(requestVerb("https://127.0.0.1:1/", { raw: true }))).toBe("OPTION_INVALID");
    expect(await codeOf(requestVerb(url, { method: "A B" }))).toBe("OPTION_INVALID");
    expect(await codeOf(requestVerb(url, { headers: { "a b": "1" } }))).toBe(
      "HTTP_REQUEST_INVALID",
    );
    expect(await codeOf(requestVerb(url, { headers: { a: "1\r\nb: 2" } }))).toBe(
      "HTTP_REQUEST_INVALID",
    );
  });
});
