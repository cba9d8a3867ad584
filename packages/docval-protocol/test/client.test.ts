import { describe, expect, test } from "vitest";
import type { ClientChip, ClientReading } from "../src/chip/client-chip.js";
import { SPEC_BEHAVIOUR } from "../src/client/behaviour.js";
import {
  CLIENT_V1_TRANSITIONS,
  CLIENT_V2_TRANSITIONS,
  type ClientInput,
  type ClientV1Options,
  type ClientV2Options,
  createClientV1,
  createClientV2,
  type DocvalFiles,
  ValidationResult,
  v1,
  v2,
} from "../src/index.js";
import { clientProfile, clientV1As, clientV2As } from "../src/testing/client-profiles.js";
import { A_PASSPORT, COMMAND } from "./support/scripted-chip.js";

const SESSION = {
  algorithm: "AES" as const,
  encKey: new Uint8Array(16),
  macKey: new Uint8Array(16),
  ssc: 2n,
};
const READ: ClientReading = {
  outcome: "read",
  files: new Map([
    ["sod", Uint8Array.of(0x77)],
    ["dg1", Uint8Array.of(0x61)],
  ]),
};

/** Reads with so many commands before and after a handover, which is left out with -1. */
const scripted = (before: number, after: number, reading: ClientReading = READ): ClientChip => ({
  *read() {
    yield { type: "step", step: "ACCESS_CONTROL" };
    for (let sent = 0; sent < before; sent++) yield { type: "command", apdu: COMMAND };
    if (after >= 0) {
      yield { type: "hand-over", dg14: Uint8Array.of(0x6e), session: SESSION };
      for (let sent = 0; sent < after; sent++) yield { type: "command", apdu: COMMAND };
    }
    return reading;
  },
});

const client2 = (changes: Partial<ClientV2Options> = {}) =>
  createClientV2({
    clientId: "test",
    validationId: "v",
    chip: scripted(1, 1),
    random: (length) => new Uint8Array(length),
    sendResult: true,
    ...changes,
  });

const client1 = (changes: Partial<ClientV1Options> = {}) =>
  createClientV1({ clientId: "test", validationId: "v", accessKey: { can: "123456" }, ...changes });

const frame = (data: string | Uint8Array): ClientInput => ({ kind: "frame", frame: data });
const OPEN: ClientInput = { kind: "open" };
const ANSWER: ClientInput = { kind: "answer", apdu: Uint8Array.of(0x90, 0x00) };
const LOST: ClientInput = { kind: "chip-lost" };
const ENDED: ClientInput = { kind: "ended", end: { by: "peer", code: 1000, reason: "" } };
const ACCEPT = frame(
  v2.encodeMessage({ type: "ACCEPT", activeAuthenticationChallenge: new Uint8Array(8) }),
);
const APDU = frame(v2.encodeMessage({ type: "APDU", data: COMMAND }));
const FILE = frame(v2.encodeMessage({ type: "FILE", name: "dg1", data: Uint8Array.of(0x61) }));
const HANDBACK = frame(
  v2.encodeMessage({ type: "CA_HANDBACK", checkResult: "SUCCESS", secureMessagingInfo: SESSION }),
);
const RESULT = frame(v2.encodeMessage({ type: "RESULT", passport: A_PASSPORT }));
const CLOSE = frame(v2.encodeMessage({ type: "CLOSE", code: 1000, reason: "" }));

type Client = Pick<ReturnType<typeof client2> | ReturnType<typeof client1>, "receive"> & {
  readonly state: string;
};
const feed = (client: Client, ...inputs: ClientInput[]) =>
  inputs.map((input) => client.receive(input, 1)).at(-1)!;

