import { once } from "node:events";
import { createServer, request as httpRequest, type IncomingMessage, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectTls } from "node:tls";
import { afterEach, describe, expect, test } from "vitest";
import {
  acceptVerbs,
  listenVerbs,
  listenVerbsFetch,
  MOSIP_VERBS,
  requestVerb,
  type VerbListenOptions,
} from "../src/node/http-verbs.js";
import { createFakeClock } from "./support/fake-clock.js";
import { codeOf, until } from "./support/until.js";
import certificate from "./vectors/localhost-certificate.json" with { type: "json" };

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

/** A server that answers with what it saw of the request. */
const mirror = async (options: VerbListenOptions = {}) => {
  const seen: IncomingMessage[] = [];
  const listener = await listenVerbs(async (request, response) => {
    seen.push(request);
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    const { method, url, headers, rawHeaders } = request;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ method, url, headers, rawHeaders, body }));
  }, options);
  cleanUp.push(() => listener.close(100));
  return { ...listener, seen };
};

/** Bytes as they are written, and all that comes back until the other side ends. */
const converse = async (port: number, pieces: readonly string[], pauseMs = 0) => {
  const socket = connect(port, "127.0.0.1");
  cleanUp.push(() => socket.destroy());
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk.toString("latin1");
  });
  socket.on("error", () => {});
  const closed = once(socket, "close");
  socket.setNoDelay(true);
  for (const piece of pieces) {
    socket.write(piece, "latin1");
    if (pauseMs > 0) await sleep(pauseMs);
  }
  await closed;
  return answer;
};

const bodyOf = (answer: string) => JSON.parse(answer.slice(answer.indexOf("\r\n\r\n") + 4));

