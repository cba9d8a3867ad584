import { describe, expect, test } from "vitest";
import type { ServerChip } from "../src/chip/server-chip.js";
import {
  createServerV1,
  SERVER_V1_TRANSITIONS,
  type ServerInput,
  type ServerV1Options,
  v1,
} from "../src/index.js";
import { START_1 } from "./support/frames.js";
import { A_PASSPORT, ANSWER, COMMAND, scriptedChip } from "./support/scripted-chip.js";

const open = (changes: Partial<ServerV1Options> = {}) =>
  createServerV1(
    {
      chip: scriptedChip(),
      client: (id) => (id === "test" ? { resultServer: "https://results.test/" } : undefined),
      random: (length) => new Uint8Array(length),
      returnResult: false,
      ...changes,
    },
    0,
  );

type Session = ReturnType<typeof open>;
const frame = (data: string | Uint8Array): ServerInput => ({ kind: "frame", frame: data });

const feed = (session: Session, ...inputs: (ServerInput | string | Uint8Array)[]) => {
  const steps = inputs.map((input) =>
    session.receive(
      typeof input === "string" || input instanceof Uint8Array ? frame(input) : input,
      1,
    ),
  );
  return {
    send: steps.flatMap(({ send }) => send),
    events: steps.flatMap(({ events }) => events),
    close: steps.map(({ close }) => close).find((close) => close),
    wakeAt: steps.at(-1)?.wakeAt,
  };
};

describe("a session of version 1", () => {
  test("from the start message to the result, statuses before what they announce", () => {
    const session = open({ returnResult: true });
    expect(feed(session, START_1).send).toEqual(['{"status":"READ_ATR_INFO"}', COMMAND]);
    const read = feed(session, ANSWER);
    expect(read.send).toEqual(['{"status":"PASSIVE_AUTHENTICATION"}', '{"status":"DONE"}']);
    expect(read.events.at(-1)).toMatchObject({ type: "deliver", validationId: "v" });
    const { send, close } = feed(session, { kind: "delivered", posted: true });
    expect(v1.decodeServerText(send[0] as string).result?.emrtd_passport).toEqual(A_PASSPORT);
    expect(send.slice(1)).toEqual(['{"close_code":1000,"close_reason":""}']);
    expect(close).toEqual({ code: 1000, reason: "" });
  });

  test("a result that nobody asked for is not sent", () => {
    const { send } = feed(open(), START_1, ANSWER, { kind: "delivered", posted: true });
    expect(send.at(-2)).toBe('{"status":"DONE"}');
  });

  test("a result that could not be posted is not shown", () => {
    const { send, close } = feed(open({ returnResult: true }), START_1, ANSWER, {
      kind: "delivered",
      posted: false,
    });
    expect(close).toEqual({ code: 1011, reason: "POST_TO_RESULT_SERVER_FAILED" });
    expect(send.at(-1)).toBe('{"close_code":1011,"close_reason":"POST_TO_RESULT_SERVER_FAILED"}');
    expect(send.at(-2)).toBe('{"status":"DONE"}');
  });

  test("the limits of the start message reach whoever reads", () => {
    const asked: unknown[] = [];
    const chip: ServerChip = {
      ...scriptedChip(),
      readDocument: (request) => {
        asked.push(request);
        return scriptedChip().readDocument(request);
      },
    };
    const start = START_1.replace("{", '{"max_command_bytes":300,"max_response_bytes":500,');
    const empty = '"document_number":"","date_of_birth":"","date_of_expiry":null';
    feed(open({ chip }), start);
    feed(open({ chip }), start.replace('"can":"123456"', `${empty},"can":"123456"`));
    const request = {
      accessKey: { can: "123456" },
      limits: { command: 300, response: 500, extendedLength: true },
    };
    expect(asked).toEqual([request, request]);
  });
});