describe("how a connection ended", () => {
  const finished = () => {
    const client = client2();
    feed(client, OPEN, ACCEPT, ANSWER, APDU, ANSWER, FILE, HANDBACK, ANSWER);
    expect(client.state).toBe("finishing");
    return client;
  };

  test("well, with the result", () => {
    expect(feed(finished(), RESULT, CLOSE, ENDED).report).toEqual({
      close: { by: "server", code: 1000, reason: "", posted: true },
      result: A_PASSPORT,
    });
  });

  test("as the close message said, where the close itself got lost", () => {
    const end = { by: "lost" as const, code: 1006, reason: "" };
    expect(feed(finished(), CLOSE, { kind: "ended", end }).report?.close).toEqual({
      by: "server",
      code: 1000,
      reason: "",
      posted: true,
    });
  });

  test("as the close said, whatever the message was", () => {
    const end = { by: "peer" as const, code: 1011, reason: "POST_TO_RESULT_SERVER_FAILED" };
    expect(feed(finished(), CLOSE, { kind: "ended", end }).report?.close).toEqual({
      by: "server",
      code: 1011,
      reason: "POST_TO_RESULT_SERVER_FAILED",
      posted: false,
    });
  });

  test.each([
    ["with null for no reason", '{"type":"CLOSE","code":1000,"reason":null}', ENDED, true],
    ["without a reason", '{"type":"CLOSE","code":1000}', ENDED, true],
    ["without anything, and the close says it", '{"type":"CLOSE"}', ENDED, true],
    [
      "without anything, and the line breaks: that is no word of success",
      '{"type":"CLOSE","code":null,"reason":null}',
      { kind: "ended", end: { by: "lost", code: 1006, reason: "" } },
      false,
    ],
  ] as const)("a close message %s", (_, text, ended, posted) => {
    expect(feed(finished(), RESULT, frame(text), ended).report).toMatchObject({
      close: { by: "server", posted },
      result: A_PASSPORT,
    });
  });

  test("a close message of version 1 with null for no reason", () => {
    expect(v1.Close.decode('{"close_code":1000,"close_reason":null}')).toEqual({
      close_code: 1000,
      close_reason: "",
    });
  });

  test("by a broken line", () => {
    const end = { by: "lost" as const, code: 1006, reason: "" };
    expect(feed(finished(), { kind: "ended", end }).report?.close).toEqual({
      by: "lost",
      code: 1006,
      reason: "",
      posted: false,
    });
  });

  test("by a code that stands for one reason", () => {
    const end = { by: "peer" as const, code: 4401, reason: "" };
    expect(feed(client2(), OPEN, { kind: "ended", end }).report?.close.reason).toBe(
      "INVALID_CLIENT_ID",
    );
  });

  test("by the person", () => {
    const { report, close } = feed(client2(), OPEN, ACCEPT, { kind: "cancel" });
    expect(report?.close).toEqual({
      by: "client",
      code: 1001,
      reason: "CANCELLED_BY_USER",
      posted: false,
    });
    expect(close).toEqual({ code: 1001, reason: "CANCELLED_BY_USER" });
  });
});

test("documents without what a client wants are not finished", () => {
  const reading: ClientReading = { outcome: "read", files: new Map([["sod", Uint8Array.of(1)]]) };
  const step = feed(client2({ chip: scripted(1, -1, reading) }), OPEN, ACCEPT, ANSWER);
  expect(step.report?.close.reason).toBe("FILE_READ_ERROR");
  expect(step.send).toEqual([]);
});

test("what the server has already is not sent again", () => {
  const files: DocvalFiles = new Map([
    ["sod", Uint8Array.of(0x77)],
    ["dg1", Uint8Array.of(0x61)],
    ["dg14", Uint8Array.of(0x6e)],
  ]);
  const client = client2({ chip: scripted(1, 1, { outcome: "read", files }) });
  const { send } = feed(client, OPEN, ACCEPT, ANSWER, APDU, ANSWER, FILE, HANDBACK, ANSWER);
  expect(
    send.map((sent) => (typeof sent === "string" ? "FINISH" : v2.File.decode(sent).name)),
  ).toEqual(["sod", "FINISH"]);
});