describe("HTTP server with verbs of its own", () => {
  test("shows that Node alone refuses them", async () => {
    const server = createServer((_request, response) => response.end());
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    cleanUp.push(() => server.close());
    const { port } = server.address() as { port: number };
    for (const verb of MOSIP_VERBS) {
      const answer = await converse(port, [`${verb} / HTTP/1.1\r\nHost: x\r\n\r\n`]);
      expect(answer).toMatch(/^HTTP\/1.1 400 /);
    }
  });

  for (const verb of [...MOSIP_VERBS, "GET", "POST", "OPTIONS", "DELETE", "PUT"]) {
    test(`takes ${verb} with path, query, headers and body`, async () => {
      const { url } = await mirror();
      const response = await requestVerb(`${url}/device?a=1`, {
        method: verb,
        headers: { "X-One": "1", "Content-Type": "application/json" },
        ...(verb === "GET" ? {} : { body: '{"type":"\u00e9"}' }),
      });
      expect(response.status).toBe(200);
      expect(response.headers.get("connection")).toBe("close");
      const saw = JSON.parse(await response.text());
      expect(saw).toMatchObject({ method: verb, url: "/device?a=1" });
      expect(saw.headers["x-one"]).toBe("1");
      expect(saw.body).toBe(verb === "GET" ? "" : '{"type":"\u00e9"}');
      expect(JSON.stringify(saw)).not.toContain("x-http-verb");
    });
  }

  test("takes a request byte by byte", async () => {
    const { port } = await mirror();
    const request =
      "RCAPTURE /capture HTTP/1.1\r\nHost: 127.0.0.1: 4501\r\nContent-Length: 5\r\n\r\nhello";
    const saw = bodyOf(await converse(port, [...request], 1));
    expect(saw).toMatchObject({ method: "RCAPTURE", url: "/capture", body: "hello" });
    expect(saw.headers.host).toBe("127.0.0.1: 4501");
  });

  test("takes a request in any two pieces", async () => {
    const { port } = await mirror();
    const request = "STREAM / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";
    await Promise.all(
      Array.from({ length: request.length - 1 }, async (_, i) => {
        const pieces = [request.slice(0, i + 1), request.slice(i + 1)];
        expect(bodyOf(await converse(port, pieces, 3))).toMatchObject({
          method: "STREAM",
          body: "abc",
        });
      }),
    );
  });

  test("takes absolute targets, chunked bodies, empty lines before, and HTTP/1.0", async () => {
    const { port } = await mirror();
    const cases = [
      ["MOSIPDISC http://127.0.0.1:4501/device HTTP/1.1\r\nHost: x\r\n\r\n", ""],
      ["\r\n\r\nMOSIPDISC http://127.0.0.1:4501/device HTTP/1.1\r\nHost: x\r\n\r\n", ""],
      [
        "MOSIPDISC http://127.0.0.1:4501/device HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
        "abcde",
      ],
      ["MOSIPDISC http://127.0.0.1:4501/device HTTP/1.0\r\nContent-Length: 1\r\n\r\nx", "x"],
    ] as const;
    for (const [request, body] of cases) {
      const saw = bodyOf(await converse(port, [request]));
      expect(saw).toMatchObject({
        method: "MOSIPDISC",
        url: "http://127.0.0.1:4501/device",
        body,
      });
    }
  });

  test("a marker that a client sends is a header and makes no verb of a request", async () => {
    const { port } = await mirror();
    const spoof = bodyOf(
      await converse(port, ["POST / HTTP/1.1\r\nx-http-verb: CAPTURE\r\nHost: x\r\n\r\n"]),
    );
    expect(spoof.method).toBe("POST");
    expect(spoof.headers["x-http-verb"]).toBe("CAPTURE");

    const other = bodyOf(
      await converse(port, ["CAPTURE / HTTP/1.1\r\nX-Http-Verb: STREAM\r\nHost: x\r\n\r\n"]),
    );
    expect(other.method).toBe("CAPTURE");
    expect(other.headers["x-http-verb"]).toBe("STREAM");
    expect(other.rawHeaders.slice(0, 2)).toEqual(["X-Http-Verb", "STREAM"]);
  });

  test("a second request on a connection is not served, whatever it is", async () => {
    const { port, seen } = await mirror();
    const one = "MOSIPDISC /1 HTTP/1.1\r\nHost: x\r\n\r\n";
    const spoof = "POST /2 HTTP/1.1\r\nx-http-verb: MOSIPDISC\r\nHost: x\r\n\r\n";
    const answer = await converse(port, [one + spoof]);
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(seen.map(({ url }) => url)).toEqual(["/1"]);
  });

  test("a connection ends after its answer, even where the answer says otherwise", async () => {
    const listener = await listenVerbs((_request, response) => {
      response.setHeader("Connection", "Closed");
      response.end("{}");
    });
    cleanUp.push(() => listener.close(100));
    const answer = await converse(listener.port, ["SBIDISC / HTTP/1.1\r\nHost: x\r\n\r\n"]);
    expect(answer).toContain("Connection: Closed");
  });

  test("case counts, and what is no verb of ours is left to Node's parser", async () => {
    const { port } = await mirror();
    for (const line of ["mosipdisc / HTTP/1.1", "MOSIPDISCO / HTTP/1.1", "NOTHING / HTTP/1.1"]) {
      expect(await converse(port, [`${line}\r\nHost: x\r\n\r\n`])).toMatch(/^HTTP\/1.1 400 /);
    }
    const { port: own } = await mirror({ verbs: ["X-ODD.1"] });
    expect(bodyOf(await converse(own, ["X-ODD.1 / HTTP/1.1\r\nHost: x\r\n\r\n"])).method).toBe(
      "X-ODD.1",
    );
    expect(await converse(own, ["CAPTURE / HTTP/1.1\r\nHost: x\r\n\r\n"])).toMatch(/ 400 /);
    expect(await codeOf(mirror({ verbs: ["NO SPACE"] }))).toBe("OPTION_INVALID");
  });

  test("a request line that comes too slowly is ended with 408, by the clock given", async () => {
    const clock = createFakeClock();
    const { port, server } = await mirror({ clock, requestLineMs: 10_000 });
    const sockets: Socket[] = [];
    server.on("connection", (socket) => sockets.push(socket));
    const whole = converse(port, ["MOSIPDISC /de"]);
    await until(() => sockets.length === 1 && sockets[0]!.bytesRead === 13);
    clock.advance(9_999);
    expect(sockets[0]!.destroyed).toBe(false);
    clock.advance(1);
    expect(await whole).toMatch(/^HTTP\/1.1 408 Request Timeout\r\nConnection: close\r\n/);

    // Nor does it help to send a byte now and then.
    const dripping = connect(port, "127.0.0.1");
    let answer = "";
    dripping.on("data", (chunk) => {
      answer += chunk;
    });
    for (const [index, byte] of [..."MOSIPDISC"].entries()) {
      dripping.write(byte);
      await until(() => sockets[1]?.destroyed === true || sockets[1]?.bytesRead === index + 1);
      clock.advance(1_200);
    }
    await once(dripping, "close");
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(clock.pending()).toBe(0);
  });

  test("a request line without end is ended with 414", async () => {
    const { port } = await mirror();
    expect(await converse(port, [`MOSIPDISC /${"x".repeat(20_000)}`])).toMatch(/^HTTP\/1.1 414 /);
    expect(await converse(port, ["\r\n".repeat(10_000)])).toMatch(/^HTTP\/1.1 414 /);
  });

  test("a client that leaves in the middle of the request line leaves nothing behind", async () => {
    const clock = createFakeClock();
    const server = createServer();
    const acceptor = acceptVerbs(server, { clock });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    cleanUp.push(() => server.close());
    const { port } = server.address() as { port: number };
    for (const leave of ["end", "resetAndDestroy"] as const) {
      const socket = connect(port, "127.0.0.1").on("error", () => {});
      socket.write("MOSIPD");
      await until(() => acceptor.pending === 1);
      socket[leave]();
      await until(() => acceptor.pending === 0);
    }
    expect(clock.pending()).toBe(0);
  });

  test("Expect: 100-continue is answered before the body", async () => {
    const { port } = await mirror();
    const socket = connect(port, "127.0.0.1");
    cleanUp.push(() => socket.destroy());
    socket.write(
      "CAPTURE / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n",
    );
    expect(String((await once(socket, "data"))[0])).toMatch(/^HTTP\/1.1 100 /);
    socket.write("ok");
    const answer = String((await once(socket, "data"))[0]);
    expect(bodyOf(answer)).toMatchObject({ method: "CAPTURE", body: "ok" });
  });

  test("a checkContinue listener sees the verb too", async () => {
    const server: Server = createServer();
    acceptVerbs(server);
    let method: string | undefined;
    server.on("checkContinue", (request, response) => {
      method = request.method;
      response.end();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    cleanUp.push(() => server.close());
    const { port } = server.address() as { port: number };
    await converse(port, ["STREAM / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n"]);
    expect(method).toBe("STREAM");
  });

  test("close finishes what was taken, drops what says nothing, and waits no longer", async () => {
    let finish = () => {};
    const listener = await listenVerbs((_request, response) => {
      finish = () => response.end("done");
    });
    const taken = requestVerb(listener.url, { method: "CAPTURE" });
    const mute = connect(listener.port, "127.0.0.1");
    const muteClosed = once(mute, "close");
    await sleep(30);
    const closed = listener.close();
    await muteClosed;
    finish();
    expect(await (await taken).text()).toBe("done");
    await closed;

    const stuck = await listenVerbs(() => {});
    const hanging = codeOf(requestVerb(stuck.url, { method: "CAPTURE" }));
    await sleep(30);
    await stuck.close(50);
    expect(await hanging).toBe("HTTP_TRUNCATED");
  });

  test("a thousand requests one after the other", async () => {
    const { url, server } = await mirror();
    for (let i = 0; i < 1_000; i++) {
      const response = await requestVerb(`${url}/${i}`, { method: MOSIP_VERBS[i % 7]! });
      expect(JSON.parse(await response.text()).method).toBe(MOSIP_VERBS[i % 7]);
    }
    expect(
      await new Promise((resolve) => server.getConnections((_e, n) => resolve(n))),
    ).toBeLessThan(5);
  });

  test("Node's own client, and fetch, are understood", async () => {
    const { url, port } = await mirror();
    const request = httpRequest({ port, method: "MOSIPDINFO", path: "/info" });
    request.end();
    const [response] = (await once(request, "response")) as [IncomingMessage];
    expect(response.statusCode).toBe(200);
    response.resume();
    for (let i = 0; i < 20; i++) {
      const answer = await fetch(`${url}/device`, { method: "MOSIPDISC", body: `${i}` });
      expect(await answer.json()).toMatchObject({ method: "MOSIPDISC", body: `${i}` });
    }
  });
});

describe("HTTPS server with verbs of its own", () => {
  test("takes them, byte by byte too, and the client trusts whom it is told to", async () => {
    const server = createTlsServer(
      { cert: certificate.cert, key: certificate.key },
      (request, response) => response.end(`${request.method} ${request.url}`),
    );
    acceptVerbs(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    cleanUp.push(() => server.close());
    const { port } = server.address() as { port: number };
    const url = `https://localhost:${port}/device`;
    const response = await requestVerb(url, { method: "CAPTURE", tls: { ca: certificate.cert } });
    expect(await response.text()).toBe("CAPTURE /device");
    expect(await codeOf(requestVerb(url, { method: "CAPTURE" }))).toBe("CONNECT_FAILED");

    const socket = connectTls({
      port,
      host: "127.0.0.1",
      ca: certificate.cert,
      servername: "localhost",
    });
    await once(socket, "secureConnect");
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    const ended = once(socket, "end");
    for (const byte of "SBIINFO /x HTTP/1.1\r\nHost: x\r\n\r\n") {
      socket.write(byte);
      await sleep(1);
    }
    await ended;
    expect(answer).toContain("SBIINFO /x");
  });
});

describe("fetch-style handler", () => {
  test("gets the verb, the URL, the headers and the body as it comes", async () => {
    const listener = await listenVerbsFetch(async (request) => {
      const { pathname, searchParams } = new URL(request.url);
      return Response.json(
        {
          method: request.method,
          pathname,
          a: searchParams.get("a"),
          one: request.headers.get("x-one"),
          body: await request.text(),
        },
        {
          status: 201,
          headers: [
            ["set-cookie", "a=1"],
            ["set-cookie", "b=2"],
          ],
        },
      );
    });
    cleanUp.push(() => listener.close(100));
    const response = await requestVerb(`${listener.url}/device?a=b`, {
      method: "CAPTURE",
      headers: { "X-One": "1" },
      body: "{}",
    });
    expect(response.status).toBe(201);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(JSON.parse(await response.text())).toEqual({
      method: "CAPTURE",
      pathname: "/device",
      a: "b",
      one: "1",
      body: "{}",
    });
    const absolute = await converse(listener.port, [
      "MOSIPDISC http://127.0.0.1:4501/x?a=c HTTP/1.1\r\nHost: 127.0.0.1: 4501\r\n\r\n",
    ]);
    expect(absolute).toContain('"pathname":"/x","a":"c"');
    const odd = await converse(listener.port, [
      "MOSIPDISC //evil/x HTTP/1.1\r\nHost: 127.0.0.1: 4501\r\n\r\n",
    ]);
    expect(odd).toContain('"pathname":"//evil/x"');
  });

  test("streams both ways, and hears when the client goes away", async () => {
    let cancelled = false;
    const listener = await listenVerbsFetch((request) => {
      let part = 0;
      const stream = new ReadableStream({
        async pull(controller) {
          await sleep(2);
          controller.enqueue(new TextEncoder().encode(`part ${part++};`));
        },
        cancel() {
          cancelled = true;
        },
      });
      request.signal.addEventListener("abort", () => {
        cancelled = true;
      });
      return new Response(stream, { headers: { "content-type": "multipart/x-mixed-replace" } });
    });
    cleanUp.push(() => listener.close(100));
    const response = await requestVerb(`${listener.url}/stream`, { method: "STREAM" });
    let text = "";
    for await (const chunk of response.body) {
      text += Buffer.from(chunk).toString();
      if (text.includes("part 5;")) break;
    }
    expect(text).toMatch(/^part 0;part 1;/);
    await until(() => cancelled);
  });

  test.each(["Content-Length: 8000000", "Transfer-Encoding: chunked"])(
    "a body that nobody wants (%s) is answered, and the server lives on",
    async (length) => {
      const listener = await listenVerbsFetch(async (request) => {
        if (new URL(request.url).pathname === "/read") {
          const reader = request.body!.getReader();
          await reader.read();
          await reader.cancel();
        }
        return new Response(null, { status: 413, headers: { "content-length": "0" } });
      });
      cleanUp.push(() => listener.close(100));
      const block = "x".repeat(80_000);
      const piece = length.startsWith("T") ? `13880\r\n${block}\r\n` : block;
      for (const path of ["/read", "/unread"]) {
        for (const verb of ["CAPTURE", "POST"]) {
          const head = `${verb} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n${length}\r\n\r\n`;
          const end = length.startsWith("T") ? ["0\r\n\r\n"] : [];
          const pieces = Array<string>(100).fill(piece);
          expect(await converse(listener.port, [head, ...pieces, ...end])).toMatch(
            /^HTTP\/1.1 413 /,
          );
        }
      }
    },
  );

  test("a large answer is held back by a slow client and comes whole", async () => {
    const size = 24 * 1024 * 1024;
    let made = 0;
    const listener = await listenVerbsFetch(() => {
      const stream = new ReadableStream({
        pull(controller) {
          if (made === size) return controller.close();
          made += 65_536;
          controller.enqueue(new Uint8Array(65_536));
        },
      });
      return new Response(stream);
    });
    cleanUp.push(() => listener.close(100));
    const response = await requestVerb(listener.url, { method: "STREAM" });
    await sleep(200);
    const madeUnread = made;
    expect(madeUnread).toBeLessThan(size);
    expect((await response.bytes()).length).toBe(size);
  });

  test("a handler that fails is 500 and tells the client nothing; a request it cannot have is 400", async () => {
    const errors: unknown[] = [];
    const listener = await listenVerbsFetch(
      () => {
        throw new Error("secret detail");
      },
      { onError: (error) => errors.push(error) },
    );
    cleanUp.push(() => listener.close(100));
    const response = await requestVerb(listener.url, { method: "CAPTURE" });
    expect(response.status).toBe(500);
    expect(await response.text()).toBe("");
    expect(errors).toHaveLength(1);
    const answer = await converse(listener.port, ["TRACE / HTTP/1.1\r\nHost: x\r\n\r\n"]);
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
  });

  test("HEAD and empty answers have no body", async () => {
    const listener = await listenVerbsFetch(({ method }) =>
      method === "HEAD" ? new Response("body") : new Response(null, { status: 204 }),
    );
    cleanUp.push(() => listener.close(100));
    const head = await requestVerb(listener.url, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    const empty = await requestVerb(listener.url, { method: "SBIINFO" });
    expect([empty.status, await empty.text()]).toEqual([204, ""]);
  });
});
