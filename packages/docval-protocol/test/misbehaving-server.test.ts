import { describe, expect, test } from "vitest";
import { runClient } from "../src/client/run-client.js";
import { createServerSession } from "../src/server/create-session.js";
import { serveSession } from "../src/server/serve-session.js";
import { createChannelPair } from "../src/testing/channel-pair.js";
import { createFakeClock } from "../src/testing/fake-clock.js";
import {
  misbehave,
  SERVER_FAULTS,
  type ServerFaultName,
} from "../src/testing/misbehaving-server.js";
import { chipOf } from "./support/documents.js";
import { clientOf, serverOptions } from "./support/run.js";

/** A client against a server that does one thing wrong, on a clock that runs as fast as it may. */
const meet = async (fault: ServerFaultName, version: 1 | 2, as: "spec" | "ios-2.1.2" = "spec") => {
  const clock = createFakeClock();
  const pair = createChannelPair();
  const good = createServerSession(
    version === 1 ? { version, returnResult: true } : { version },
    serverOptions(),
    0,
  );
  void serveSession(pair.server, misbehave(good, fault), { clock, deliver: async () => true });
  let report: Awaited<ReturnType<typeof runClient>> | undefined;
  const chip = chipOf("ca-aes");
  runClient(pair.client, clientOf({ as, version, result: true }), {
    // A chip takes its time, as chips do.
    transceive: async (command) => {
      await new Promise<void>((resolve) => void clock.schedule(10, resolve));
      return chip.transceive(command);
    },
    clock,
  }).then((ended) => {
    report = ended;
  });
  for (let turn = 0; turn < 400 && !report; turn++) await clock.advance(1_000);
  return { ...report!, ms: clock.now(), log: pair.log };
};

const ended = (by: string, code: number, reason: string, posted = false) => ({
  by,
  code,
  reason,
  posted,
});
const PROTOCOL_ERROR = ended("client", 1008, "PROTOCOL_ERROR");

describe("a client of version 2 and a server that", () => {
  test.each<[ServerFaultName, object]>([
    ["unknown-message", PROTOCOL_ERROR],
    ["accept-twice", PROTOCOL_ERROR],
    ["short-challenge", PROTOCOL_ERROR],
    ["early-handback", PROTOCOL_ERROR],
    ["handback-without-dg1", PROTOCOL_ERROR],
    ["handback-twice", PROTOCOL_ERROR],
    ["no-json", PROTOCOL_ERROR],
    ["binary-garbage", PROTOCOL_ERROR],
    ["two-commands", PROTOCOL_ERROR],
    ["silent", ended("timeout", 1001, "COMMUNICATION_FAILED")],
    ["no-close", ended("lost", 1006, "")],
    ["close-message-only", ended("server", 1000, "", true)],
  ])("%s", async (fault, close) => {
    const report = await meet(fault, 2);
    expect(report.close).toEqual(close);
    expect(report.ms).toBeLessThan(200_000);
  });

  test("the result is kept where only the close is missing", async () => {
    expect((await meet("no-close", 2)).result?.chipAuthenticationResult).toBe("SUCCESS");
    expect((await meet("close-message-only", 2)).result?.passiveAuthentication).toBe(true);
  });
});

describe("a client of version 1 and a server that", () => {
  test.each<[ServerFaultName, object]>([
    ["no-json", ended("server", 1000, "", true)],
    ["two-commands", ended("client", 1008, "UNEXPECTED_MESSAGE")],
    ["command-after-done", ended("client", 1008, "UNEXPECTED_MESSAGE")],
    ["silent", ended("timeout", 1001, "COMMUNICATION_FAILED")],
    ["no-close", ended("timeout", 1001, "COMMUNICATION_FAILED")],
    ["close-message-only", ended("server", 1000, "", true)],
  ])("%s", async (fault, close) => {
    expect((await meet(fault, 1)).close).toEqual(close);
  });
});

test("every fault is tried with every version that it is for", () => {
  const tried = { 1: 6, 2: 12 };
  for (const version of [1, 2] as const) {
    const names = Object.values(SERVER_FAULTS).filter(({ versions }) =>
      (versions as readonly number[]).includes(version),
    );
    expect(names).toHaveLength(tried[version]);
  }
});

test("a fault that does not exist is refused with those that do", () => {
  expect(() => misbehave(createServerSession({ version: 2 }, serverOptions(), 0), "rude")).toThrow(
    'expected one of silent, unknown-message, accept-twice, short-challenge, early-handback, handback-without-dg1, handback-twice, no-json, binary-garbage, two-commands, command-after-done, no-close, close-message-only, found "rude"',
  );
});