test("an answer that nobody waits for is dropped", () => {
  const client = client2();
  expect(feed(client, OPEN, ANSWER, LOST)).toMatchObject({ send: [], events: [] });
  expect(client.state).toBe("started");
});

const REFUSALS: readonly string[] = ["PROTOCOL_ERROR", "UNEXPECTED_MESSAGE"];

describe("every line of the table is reached, and nothing else is done", () => {
  /** Which lines are seen when each input meets each state. */
  const explore = (
    clients: readonly (() => Client)[],
    ways: readonly (readonly ClientInput[])[],
    inputs: readonly (readonly [string, ClientInput, number])[],
    table: readonly { from: string; on: string; to: string; reason?: string }[],
  ) => {
    const name = (from: string, on: string, to: string, reason = "-") =>
      `${from} ${on} ${to} ${reason}`;
    const seen = new Set<string>();
    for (const make of clients) {
      for (const way of ways) {
        for (const [on, input, now] of inputs) {
          const client = make();
          feed(client, ...way);
          const from = client.state;
          if (from === "closed") continue;
          const { report, close } = client.receive(input, now);
          const listed = table.some((line) => line.from === from && line.on === on);
          // Also a message that is listed may be out of place: a command before the last is answered.
          const refused = input.kind === "frame" && REFUSALS.includes(report?.close.reason ?? "");
          const known = (listed && !refused) || input.kind !== "frame" ? on : "other";
          const reason = close && close.reason !== "" ? String(report?.close.reason) : undefined;
          seen.add(name(from, known, client.state, reason));
        }
      }
    }
    const lines = table.map(({ from, on, to, reason }) => name(from, on, to, reason));
    return {
      missing: lines.filter((line) => !seen.has(line)),
      idle: [...seen].filter((line) => !lines.includes(line)),
    };
  };

  test("version 2", () => {
    const failed = (
      reason: "ACCESS_CONTROL_FAILED" | "FILE_READ_ERROR" | "NFC_CHIP_COMMUNICATION_FAILED",
    ) => ({ outcome: "failed", reason }) as const;
    const readings: ClientReading[] = [
      READ,
      failed("ACCESS_CONTROL_FAILED"),
      failed("FILE_READ_ERROR"),
      failed("NFC_CHIP_COMMUNICATION_FAILED"),
    ];
    const atOnce = readings.slice(1).map((reading) => scripted(0, -1, reading));
    const chips = readings.flatMap((reading) =>
      [
        [1, -1],
        [2, -1],
        [1, 0],
        [1, 1],
        [1, 2],
      ].map(([before, after]) => scripted(before!, after!, reading)),
    );
    const clients = [...atOnce, ...chips].flatMap((chip) =>
      (["close", "6F00"] as const).map(
        (chipLost) => () => client2({ chip, behaviour: { ...SPEC_BEHAVIOUR, chipLost } }),
      ),
    );
    const handed = [OPEN, ACCEPT, ANSWER];
    const { missing, idle } = explore(
      clients,
      [
        [],
        [OPEN],
        [OPEN, ACCEPT],
        handed,
        [...handed, APDU],
        [...handed, APDU, ANSWER, FILE],
        [...handed, FILE, HANDBACK],
        [...handed, FILE, HANDBACK, ANSWER],
        [...handed, FILE, HANDBACK, ANSWER, CLOSE],
        ...[[OPEN], [OPEN, ACCEPT], handed, [...handed, FILE, HANDBACK]].map((way) => [
          ...way,
          CLOSE,
        ]),
      ],
      [
        ["open", OPEN, 1],
        ["ACCEPT", ACCEPT, 1],
        ["APDU", APDU, 1],
        ["FILE", FILE, 1],
        ["CA_HANDBACK", HANDBACK, 1],
        ["RESULT", RESULT, 1],
        ["CLOSE", CLOSE, 1],
        ["other", frame("{"), 1],
        ["answer", ANSWER, 1],
        ["chip-lost", LOST, 1],
        ["cancel", { kind: "cancel" }, 1],
        ["due", { kind: "due" }, 4_000],
        ["due", { kind: "due" }, 25_000],
        ["due", { kind: "due" }, 130_000],
        ["ended", ENDED, 1],
      ],
      CLIENT_V2_TRANSITIONS,
    );
    // No time is kept before the connection is open; handing over has a time of its own, and reading none.
    expect(missing.filter((line) => line !== "handover due closed COMMUNICATION_FAILED")).toEqual(
      [],
    );
    expect(idle.filter((line) => !IDLE.test(line))).toEqual([]);
  });

  test("version 1", () => {
    const status = (value: string) => frame(v1.Status.encode({ status: value }));
    const result = frame(
      ValidationResult.encode({ emrtd_passport: A_PASSPORT, client_validation_id: "v" }),
    );
    const closing = frame(v1.Close.encode({ close_code: 1000, close_reason: "" }));
    const apdu = frame(COMMAND);
    const reading = (commands: number): ClientV1Options["readLengths"] =>
      function* () {
        for (let sent = 0; sent < commands; sent++) yield { type: "command", apdu: COMMAND };
        return undefined;
      };
    const clients = [1, 2].flatMap((commands) =>
      [true, false].flatMap((readsChipLengths) =>
        (["close", "6F00"] as const).map(
          (chipLost) => () =>
            client1({
              readLengths: reading(commands)!,
              behaviour: { ...SPEC_BEHAVIOUR, chipLost, readsChipLengths },
            }),
        ),
      ),
    );
    const ways = [[], [OPEN], [OPEN, ANSWER], [OPEN, ANSWER, ANSWER]];
    const { missing, idle } = explore(
      clients,
      [
        ...ways,
        ...ways.map((way) => [...way, apdu]),
        ...ways.map((way) => [...way, status("DONE")]),
        ...ways.map((way) => [...way, closing]),
        ...ways.map((way) => [...way, status("DONE"), closing]),
      ],
      [
        ["open", OPEN, 1],
        ["APDU", apdu, 1],
        ["status", status("READ_SOD"), 1],
        ["status", status("DONE"), 1],
        ["result", result, 1],
        ["close message", closing, 1],
        ["unknown text", frame("{"), 1],
        ["answer", ANSWER, 1],
        ["chip-lost", LOST, 1],
        ["cancel", { kind: "cancel" }, 1],
        ["due", { kind: "due" }, 4_000],
        ["due", { kind: "due" }, 130_000],
        ["ended", ENDED, 1],
      ],
      CLIENT_V1_TRANSITIONS,
    );
    expect(missing).toEqual([]);
    expect(idle.filter((line) => !IDLE.test(line))).toEqual([]);
  });

  /** Nothing comes of what has no meaning: an answer without a question, a time that is not kept. */
  const IDLE = /^(\S+) (answer|chip-lost|due|open|other) \1 -$/;
});

describe("clients to test with", () => {
  test("are known by name, and for their own version", () => {
    expect(() => clientProfile("windows")).toThrow(
      'expected one of android-2.1.26, ios-2.1.2, android-1.2.0, ios-1.2.2, spec, found "windows"',
    );
    expect(() => clientProfile("toString")).toThrow("expected one of");
    const options = { clientId: "c", validationId: "v" };
    expect(() => clientV1As("ios-2.1.2", { ...options, accessKey: {} })).toThrow(
      "expected a client of version 1, found ios-2.1.2 of version 2",
    );
    const more = { chip: scripted(0, -1), random: () => new Uint8Array(), sendResult: false };
    expect(() => clientV2As("android-1.2.0", { ...options, ...more })).toThrow("of version 1");
  });
});
