import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { importVerificationKey, type VerificationKey } from "@org/docval-protocol/server";
import { createTrustStore } from "@org/emrtd-core";
import { loadJpeg2000 } from "@org/emrtd-core/images";
import { loadJpeg2000Wasm } from "@org/mosip-mds-types/node";
import { type Fault, simulatorTrust } from "@org/mosip-mds-types/testing";
import { toNodeListener } from "@org/transports/node/http-verbs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openCardReader } from "../src/card-reader.js";
import { chipOf } from "../src/simulate/chip.js";
import { layChip } from "../src/simulate/chip-card.js";
import { type DeviceService, startDeviceService } from "../src/simulate/device-service.js";
import { startDocvalService } from "../src/simulate/docval-service.js";
import { VISITORS } from "../src/simulate/visitors.js";
import { simulatorTrustStore } from "../src/simulate/world.js";
import { createBiometricCapture } from "../src/stations/biometric-capture.js";
import { createChipProver } from "../src/stations/chip-prover.js";
import { openPageReader } from "../src/stations/page-reader.js";
import { createResultDesk } from "../src/stations/result-desk.js";
import { createTimeClock } from "../src/stations/time-clock.js";
import type { Outcome } from "../src/story/index.js";
import { KEY } from "./rig.js";

const { signal } = new AbortController();
/** Where nobody listens. */
const NOBODY = "127.0.0.1:1";
const told = (outcome: Outcome) =>
  "failure" in outcome ? `${outcome.failure} ${outcome.facts?.join(" ") ?? ""}`.trim() : "done";

