import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decideHandshake,
  type Handshake,
  OnLineStatus,
  type RelayOptions,
  relay,
  Trigger,
} from "../src/index.js";
import {
  createChannelPair,
  createFakeClock,
  createSimulator,
  specimenPassport,
} from "../src/testing.js";

const handshake = (
  origin: string | undefined,
  host: string | undefined = "127.0.0.1:9091",
  path = "/echo",
): Handshake => ({
  path,
  origin,
  host,
});
const policy = { allow: ["https://desk.example", "http://localhost:3000/"] };
const reasonOf = (request: Handshake, more = {}): string => {
  const decision = decideHandshake(request, { ...policy, ...more });
  return decision.accept ? "accepted" : `${decision.status} ${decision.reason}`;
};

describe("who may connect", () => {
  test("pages of the origins that were named, and no other", () => {
    expect(reasonOf(handshake("https://desk.example"))).toBe("accepted");
    expect(reasonOf(handshake("https://DESK.example:443"))).toBe("accepted");
    expect(reasonOf(handshake("http://localhost:3000"))).toBe("accepted");
    for (const origin of [
      "http://desk.example",
      "https://desk.example.evil.example",
      "https://desk.example:444",
      "https://evil.example/https://desk.example",
      "https://desk.example@evil.example",
      "null",
      "",
      "*",
      "file://",
      "https://",
      "https://desk.example#",
    ]) {
      expect(reasonOf(handshake(origin))).toBe("403 ORIGIN_REFUSED");
    }
    expect(reasonOf(handshake(undefined))).toBe("403 ORIGIN_MISSING");
    expect(reasonOf(handshake(undefined), { allowNoOrigin: true })).toBe("accepted");
    expect(reasonOf(handshake("null"), { allow: ["null"] })).toBe("403 ORIGIN_REFUSED");
  });

  test("under this computer's own names only: a foreign name that leads here is refused", () => {
    for (const host of ["127.0.0.1", "localhost:90", "LOCALHOST", "[::1]:9091"]) {
      expect(reasonOf(handshake("https://desk.example", host))).toBe("accepted");
    }
    for (const host of [
      "evil.example",
      "evil.example:9091",
      "127.0.0.1.evil.example",
      "",
      "::1",
      "127.0.0.1:x",
    ]) {
      expect(reasonOf(handshake("https://desk.example", host))).toBe("421 HOST_REFUSED");
    }
    expect(reasonOf({ ...handshake("https://desk.example"), host: undefined })).toBe(
      "421 HOST_REFUSED",
    );
    expect(
      reasonOf(handshake("https://desk.example", "reader.lan"), { hosts: ["reader.lan"] }),
    ).toBe("accepted");
  });

  test("at the service's path", () => {
    for (const path of ["/echo", "/echo/", "/echo?x=1"]) {
      expect(reasonOf(handshake("https://desk.example", undefined, path))).toBe("accepted");
    }
    for (const path of ["/", "/echo/x", "/ECHO", "//echo"]) {
      expect(reasonOf(handshake("https://desk.example", undefined, path))).toBe("404 PATH_UNKNOWN");
    }
  });

  test("nothing else gets in, whatever it says", () => {
    fc.assert(
      fc.property(fc.string(), fc.oneof(fc.webUrl(), fc.string()), (host, origin) => {
        const decision = decideHandshake(
          { path: "/echo", origin, host },
          { allow: ["https://desk.example"] },
        );
        if (decision.accept)
          expect([origin, host]).toEqual(["https://desk.example", expect.any(String)]);
      }),
    );
  });
});

const between = async (options: RelayOptions = {}) => {
  const clock = createFakeClock();
  const simulator = createSimulator({ clock });
  const page = createChannelPair();
  const end = relay(page.right, simulator.connect(), options);
  await clock.settle();
  return { clock, simulator, page, end };
};

describe("a relay", () => {
  test("carries messages both ways to the byte", async () => {
    const lines: string[] = [];
    const { clock, simulator, page, end } = await between({
      log: (side, line) => lines.push(`${side}: ${line}`),
    });
    const asked = `  ${OnLineStatus.request.encode(undefined)} `;
    await page.left.send(asked);
    await page.left.send(
      '{"Type":"Request","Commands":[{"Command":"Set","Operand":"IfEnableCallback","Param":"True"}]}',
    );
    await page.left.send(Trigger.codec.encode(1));
    await clock.settle();
    simulator.lay(specimenPassport());
    const received = [];
    for (let i = 0; i < 4; i++) received.push(await page.left.receive());
    expect(received[2]).toBe(
      '{"Type": "Notify","Command" : "CardDetected","Operand" : "RealtimeMessage"}',
    );
    expect(lines.slice(0, 2)).toEqual([
      "page: Request Get OnLineStatus",
      "page: Request Set IfEnableCallback param of 4 characters",
    ]);
    expect(lines.join()).not.toContain("ERIKSSON");
    await page.left.close(1000, "done");
    expect(await end).toEqual({ by: "page", close: { by: "peer", code: 1000, reason: "done" } });
    await clock.settle();
    expect(simulator.clients).toBe(0);
  });

  test("ends with the service", async () => {
    const { simulator, page, end } = await between();
    simulator.restart({ announced: false });
    expect(await end).toMatchObject({ by: "service", close: { code: 1012 } });
    expect(await page.left.closed).toMatchObject({ by: "peer", code: 1012, reason: "restart" });
  });

  test("ends with a page that is cut off", async () => {
    const { clock, simulator, page, end } = await between();
    page.cut();
    expect(await end).toMatchObject({ by: "page", close: { by: "lost" } });
    await clock.settle();
    expect(simulator.clients).toBe(0);
  });

  test.each([
    ["no JSON", "hello"],
    ["a command that does not exist", '{"Type":"Request","Command":"Get","Operand":"ReadChip"}'],
    [
      "a parameter that none may be",
      '{"Type":"Request","Command":"Get","Operand":"Base64Image","Param":255}',
    ],
    [
      "a notification of the service",
      '{"Type":"Notify","Command":"Save","Operand":"Images","Param":{}}',
    ],
    ["an answer", '{"Type":"Reply","Command":"Get","Operand":"DeviceName"}'],
  ])("lets no page say %s", async (_, text) => {
    const { page, end, simulator, clock } = await between();
    await page.left.send(text);
    expect(await end).toMatchObject({ by: "proxy", close: { code: 1008 } });
    expect(await page.left.closed).toMatchObject({ by: "peer", code: 1008 });
    await clock.settle();
    expect(simulator.clients).toBe(0);
  });

  test("carries nothing beyond the limit, either way", async () => {
    const { page, end } = await between({ maxMessage: 100 });
    await page.left.send("x".repeat(101));
    expect(await end).toEqual({
      by: "proxy",
      close: { by: "us", code: 1009, reason: "MESSAGE_TOO_LARGE" },
    });
  });
});
