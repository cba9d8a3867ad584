import { connect } from "node:net";
import { createMdsClient, discoverPort, PROFILE_NAMES, PROFILES } from "@org/mosip-mds-types";
import { createDeviceHandler, systemClock, withWireFaults } from "@org/mosip-mds-types/http";
import { createSimulatedDevice, type Fault, simulatorTrust } from "@org/mosip-mds-types/testing";
import { listenVerbsFetch, type VerbListener } from "@org/transports/node/http-verbs";
import { afterEach, describe, expect, test } from "vitest";
import { quickSource, random, verbSend } from "./world.js";

const listeners: VerbListener[] = [];
afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.close(100)));
});

const serve = async (name: (typeof PROFILE_NAMES)[number], faults = new Set<Fault>()) => {
  const service = await createSimulatedDevice({
    profile: PROFILES[name],
    modality: "finger",
    clock: systemClock,
    random,
    faults,
    source: quickSource,
  });
  const handler = withWireFaults(createDeviceHandler({ service }), faults);
  const listener = await listenVerbsFetch(handler, { port: 0 });
  listeners.push(listener);
  return listener;
};

/** Bytes out, bytes in, until the other side closes. */
const exchange = (port: number, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (bytes) => {
      answer += bytes.toString("utf8");
    });
    socket.on("end", () => resolve(answer));
    socket.on("error", reject);
  });

describe("over a real socket", () => {
  test("the request of the document, byte for byte", async () => {
    const { port } = await serve("0.8.4");
    const body = '{"type":"Biometric Device"}';
    const answer = await exchange(
      port,
      `MOSIPDISC http://127.0.0.1:${port}/device HTTP/1.1\r\nHOST: 127.0.0.1: ${port}\r\nEXT: test\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toMatch(/\r\ncache-control: no-store\r\n/i);
    expect(answer).toMatch(new RegExp(`\r\nlocation: http://127.0.0.1:${port}\r\n`, "i"));
    const devices = JSON.parse(answer.slice(answer.indexOf("\r\n\r\n") + 4));
    expect(Object.keys(devices[0])).toEqual([
      "type",
      "deviceId",
      "subType",
      "deviceStatus",
      "certification",
      "serviceVersion",
      "deviceSubId",
      "callbackId",
    ]);
    expect(devices[0].callbackId).toBe(`http://127.0.0.1:${port}`);
  });

  test.each(PROFILE_NAMES)("%s: discovered, asked and captured", async (name) => {
    const { port } = await serve(name);
    const found = await discoverPort(verbSend(), port, { clock: systemClock });
    expect(found.profile).toBe(name);
    const { trust, opener } = await simulatorTrust();
    const client = createMdsClient({
      send: verbSend(),
      clock: systemClock,
      profile: PROFILES[name],
      baseUrl: found.devices[0]!.baseUrl,
      trust,
    });
    const [info] = await client.info();
    expect(info?.report.verdict).toBe("authentic");
    const bio = [{ wanted: "finger" as const, count: 1, requestedScore: 10 }];
    const asked = { env: "developer" as const, transactionId: "T-1234", bio };
    const captured = await client.capture(asked, { opener });
    expect(captured.report.verdict).toBe("authentic");
    let frames = 0;
    for await (const _ of client.stream({ subId: 1 })) {
      if (++frames === 2) {
        break;
      }
    }
    const registered = await client.registrationCapture({ ...asked, registrationId: "R-1" });
    expect(registered.report.verdict).toBe("authentic");
  });

  test("a service that counts characters is read by its connection's end, and by nothing else", async () => {
    const faults = new Set<Fault>(["character-length"]);
    const { port } = await serve("0.9.5", faults);
    const ask = (raw: boolean) =>
      discoverPort(verbSend({ raw }), port, { clock: systemClock, profile: "0.9.5" });
    expect((await ask(false)).reason).toBeDefined();
    expect((await ask(true)).devices).toHaveLength(2);
  });

  test("Connection: Closed does not keep a client waiting", async () => {
    const { port } = await serve("0.9.5", new Set<Fault>(["connection-closed"]));
    const found = await discoverPort(verbSend(), port, { clock: systemClock, timeoutMs: 2_000 });
    expect(found.devices).toHaveLength(2);
  });

  test("frames are found behind a broken boundary", async () => {
    const { port } = await serve("0.9.5", new Set<Fault>(["broken-boundary"]));
    const client = createMdsClient({
      send: verbSend(),
      clock: systemClock,
      profile: PROFILES["0.9.5"],
      baseUrl: `http://127.0.0.1:${port}`,
    });
    let frames = 0;
    for await (const { jpeg } of client.stream({ subId: 1, timeoutMs: 700 })) {
      expect(jpeg[0]).toBe(0xff);
      frames++;
    }
    expect(frames).toBeGreaterThanOrEqual(2);
  });
});