describe("what a client may not do", () => {
  const access = (key: string) => START_1.replace('{"can":"123456"}', key);
  const INVALID_KEY = { code: 1008, reason: "INVALID_ACCESS_KEY_VALUES" };
  const INVALID_START = { code: 1008, reason: "INVALID_START_MESSAGE" };
  const UNEXPECTED = { code: 1008, reason: "UNEXPECTED_MESSAGE" };
  const zone = (number: string, birth: string, expiry: string) =>
    access(
      `{"document_number":"${number}","date_of_birth":"${birth}","date_of_expiry":"${expiry}"}`,
    );

  test.each<[string, readonly (string | Uint8Array)[], { code: number; reason: string }]>([
    ["an APDU before the start message", [ANSWER], UNEXPECTED],
    ["no JSON", ["{"], INVALID_START],
    ["a start message without its fields", ["{}"], INVALID_START],
    [
      "a client that nobody knows",
      [START_1.replace("test", "x")],
      { code: 4401, reason: "INVALID_CLIENT_ID" },
    ],
    ["no key", [access("{}")], INVALID_KEY],
    ["nothing but empty texts", [access('{"can":"","document_number":""}')], INVALID_KEY],
    ["a number of four digits on the card", [access('{"can":"1234"}')], INVALID_KEY],
    ["letters in it", [access('{"can":"12345A"}')], INVALID_KEY],
    ["half a zone", [access('{"document_number":"L898902C3"}')], INVALID_KEY],
    ["a thirteenth month", [zone("L898902C3", "741312", "340415")], INVALID_KEY],
    ["an expiry that is not known", [zone("L898902C3", "740812", "<<<<<<")], INVALID_KEY],
    ["a document number with a space", [zone("L89 02C3", "740812", "340415")], INVALID_KEY],
    ["a key that is a number", [access('{"can":123456}')], INVALID_START],
    ["text while the chip is read", [START_1, "{}"], UNEXPECTED],
    ["the start message twice", [START_1, START_1], UNEXPECTED],
    ["an answer of one byte", [START_1, Uint8Array.of(0x90)], UNEXPECTED],
    ["an answer longer than any APDU", [START_1, new Uint8Array(70_000)], UNEXPECTED],
    ["a start message of two mebibytes", [" ".repeat(2 * 1024 * 1024)], INVALID_START],
  ])("%s", (_, frames, close) => {
    const session = open();
    const outcome = feed(session, ...frames);
    expect(outcome.close).toEqual(close);
    expect(outcome.send.at(-1)).toBe(
      JSON.stringify({ close_code: close.code, close_reason: close.reason }),
    );
    expect(outcome.events.map(({ type }) => type)).not.toContain("deliver");
    expect(feed(session, START_1, ANSWER)).toMatchObject({ send: [], events: [] });
  });

  test.each([
    ["a day and month of birth that are not known", zone("L898902C3", "74<<<<", "340415")],
    ["a zero month of birth", zone("L898902C3", "740000", "340415")],
    ["a long number", zone("D23145890734", "740812", "340415")],
    ["a number with fillers", zone("AB12<<<<<", "740812", "340415")],
    [
      "both keys",
      access(
        '{"can":"123456","document_number":"L898902C3","date_of_birth":"740812","date_of_expiry":"340415"}',
      ),
    ],
  ])("%s is a key", (_, start) => {
    expect(feed(open(), start).close).toBeUndefined();
  });

  test("a strict server refuses unknown fields, a lenient one tells of them", () => {
    const extended = START_1.replace("{", '{"brand":"X",');
    expect(feed(open(), extended).events).toContainEqual({
      type: "unknown-fields",
      paths: ["brand"],
    });
    expect(feed(open({ strict: true }), extended).close).toEqual(INVALID_START);
  });

  test("once the result is made, nothing that is said changes it", () => {
    const session = open();
    feed(session, START_1, ANSWER);
    expect(feed(session, "{}", ANSWER, { kind: "gone" })).toMatchObject({ send: [], events: [] });
    expect(feed(session, { kind: "delivered", posted: true }).close?.code).toBe(1000);
  });
});

test.each([
  "ACCESS_CONTROL_FAILED",
  "INVALID_ACCESS_KEY_VALUES",
  "FILE_READ_ERROR",
  "EMRTD_PASSPORT_READER_ERROR",
] as const)("a reading that fails with %s", (reason) => {
  const chip = scriptedChip({ read: { outcome: "failed", reason } });
  expect(feed(open({ chip }), START_1, ANSWER).close?.reason).toBe(reason);
});

test("6F00 twice in a row is a chip that is gone", () => {
  const gone = Uint8Array.of(0x6f, 0x00);
  const session = open({ chip: scriptedChip({ commands: 5 }) });
  expect(feed(session, START_1, gone, ANSWER, gone).close).toBeUndefined();
  expect(feed(session, gone).close?.reason).toBe("EMRTD_PASSPORT_READER_ERROR");
});

test("every line of the table is reached, and nothing else is done", () => {
  const throwing = (commands: number): ServerChip => ({
    ...scriptedChip(),
    *readDocument() {
      for (let sent = 0; sent < commands; sent++) yield { type: "command", apdu: COMMAND };
      throw new TypeError("broken");
    },
  });
  const reasons = [
    "ACCESS_CONTROL_FAILED",
    "INVALID_ACCESS_KEY_VALUES",
    "FILE_READ_ERROR",
    "EMRTD_PASSPORT_READER_ERROR",
  ] as const;
  const chips = [
    scriptedChip(),
    scriptedChip({ commands: 2 }),
    ...[0, 1].flatMap((commands) => [
      ...reasons.map((reason) => scriptedChip({ commands, read: { outcome: "failed", reason } })),
      throwing(commands),
    ]),
  ];
  const inputs: readonly (readonly [string, ServerInput, number])[] = [
    ["start message", frame(START_1), 1],
    ["start message", frame("{"), 1],
    ["start message", frame(START_1.replace("test", "x")), 1],
    ["start message", frame(START_1.replace("123456", "1")), 1],
    ["APDU", frame(ANSWER), 1],
    ["APDU", frame(Uint8Array.of(1)), 1],
    ["due", { kind: "due" }, 11_000],
    ["delivered", { kind: "delivered", posted: true }, 1],
    ["delivered", { kind: "delivered", posted: false }, 1],
    ["gone", { kind: "gone" }, 1],
  ];
  const known = new Set<string>();
  const name = (from: string, on: string, to: string, reason = "-") =>
    `${from} ${on} ${to} ${reason}`;
  for (const chip of chips) {
    for (const way of [[], [START_1], [START_1, ANSWER]]) {
      for (const timeouts of [{}, { session: 1_000 }]) {
        for (const [on, input, now] of inputs) {
          const session = open({ chip, timeouts });
          feed(session, ...way);
          const from = session.state;
          if (from === "closed") continue;
          const { close, events } = session.receive(input, now);
          const gone = events.some((event) => event.type === "ended" && event.by === "client");
          const text = on === "start message" && from !== "waiting-for-start" ? "text" : on;
          known.add(name(from, text, session.state, gone ? "COMMUNICATION_FAILED" : close?.reason));
        }
      }
    }
  }
  const table = SERVER_V1_TRANSITIONS.map(({ from, on, to, reason }) => name(from, on, to, reason));
  const idle = [...known].filter((line) => !table.includes(line));
  expect(idle.filter((line) => !/^(\S+) (due|delivered) \1 -$/.test(line))).toEqual([]);
  expect(table.filter((line) => !known.has(line))).toEqual([]);
});
