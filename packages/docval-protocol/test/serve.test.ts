import { describe, expect, test } from "vitest";
import { runClient } from "../src/client/run-client.js";
import type { ServerEvent } from "../src/index.js";
import { createServerSession } from "../src/server/create-session.js";
import { serveSession } from "../src/server/serve-session.js";
import { createChannelPair } from "../src/testing/channel-pair.js";
import { createFakeClock } from "../src/testing/fake-clock.js";
import { chipOf } from "./support/documents.js";
import { apdu, CA_HANDOVER, FINISH, file, START, START_1 } from "./support/frames.js";
import { clientOf, run, serverOptions } from "./support/run.js";
import { ANSWER, scriptedChip } from "./support/scripted-chip.js";

/** A server on one end, and the other end to speak by hand. */
const served = (version: 1 | 2, deliver: () => Promise<boolean> = async () => true) => {
  const clock = createFakeClock();
  const pair = createChannelPair();
  const events: ServerEvent[] = [];
  const kind = version === 1 ? { version, returnResult: false } : ({ version } as const);
  const options = { ...serverOptions(), chip: scriptedChip() };
  const session = createServerSession(kind, options as never, clock.now());
  const end = serveSession(pair.server, session, {
    clock,
    deliver,
    onEvent: (event) => void events.push(event),
  });
  const say = async (...frames: (string | Uint8Array)[]) => {
    for (const frame of frames) await pair.client.send(frame);
    await clock.advance(0);
  };
  return { clock, pair, events, session, end, say };
};

const SOD = file("sod", 0x77);
const DG1 = file("dg1", 0x61);

describe("a client that falls silent", () => {
  test.each([
    ["before START, version 2", 2, [], 10_000, 1001, "TIMEOUT_WHILE_WAITING_FOR_START_MESSAGE"],
    [
      "before the start message, version 1",
      1,
      [],
      10_000,
      1001,
      "TIMEOUT_WHILE_WAITING_FOR_START_MESSAGE",
    ],
    ["after START", 2, [START], 120_000, 1011, "MAX_SESSION_TIME_EXCEEDED"],
    ["after its files", 2, [START, SOD, DG1], 120_000, 1011, "MAX_SESSION_TIME_EXCEEDED"],
    [
      "at a command, version 2",
      2,
      [START, file("dg14", 0x6e), CA_HANDOVER],
      10_000,
      1001,
      "TIMEOUT_WHILE_WAITING_FOR_RESPONSE",
    ],
    ["at a command, version 1", 1, [START_1], 10_000, 1001, "TIMEOUT_WHILE_WAITING_FOR_RESPONSE"],
    [
      "after the handback",
      2,
      [START, file("dg14", 0x6e), CA_HANDOVER, apdu(0x90, 0)],
      120_000,
      1011,
      "MAX_SESSION_TIME_EXCEEDED",
    ],
  ] as const)("%s", async (_, version, frames, ms, code, reason) => {
    const { clock, pair, end, say } = served(version);
    await say(...frames);
    await clock.advance(ms - 1);
    expect(pair.log.filter(({ frame }) => String(frame).includes(reason))).toEqual([]);
    await clock.advance(1);
    expect(await end).toMatchObject({ by: "server", close: { code, reason } });
    expect(await pair.client.closed).toEqual({ by: "peer", code, reason });
    expect(clock.pending).toBe(0);
  });
});

