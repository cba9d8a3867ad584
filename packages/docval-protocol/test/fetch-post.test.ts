import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { systemClock as clock } from "@org/transports";
import { afterEach, describe, expect, test, vi } from "vitest";
import { deliverResult } from "../src/delivery/deliver.js";
import { fetchPost } from "../src/http/index.js";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

const listening = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
};

const BODY = new TextEncoder().encode('{"emrtd_passport":{}}');
const deliver = (url: string, timeoutMs = 30_000) =>
  deliverResult(url, BODY, { clock, post: fetchPost(), timeoutMs, pausesMs: [1] });
const outcomes = async (url: string) => (await deliver(url)).attempts.map(({ outcome }) => outcome);

describe("posting with the platform's fetch, to a result server that", () => {
  test("takes it: method, type and body arrive as they are", async () => {
    const seen: unknown[] = [];
    const url = await listening((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", () => {
        seen.push(
          request.method,
          request.headers["content-type"],
          Buffer.concat(chunks).toString(),
        );
        response.writeHead(201).end();
      });
    });
    expect(await outcomes(url)).toEqual([201]);
    expect(seen).toEqual(["POST", "application/json", '{"emrtd_passport":{}}']);
  });

  test("sends its answer's head drop by drop, is let go when the time is up", async () => {
    let accepted = 0;
    let dropped = 0;
    const server = createTcpServer((socket) => {
      const head = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nx: ";
      let at = 0;
      accepted++;
      const timer = setInterval(() => socket.write(head[at++] ?? "y"), 20);
      socket.on("error", () => {});
      socket.on("close", () => {
        clearInterval(timer);
        dropped++;
      });
      socket.resume();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const { delivered, attempts } = await deliver(`http://127.0.0.1:${port}/`, 300);
    expect(delivered).toBe(false);
    expect(attempts.map(({ outcome }) => outcome)).toEqual(["timeout", "timeout"]);
    await new Promise<void>((resolve) => server.close(() => resolve()));
    // On a busy machine the time may be up before a connection is made.
    expect(accepted).toBeGreaterThan(0);
    await vi.waitFor(() => expect(dropped).toBe(accepted));
  });

  test("never ends its answer has taken it all the same", async () => {
    const url = await listening((request, response) => {
      request.resume();
      response.writeHead(200);
      response.write("and");
    });
    expect(await outcomes(url)).toEqual([200]);
  });

  test("breaks off behind its status has taken it all the same", async () => {
    const broken = new ReadableStream({
      start: (controller) => controller.error(new Error("reset")),
    });
    const post = fetchPost(async () => new Response(broken, { status: 202 }));
    const { attempts } = await deliverResult("http://127.0.0.1/", BODY, { clock, post });
    expect(attempts.map(({ outcome }) => outcome)).toEqual([202]);
  });

  test("points elsewhere is not followed", async () => {
    let asked = 0;
    const url = await listening((request, response) => {
      asked++;
      request.resume();
      response.writeHead(307, { location: "/other" }).end();
    });
    expect(await outcomes(url)).toEqual([307]);
    expect(asked).toBe(1);
  });

  test("is not there, or cuts the line", async () => {
    const url = await listening((request) => void request.socket.destroy());
    expect(await outcomes(url)).toEqual(["network", "network"]);
    expect(await outcomes("http://127.0.0.1:1/")).toEqual(["network", "network"]);
  });
});