const closers: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});
const listening = async (
  listener: (request: IncomingMessage, response: ServerResponse) => void,
) => {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

describe("the passport reader", () => {
  test("is away where its service does not answer", async () => {
    const reader = openPageReader({ url: `ws://${NOBODY}/echo`, patienceMs: 20 });
    expect(told(await reader.read(signal))).toBe("READER_AWAY");
    await reader.close();
  });

  test("a reading that is given up rejects, and leaves the reader to the next", async () => {
    const reader = openPageReader({ url: `ws://${NOBODY}/echo`, patienceMs: 20 });
    const ending = new AbortController();
    const reading = reader.read(ending.signal);
    ending.abort(new Error("enough"));
    await expect(reading).rejects.toThrow("enough");
    await reader.close();
  });
});

describe("the chip, through a DocVal server", () => {
  let prove: (options: {
    readonly url?: string;
    readonly clientId?: string;
    readonly keys?: readonly VerificationKey[];
    readonly key?: typeof KEY;
    readonly laid?: boolean;
    readonly trusting?: boolean;
  }) => Promise<string>;
  beforeAll(async () => {
    const decoder = await loadJpeg2000();
    const chip = chipOf(VISITORS[0]!, "bac-rsa", await loadJpeg2000Wasm());
    prove = async ({ keys, trusting = true, ...options }) => {
      let handle: (request: Request) => Promise<Response> = async () => new Response();
      const url = await listening(toNodeListener((request) => handle(request)));
      const docval = await startDocvalService({
        trust: trusting ? simulatorTrustStore() : createTrustStore([]),
        clientId: "front-desk",
        resultUrl: url,
      });
      const known = await importVerificationKey(docval.verificationKey, { keyId: docval.keyId });
      const results = createResultDesk({ keys: keys ?? [known], targetUri: url });
      ({ handle } = results);
      const reader = await openCardReader({ kind: "sim", profile: "bac-rsa" });
      const card = options.laid === false ? undefined : await layChip(chip, reader.port!);
      try {
        const { authorization } = docval;
        const proveChip = createChipProver({
          card: () => reader.transport(),
          ...{ url: options.url ?? docval.url, clientId: options.clientId ?? "front-desk" },
          ...{ authorization, results, decoder, chipMs: 200 },
        });
        return told(await proveChip(options.key ?? KEY, signal));
      } finally {
        await card?.close();
        await reader.close();
        await docval.close();
      }
    };
  });

  test("is proved", async () => {
    expect(await prove({})).toBe("done");
  });
  test("is not there", async () => {
    expect(await prove({ laid: false })).toBe("NO_CHIP");
  });
  test("does not open with another key", async () => {
    expect(await prove({ key: { ...KEY, dateOfBirth: "740813" } })).toBe("WRONG_KEY");
  });
  test("cannot be judged without anybody to trust", async () => {
    expect(await prove({ trusting: false })).toMatch(/^UNDETERMINED .*NO_TRUST_ANCHOR/);
  });
  test("finds no server", async () => {
    expect(await prove({ url: `ws://${NOBODY}/ws2/validate` })).toMatch(/^DOCVAL_AWAY/);
  });
  test("is nobody whom the server knows", async () => {
    expect(await prove({ clientId: "stranger" })).toBe("DOCVAL_REFUSED INVALID_CLIENT_ID");
  });
  test("a verdict that a stranger signed is none", async () => {
    expect(await prove({ keys: [] })).toBe("RESULT_MISSING POST_TO_RESULT_SERVER_FAILED");
  });
});

describe("the biometric device", () => {
  let device: DeviceService;
  let capture: (trusting?: boolean) => Promise<string>;
  beforeAll(async () => {
    const [decoder, encoder] = [await loadJpeg2000(), await loadJpeg2000Wasm()];
    device = await startDeviceService({ modality: "finger", encoder, visitor: () => VISITORS[0]! });
    closers.push(() => device.close());
    const { trust } = await simulatorTrust();
    capture = async (trusting = true) =>
      told(
        await createBiometricCapture({
          ports: [device.port],
          trust: trusting ? trust : { anchors: [] },
          decoder,
          captureMs: 500,
        })(signal),
      );
  });
  const CASES: readonly [Fault, RegExp][] = [
    ["bad-signature", /^CAPTURE_NOT_AUTHENTIC .*signature: SIGNATURE_WRONG/],
    ["busy", /^MDS_BUSY 111$/],
    ["low-score", /^LOW_QUALITY quality: SCORE_TOO_LOW/],
  ];
  for (const [fault, expected] of CASES) {
    test(`${fault} is told`, async () => {
      device.faults.add(fault);
      expect(await capture()).toMatch(expected);
      device.faults.delete(fault);
    });
  }
  test("is captured; without anybody to trust nothing of it is proved", async () => {
    expect(await capture()).toBe("done");
    expect(await capture(false)).toMatch(/^CAPTURE_UNDETERMINED/);
  });
  test("is away where nothing listens", async () => {
    const decoder = await loadJpeg2000();
    const away = createBiometricCapture({ ports: [1], trust: { anchors: [] }, decoder });
    expect(told(await away(signal))).toMatch(/^MDS_AWAY/);
  });
});

describe("the time clock", () => {
  const person = { name: "ERIKSSON ANNA MARIA", identity: "UTO|L898902C3|740812" };
  const pinKey = new Uint8Array(randomBytes(32));

  /** A server with one terminal that does with each command what is said here. */
  const clockThat = async (
    states: Readonly<Record<string, string | undefined>>,
    devices: readonly object[] = [{ sn: "CLOCK01", state: "approved" }],
  ) => {
    let stream: ServerResponse | undefined;
    const given: { command: string; pin?: string; expiresInS: number }[] = [];
    const url = await listening((request, response) => {
      const { pathname } = new URL(request.url!, "http://localhost");
      const json = (value: unknown) => response.end(JSON.stringify(value));
      if (request.headers.authorization !== "Bearer token") response.writeHead(401).end();
      else if (pathname === "/api/stream") {
        stream = response;
        response.write(":\n\n");
      } else if (pathname === "/api/devices") json({ items: devices });
      else if (pathname === "/api/attendance") json({ items: [] });
      else {
        let body = "";
        request.on("data", (part) => {
          body += part;
        });
        request.on("end", () => {
          const { command, expiresInS } = JSON.parse(body);
          given.push({ ...command, expiresInS });
          const id = String(given.length);
          json({ id });
          const state = states[command.command];
          const event = JSON.stringify({ event: "commandSettled", id, state });
          if (state) stream!.write(`event: terminal\ndata: ${event}\n\n`);
        });
      }
    });
    const clock = createTimeClock({ url, token: "token", pinKey, answerMs: 150 });
    closers.push(() => clock.close());
    return { clock, given, names: () => given.map(({ command }) => command) };
  };

  test("is asked, told once, and believed when it says done", async () => {
    const { clock, given, names } = await clockThat({
      INFO: "done",
      "DATA UPDATE USERINFO": "done",
    });
    const outcome = await clock.enrol(person, signal);
    expect(outcome).toMatchObject({ enrolment: { terminal: "CLOCK01", returning: false } });
    expect(names()).toEqual(["INFO", "DATA UPDATE USERINFO"]);
    expect(given[1]).toMatchObject({ name: "ERIKSSON ANNA MARIA", expiresInS: 1 });
    // The same person has the same PIN, another another one.
    expect(await clock.enrol(person, signal)).toEqual(outcome);
    const other = await clock.enrol({ ...person, identity: "UTO|L898902C4|740812" }, signal);
    expect(other).not.toEqual(outcome);
    expect(clock.enrolCommands).toBe(3);
  });

  test("that does not answer a question is not told of anybody", async () => {
    const { clock, names } = await clockThat({});
    expect(told(await clock.enrol(person, signal))).toBe("CLOCK_OFFLINE CLOCK01");
    expect(names()).toEqual(["INFO"]);
    expect(clock.enrolCommands).toBe(0);
  });

  test("that nobody approved is none", async () => {
    const { clock, names } = await clockThat({}, [{ sn: "CLOCK01", state: "pending" }]);
    expect(told(await clock.enrol(person, signal))).toBe("CLOCK_OFFLINE NO_TERMINAL");
    expect(names()).toEqual([]);
  });

  test("that refuses, or says nothing, has enrolled nobody as far as we know", async () => {
    const refusing = await clockThat({ INFO: "done", "DATA UPDATE USERINFO": "failed" });
    expect(told(await refusing.clock.enrol(person, signal))).toBe("CLOCK_REFUSED failed");
    const silent = await clockThat({ INFO: "done" });
    expect(told(await silent.clock.enrol(person, signal))).toBe("CLOCK_SILENT CLOCK01");
    expect(await silent.clock.remove("1")).toBe(false);
    expect(silent.names().at(-1)).toBe("DATA DELETE USERINFO");
  });

  test("whose server is away, or does not take the token, is away", async () => {
    const options = { url: `http://${NOBODY}`, token: "token", pinKey, answerMs: 50 };
    const away = createTimeClock(options);
    closers.push(() => away.close());
    expect(told(await away.enrol(person, signal))).toMatch(/^CLOCK_AWAY/);
    expect(away.enrolCommands).toBe(0);
  });
});