describe("a client that leaves", () => {
  test.each<[string, readonly [number, string] | undefined, object]>([
    ["the line broke", undefined, { code: 1011, reason: "COMMUNICATION_FAILED" }],
    [
      "the person gave up",
      [1001, "CANCELLED_BY_USER"],
      { code: 1001, reason: "CANCELLED_BY_USER" },
    ],
    [
      "the chip was lost, told by a browser",
      [4000, "NFC_CHIP_COMMUNICATION_FAILED"],
      { code: 4000, reason: "NFC_CHIP_COMMUNICATION_FAILED" },
    ],
    [
      "the chip did not open, told by the code alone",
      [4403, ""],
      { code: 4403, reason: "ACCESS_CONTROL_FAILED" },
    ],
    ["no reason", [1000, ""], { code: 1011, reason: "COMMUNICATION_FAILED" }],
    ["words of its own", [1000, "ERIKSSON"], { code: 1011, reason: "COMMUNICATION_FAILED" }],
  ])("ends its session: %s", async (_, said, close) => {
    for (const version of [1, 2] as const) {
      const { pair, end, say, clock } = served(version);
      await say(version === 1 ? START_1 : START);
      if (said) await pair.client.close(...said);
      else pair.cut();
      expect(await end).toEqual({ type: "ended", by: "client", close });
      expect(clock.pending).toBe(0);
    }
  });

  test("while its result is on its way does not keep it from being posted", async () => {
    let posted: (taken: boolean) => void = () => {};
    const { pair, end, say, clock } = served(
      2,
      () =>
        new Promise((resolve) => {
          posted = resolve;
        }),
    );
    await say(START, SOD, DG1, FINISH);
    pair.cut();
    await clock.advance(500_000);
    posted(true);
    expect(await end).toMatchObject({ by: "server", close: { code: 1000 } });
  });
});

test("a delivery that throws is one that failed", async () => {
  const { end, say } = served(1, () => Promise.reject(new Error("broken")));
  await say(START_1, ANSWER);
  expect((await end).close.reason).toBe("POST_TO_RESULT_SERVER_FAILED");
});

test("events hold nothing personal, and the result is for delivery alone", async () => {
  const ran = await run({
    as: "spec",
    version: 2,
    document: "both",
    result: true,
    diagnostics: true,
  });
  expect(ran.body).toContain("ERIKSSON");
  const told = JSON.stringify(ran.events);
  for (const secret of ["ERIKSSON", "L898902C3", "740812", "cf847daa"]) {
    expect(told).not.toContain(secret);
  }
  expect(ran.events.map(({ type }) => type)).toEqual(
    expect.arrayContaining(["started", "monitoring", "chip-authentication", "ended"]),
  );
});

describe("a person at the client who gives up", () => {
  test.each([1, 2] as const)("in the middle, version %i", async (version) => {
    const clock = createFakeClock();
    const pair = createChannelPair();
    const kind = version === 1 ? { version, returnResult: false } : ({ version } as const);
    const serving = serveSession(pair.server, createServerSession(kind, serverOptions(), 0), {
      clock,
      deliver: async () => true,
    });
    const chip = chipOf("ca-aes");
    const controller = new AbortController();
    const report = await runClient(pair.client, clientOf({ as: "spec", version }), {
      clock,
      signal: controller.signal,
      async transceive(command) {
        if (chip.commands.length === 10) controller.abort();
        return chip.transceive(command);
      },
    });
    expect(report.close).toEqual({
      by: "client",
      code: 1001,
      reason: "CANCELLED_BY_USER",
      posted: false,
    });
    expect(await serving).toMatchObject({ by: "client" });
    expect(chip.commands).toHaveLength(11);
  });

  test("before it began", async () => {
    const pair = createChannelPair();
    const report = await runClient(pair.client, clientOf({ as: "spec", version: 2 }), {
      clock: createFakeClock(),
      signal: AbortSignal.abort(),
      transceive: async () => new Uint8Array(),
    });
    expect(report.close.reason).toBe("CANCELLED_BY_USER");
  });
});

test("what is wrong in the client itself is thrown, and the line is closed", async () => {
  const pair = createChannelPair();
  const broken = {
    state: "x",
    receive: () => {
      throw new TypeError("broken");
    },
  };
  await expect(
    runClient(pair.client, broken, {
      clock: createFakeClock(),
      transceive: async () => new Uint8Array(),
    }),
  ).rejects.toThrow("broken");
  expect(await pair.server.closed).toMatchObject({ by: "peer", code: 1000 });
});

test("sessions at once end each in its own result", async () => {
  const documents = ["aa", "both", "ca-aes", "tampered", "cloned"] as const;
  const ran = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      run({ as: "spec", version: ((i % 2) + 1) as 1 | 2, document: documents[i % 5]! }),
    ),
  );
  for (const [i, { report, posted }] of ran.entries()) {
    expect(report.close.posted).toBe(true);
    expect(posted?.passiveAuthentication).toBe(documents[i % 5] !== "tampered");
    expect(posted?.activeAuthenticationResult === "FAILED").toBe(documents[i % 5] === "cloned");
  }
});
