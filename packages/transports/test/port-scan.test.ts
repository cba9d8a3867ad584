import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { PORT_SCAN_LIMIT, type PortState, scanPorts } from "../src/node/port-scan.js";
import { createFakeClock } from "./support/fake-clock.js";
import { codeOf } from "./support/until.js";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const listenOn = async (port: number) => {
  const server = createServer((socket) => socket.on("error", () => {}));
  servers.push(server);
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
};

const collect = async (scan: AsyncIterable<PortState>): Promise<PortState[]> => {
  const found: PortState[] = [];
  for await (const state of scan) found.push(state);
  return found;
};

describe("port scan", () => {
  test("finds the open ports of a range, and says of each why", async () => {
    await listenOn(21_503);
    await listenOn(21_577);
    const found = await collect(scanPorts({ from: 21_501, to: 21_600 }));
    expect(found.length).toBe(100);
    expect(new Set(found.map(({ port }) => port)).size).toBe(100);
    const open = found.filter((state) => state.open);
    expect(open.map(({ port }) => port).sort()).toEqual([21_503, 21_577]);
    expect(open.every(({ reason }) => reason === "CONNECTED")).toBe(true);
    expect(found.filter(({ reason }) => reason === "ECONNREFUSED").length).toBe(98);
  });

  test("tells what it knows before it knows all", async () => {
    await listenOn(21_510);
    const clock = createFakeClock();
    for await (const state of scanPorts({ from: 21_510, to: 21_511, clock })) {
      expect(state.port === 21_510 || state.port === 21_511).toBe(true);
      break;
    }
    expect(clock.pending()).toBe(0);
  });

  test("a port that says nothing in its time is closed", async () => {
    const clock = createFakeClock();
    const scan = scanPorts({ from: 21_520, to: 21_520, portMs: 300, clock });
    const first = scan.next();
    clock.advance(300);
    expect((await first).value).toEqual({ port: 21_520, open: false, reason: "TIMEOUT" });
    await scan.return();
  });

  test("a signal ends it, before and during", async () => {
    const caller = new AbortController();
    const scan = scanPorts({ from: 21_501, to: 21_600, signal: caller.signal });
    const reading = codeOf(collect(scan));
    caller.abort();
    expect(await reading).toBe("TRANSPORT_ABORTED");
    const late = scanPorts({ from: 21_501, to: 21_502, signal: caller.signal });
    expect(await codeOf(late.next())).toBe("TRANSPORT_ABORTED");
  });

  test("a range that is none, or too wide, is refused", async () => {
    for (const [from, to] of [
      [0, 10],
      [20, 10],
      [1, PORT_SCAN_LIMIT + 1],
      [65_000, 65_536],
      [1.5, 3],
    ] as const) {
      expect(await codeOf(scanPorts({ from, to }).next())).toBe("OPTION_INVALID");
    }
  });
});
