import { describe, expect, test } from "vitest";
import type { ServerChip } from "../src/chip/server-chip.js";
import {
  createServerV2,
  SERVER_V2_TRANSITIONS,
  type ServerEvent,
  type ServerInput,
  type ServerSessionOptions,
  v2,
} from "../src/index.js";
import { apdu, CA_HANDOVER, FINISH, file, MONITORING, START } from "./support/frames.js";
import { A_PASSPORT, COMMAND, scriptedChip } from "./support/scripted-chip.js";

const open = (changes: Partial<ServerSessionOptions> = {}) =>
  createServerV2(
    {
      chip: scriptedChip(),
      client: (id) => (id === "test" ? { resultServer: "https://results.test/" } : undefined),
      random: (length) => new Uint8Array(length).fill(0xab),
      ...changes,
    },
    0,
  );

type Session = ReturnType<typeof open>;
const frame = (data: string | Uint8Array): ServerInput => ({ kind: "frame", frame: data });

/** Feeds inputs, all at one moment; answers with everything that came of it. */
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

const DG14 = file("dg14", 0x6e, 0x00);
const SOD = file("sod", 0x77, 0x00);
const DG1 = file("dg1", 0x61, 0x00);
const ANSWER = apdu(0x90, 0x00);
const CA_HANDBACK = v2.encodeMessage({
  type: "CA_HANDBACK",
  checkResult: "SUCCESS",
  secureMessagingInfo: v2.CaHandover.decode(CA_HANDOVER as string).secureMessagingInfo,
});
const PROTOCOL_ERROR = { code: 1008, reason: "PROTOCOL_ERROR" };
const kindsOf = (events: readonly ServerEvent[]) => events.map(({ type }) => type);

describe("a session of version 2", () => {
  test("from START to RESULT", () => {
    const session = open();
    expect(feed(session, START).send).toEqual([
      '{"type":"ACCEPT","activeAuthenticationChallenge":"q6urq6urq6s="}',
    ]);
    expect(feed(session, DG14, CA_HANDOVER).send).toEqual([apdu(...COMMAND)]);
    expect(session.state).toBe("handover");
    expect(feed(session, ANSWER).send).toEqual([
      Uint8Array.from([0x01, 0x03, 0x64, 0x67, 0x31, 0x61]),
      `{"type":"CA_HANDBACK","checkResult":"SUCCESS","secureMessagingInfo":{"algorithm":"AES","encKey":"${"A".repeat(22)}==","macKey":"${"A".repeat(22)}==","ssc":0}}`,
    ]);
    const finished = feed(session, SOD, FINISH);
    expect(finished.send).toEqual([]);
    expect(finished.events).toEqual([
      {
        type: "deliver",
        clientId: "test",
        validationId: "v",
        resultServer: "https://results.test/",
        body: expect.stringContaining('"client_validation_id":"v"'),
      },
    ]);
    const { send, close } = feed(session, { kind: "delivered", posted: true });
    expect(send).toEqual([
      v2.Result.encode({ type: "RESULT", passport: A_PASSPORT }),
      '{"type":"CLOSE","code":1000,"reason":""}',
    ]);
    expect(close).toEqual({ code: 1000, reason: "" });
    expect(session.over).toBe(true);
  });

  test("without a result server, what is not posted counts as posted", () => {
    const session = open({ client: () => ({}) });
    const { send, close, events } = feed(session, START, SOD, DG1, FINISH);
    expect(close).toEqual({ code: 1000, reason: "" });
    expect(send.at(-2)).toContain('"RESULT"');
    expect(kindsOf(events)).not.toContain("deliver");
  });

  test("a result that could not be posted is not shown", () => {
    const session = open();
    const { send, close } = feed(session, START, SOD, DG1, FINISH, {
      kind: "delivered",
      posted: false,
    });
    expect(close).toEqual({ code: 1011, reason: "POST_TO_RESULT_SERVER_FAILED" });
    expect(send.at(-1)).toBe(
      '{"type":"CLOSE","code":1011,"reason":"POST_TO_RESULT_SERVER_FAILED"}',
    );
    expect(send.join()).not.toContain('RESULT","passport');
  });

  test("the challenge goes to judgement with what the chip made of it", () => {
    const asked: unknown[] = [];
    const chip: ServerChip = {
      ...scriptedChip(),
      judge: (subject) => {
        asked.push(subject);
        return A_PASSPORT;
      },
    };
    const finish = v2.encodeMessage({
      type: "FINISH",
      sendResult: false,
      activeAuthenticationSignature: Uint8Array.of(1, 2, 3),
    });
    feed(open({ chip }), START, SOD, DG1, finish);
    expect(asked).toMatchObject([
      {
        activeAuthentication: {
          challenge: new Uint8Array(8).fill(0xab),
          signature: Uint8Array.of(1, 2, 3),
        },
        chipPresent: true,
      },
    ]);
  });

  test.each([
    ["null", '{"type":"FINISH","sendResult":false,"activeAuthenticationSignature":null}'],
    ["absent", '{"type":"FINISH","sendResult":false}'],
    ["empty", '{"type":"FINISH","sendResult":false,"activeAuthenticationSignature":""}'],
  ])("a signature that is %s is none", (_, finish) => {
    const chip: ServerChip = {
      ...scriptedChip(),
      judge: (subject) => {
        expect(subject.activeAuthentication).toBeUndefined();
        return A_PASSPORT;
      },
    };
    expect(feed(open({ chip }), START, SOD, DG1, finish).events.at(-1)?.type).toBe("deliver");
  });

  test("a validation may be named by a token, and not by a book", () => {
    const named = (length: number) =>
      feed(open(), (START as string).replace('"v"', JSON.stringify("x".repeat(length)))).close;
    expect(named(4_096)).toBeUndefined();
    expect(named(4_097)?.reason).toBe("INVALID_START_MESSAGE");
  });

  test("files are part of the result where the server is told so", () => {
    const { events } = feed(open({ includeFiles: true }), START, SOD, DG1, FINISH);
    expect(JSON.stringify(events)).toContain(
      'files_binary\\":{\\"sod\\":\\"dwA=\\",\\"dg1\\":\\"YQA=\\"}',
    );
  });

  test("a result that is too large for a phone is sent without its pictures, and posted whole", () => {
    const large = new Uint8Array(900_000).fill(1);
    const chip: ServerChip = {
      ...scriptedChip(),
      judge: () => ({ ...A_PASSPORT, facePhoto: large }),
    };
    const { send, events } = feed(open({ chip }), START, SOD, DG1, FINISH, {
      kind: "delivered",
      posted: true,
    });
    const result = v2.Result.decode(send.at(-2) as string);
    expect(result.passport.facePhoto).toBeNull();
    expect(result.passport.errors).toEqual(["RESULT_SHORTENED"]);
    expect(JSON.stringify(events).length).toBeGreaterThan(1_200_000);
  });
});

describe("what a client may not do", () => {
  test.each<[string, readonly (string | Uint8Array)[], { code: number; reason: string }]>([
    ["a file before START", [DG1], PROTOCOL_ERROR],
    ["another text before START", [FINISH], PROTOCOL_ERROR],
    ["no JSON before START", ["hello"], { code: 1008, reason: "MALFORMED_JSON" }],
    ["no JSON later", [START, '{"type":"FINISH"'], { code: 1008, reason: "MALFORMED_JSON" }],
    [
      "a START without its fields",
      ['{"type":"START"}'],
      { code: 1008, reason: "INVALID_START_MESSAGE" },
    ],
    [
      "a START of a client that nobody knows",
      [(START as string).replace("test", "other")],
      { code: 4401, reason: "INVALID_CLIENT_ID" },
    ],
    ["START twice", [START, START], PROTOCOL_ERROR],
    [
      "a message that only servers send",
      [START, '{"type":"CLOSE","code":1000,"reason":""}'],
      PROTOCOL_ERROR,
    ],
    ["a message of no known type", [START, '{"type":"PING"}'], PROTOCOL_ERROR],
    ["an array", [START, "[]"], PROTOCOL_ERROR],
    ["a handback of its own", [START, DG14, CA_HANDBACK], PROTOCOL_ERROR],
    ["a handback while the server drives", [START, DG14, CA_HANDOVER, CA_HANDBACK], PROTOCOL_ERROR],
    ["binary garbage", [START, Uint8Array.of(0xff, 1, 2)], PROTOCOL_ERROR],
    ["an empty binary message", [START, new Uint8Array()], PROTOCOL_ERROR],
    ["an answer to no command", [START, ANSWER], PROTOCOL_ERROR],
    ["CA_HANDOVER without dg14", [START, CA_HANDOVER], PROTOCOL_ERROR],
    ["CA_HANDOVER twice at once", [START, DG14, CA_HANDOVER, CA_HANDOVER], PROTOCOL_ERROR],
    [
      "CA_HANDOVER after the handback",
      [START, DG14, CA_HANDOVER, ANSWER, CA_HANDOVER],
      PROTOCOL_ERROR,
    ],
    [
      "a second answer after the handback",
      [START, DG14, CA_HANDOVER, ANSWER, ANSWER],
      PROTOCOL_ERROR,
    ],
    ["FINISH before the handback", [START, SOD, DG1, DG14, CA_HANDOVER, FINISH], PROTOCOL_ERROR],
    [
      "other bytes for dg14 while the server drives",
      [START, DG14, CA_HANDOVER, file("dg14", 0x6f)],
      PROTOCOL_ERROR,
    ],
    [
      "other bytes for dg1 while the server reads it",
      [START, DG14, CA_HANDOVER, file("dg1", 0x62), ANSWER],
      PROTOCOL_ERROR,
    ],
    ["FINISH without sod", [START, DG1, FINISH], PROTOCOL_ERROR],
    ["FINISH without dg1", [START, SOD, FINISH], PROTOCOL_ERROR],
    ["other bytes under a name that is taken", [START, DG14, file("dg14", 0x6f)], PROTOCOL_ERROR],
    [
      "other bytes for dg1 than the server read",
      [START, DG14, CA_HANDOVER, ANSWER, file("dg1", 0x62)],
      PROTOCOL_ERROR,
    ],
    [
      "other bytes for dg1 before the server reads it",
      [START, DG14, file("dg1", 0x62), CA_HANDOVER, ANSWER],
      PROTOCOL_ERROR,
    ],
    ["a file named __proto__", [START, file("__proto__", 1)], PROTOCOL_ERROR],
    ["a file named ../x", [START, file("../x", 1)], PROTOCOL_ERROR],
    ["a file named DG1", [START, file("DG1", 1)], PROTOCOL_ERROR],
    ["a file with a name of 255 bytes", [START, file("x".repeat(255), 1)], PROTOCOL_ERROR],
    ["a file without a name", [START, file("", 1)], PROTOCOL_ERROR],
    ["a file with a name that ends early", [START, Uint8Array.of(1, 9, 0x64)], PROTOCOL_ERROR],
    ["a frame of two mebibytes", [START, " ".repeat(2 * 1024 * 1024)], PROTOCOL_ERROR],
    [
      "more files than a document has",
      [START, ...Array.from({ length: 21 }, () => DG1)],
      PROTOCOL_ERROR,
    ],
    [
      "more bytes than a document has",
      [
        START,
        ...Array.from({ length: 9 }, (_, i) => {
          const large = new Uint8Array(1_048_576 - 8);
          large.set(file(`dg${i + 1}`));
          return large;
        }),
      ],
      PROTOCOL_ERROR,
    ],
  ])("%s", (_, frames, close) => {
    const session = open();
    const outcome = feed(session, ...frames);
    expect(outcome.close).toEqual(close);
    expect(outcome.send.at(-1)).toBe(JSON.stringify({ type: "CLOSE", ...close }));
    expect(kindsOf(outcome.events)).not.toContain("deliver");
    expect(session.over).toBe(true);
    expect(feed(session, START, FINISH, { kind: "due" })).toMatchObject({ send: [], events: [] });
  });

  test("files come at any time between ACCEPT and FINISH, also while the server drives", () => {
    const session = open();
    feed(session, START, DG14, CA_HANDOVER);
    expect(feed(session, SOD).send).toEqual([]);
    expect(session.state).toBe("handover");
    expect(feed(session, ANSWER, FINISH).events.at(-1)?.type).toBe("deliver");
  });

  test("a file sent again as it was changes nothing", () => {
    expect(feed(open(), START, SOD, SOD, DG1, DG1, FINISH).events.at(-1)?.type).toBe("deliver");
  });

  test("once the result is made, nothing that is said changes it", () => {
    const session = open();
    feed(session, START, SOD, DG1, FINISH);
    const noise = feed(
      session,
      START,
      "{",
      DG1,
      file("dg1", 9),
      FINISH,
      MONITORING,
      ANSWER,
      CA_HANDOVER,
    );
    expect(noise).toMatchObject({ send: [], events: [], close: undefined });
    expect(feed(session, { kind: "gone" }).close).toBeUndefined();
    expect(feed(session, { kind: "delivered", posted: true }).close).toEqual({
      code: 1000,
      reason: "",
    });
  });

  test("strict servers refuse what lenient ones keep and tell", () => {
    const extended = (START as string).replace("{", '{"brand":"X",');
    const lenient = feed(open(), extended);
    expect(lenient.events).toContainEqual({ type: "unknown-fields", paths: ["brand"] });
    expect(lenient.close).toBeUndefined();
    expect(feed(open({ strict: true }), extended).close).toEqual({
      code: 1008,
      reason: "INVALID_START_MESSAGE",
    });
    const urlSafe = '{"type":"FINISH","sendResult":false,"activeAuthenticationSignature":"-_8="}';
    expect(feed(open(), START, SOD, DG1, urlSafe).events.at(-1)?.type).toBe("deliver");
    expect(feed(open({ strict: true }), START, SOD, DG1, urlSafe).close).toEqual(PROTOCOL_ERROR);
  });
});

describe("monitoring", () => {
  test("is told while diagnostics are on, and cleaned", () => {
    const rude = v2.encodeMessage({
      type: "MONITORING",
      message: "a\u0000\u001b[31m\u2028b\u202e\r\nc",
    });
    expect(feed(open(), START, rude).events.at(-1)).toEqual({
      type: "monitoring",
      message: "a  [31m b   c",
    });
  });

  test("is dropped while they are off", () => {
    const off = (START as string).replace('"enableDiagnostics":true', '"enableDiagnostics":false');
    expect(kindsOf(feed(open(), off, MONITORING).events)).toEqual(["started"]);
  });

  test("ten thousand messages are told a thousand times, and end nothing", () => {
    const session = open();
    const { events } = feed(session, START, ...Array.from({ length: 10_000 }, () => MONITORING));
    expect(events.filter(({ type }) => type === "monitoring")).toHaveLength(1_000);
    expect(session.state).toBe("reading");
  });

  test("a long message is cut", () => {
    const long = v2.encodeMessage({ type: "MONITORING", message: "x".repeat(100_000) });
    expect(feed(open(), START, long).events.at(-1)).toMatchObject({ message: "x".repeat(1_000) });
  });
});

describe("silence", () => {
  const at = (session: Session, now: number) => session.receive({ kind: "due" }, now);

  test("before START", () => {
    const session = open();
    expect(session.receive({ kind: "open" }, 0).wakeAt).toBe(10_000);
    expect(at(session, 9_999).close).toBeUndefined();
    expect(at(session, 10_000).close).toEqual({
      code: 1001,
      reason: "TIMEOUT_WHILE_WAITING_FOR_START_MESSAGE",
    });
  });

  test("while the client reads", () => {
    const session = open();
    expect(feed(session, START).wakeAt).toBe(120_000);
    expect(at(session, 120_000).close).toEqual({
      code: 1011,
      reason: "MAX_SESSION_TIME_EXCEEDED",
    });
  });

  test("while the server drives the chip: for one answer, and for all of it", () => {
    const one = open();
    expect(feed(one, START, DG14, CA_HANDOVER).wakeAt).toBe(10_001);
    expect(at(one, 10_001).close).toEqual({
      code: 1001,
      reason: "TIMEOUT_WHILE_WAITING_FOR_RESPONSE",
    });
    const all = open({ chip: scriptedChip({ commands: 10 }) });
    feed(all, START, DG14, CA_HANDOVER);
    for (const now of [5_000, 10_000, 15_000]) all.receive(frame(ANSWER), now);
    expect(all.receive(frame(ANSWER), 17_000).wakeAt).toBe(18_001);
    expect(at(all, 18_001).close?.reason).toBe("TIMEOUT_WHILE_WAITING_FOR_RESPONSE");
  });

  test("an answer that comes when its time is up is too late, whether or not the timer was", () => {
    const session = open();
    feed(session, START, DG14, CA_HANDOVER);
    const late = session.receive(frame(ANSWER), 10_001);
    expect(late.close?.reason).toBe("TIMEOUT_WHILE_WAITING_FOR_RESPONSE");
  });

  test("the result server may take longer than a session", () => {
    const session = open();
    expect(feed(session, START, SOD, DG1, FINISH).wakeAt).toBeUndefined();
    expect(at(session, 1_000_000).close).toBeUndefined();
  });

  test("times are options", () => {
    const session = open({ timeouts: { start: 50 } });
    expect(session.receive({ kind: "open" }, 0).wakeAt).toBe(50);
  });
});

describe("the chip's side", () => {
  test.each(["EMRTD_PASSPORT_READER_ERROR", "FILE_READ_ERROR", "PROTOCOL_ERROR"] as const)(
    "that fails with %s",
    (reason) => {
      const chip = scriptedChip({ handover: { outcome: "failed", reason, cause: "why" } });
      const { close, events } = feed(open({ chip }), START, DG14, CA_HANDOVER, ANSWER);
      expect(close?.reason).toBe(reason);
      expect(events).toContainEqual({ type: "fault", reason, cause: "why" });
    },
  );

  test("6F00 twice in a row is a chip that is gone", () => {
    const chip = scriptedChip({ commands: 5 });
    const gone = apdu(0x6f, 0x00);
    const session = open({ chip });
    expect(feed(session, START, DG14, CA_HANDOVER, gone, ANSWER, gone).close).toBeUndefined();
    expect(feed(session, gone).close).toEqual({
      code: 1011,
      reason: "EMRTD_PASSPORT_READER_ERROR",
    });
  });

  test("that throws is a fault of the server", () => {
    const broken: ServerChip = {
      ...scriptedChip(),
      authenticateChip: () => {
        throw new TypeError("broken");
      },
      judge: () => {
        throw new TypeError("broken");
      },
    };
    const SERVER_ERROR = { code: 1011, reason: "SERVER_ERROR" };
    expect(feed(open({ chip: broken }), START, DG14, CA_HANDOVER).close).toEqual(SERVER_ERROR);
    expect(feed(open({ chip: broken }), START, SOD, DG1, FINISH).close).toEqual(SERVER_ERROR);
  });
});

test("every line of the table is reached, and nothing else is done", () => {
  const failing = (
    reason: "EMRTD_PASSPORT_READER_ERROR" | "FILE_READ_ERROR" | "PROTOCOL_ERROR",
    commands: number,
  ) => scriptedChip({ commands, handover: { outcome: "failed", reason } });
  const throwing = (commands: number): ServerChip => ({
    ...scriptedChip(),
    *authenticateChip() {
      for (let sent = 0; sent < commands; sent++) yield { type: "command", apdu: COMMAND };
      throw new TypeError("broken");
    },
    judge: () => {
      throw new TypeError("broken");
    },
  });
  const chips = [
    scriptedChip(),
    scriptedChip({ commands: 2 }),
    { ...scriptedChip(), judge: throwing(1).judge },
    ...[0, 1].flatMap((commands) => [
      failing("EMRTD_PASSPORT_READER_ERROR", commands),
      failing("FILE_READ_ERROR", commands),
      failing("PROTOCOL_ERROR", commands),
      throwing(commands),
    ]),
  ];
  const ways: Record<string, readonly (string | Uint8Array)[]> = {
    "waiting-for-start": [],
    reading: [START, DG14],
    "reading, all": [START, DG14, SOD, DG1],
    handover: [START, DG14, CA_HANDOVER],
    "handed-back": [START, DG14, CA_HANDOVER, ANSWER],
    "handed-back, all": [START, DG14, SOD, CA_HANDOVER, ANSWER],
    delivering: [START, SOD, DG1, FINISH],
  };
  const inputs: readonly (readonly [string, ServerInput, number])[] = [
    ["START", frame(START), 1],
    ["START", frame('{"type":"START"}'), 1],
    ["START", frame((START as string).replace("test", "x")), 1],
    ["CA_HANDOVER", frame(CA_HANDOVER), 1],
    ["FINISH", frame(FINISH), 1],
    ["MONITORING", frame(MONITORING), 1],
    ["FILE", frame(file("dg2", 0x75)), 1],
    ["APDU", frame(ANSWER), 1],
    ["other", frame('{"type":"X"}'), 1],
    ["no JSON", frame("{"), 1],
    ["due", { kind: "due" }, 11_000],
    ["due", { kind: "due" }, 130_000],
    ["delivered", { kind: "delivered", posted: true }, 1],
    ["delivered", { kind: "delivered", posted: false }, 1],
    ["gone", { kind: "gone" }, 1],
  ];
  const known = new Set<string>();
  const name = (from: string, on: string, to: string, reason = "-") =>
    `${from} ${on} ${to} ${reason}`;
  for (const chip of chips) {
    for (const way of Object.values(ways)) {
      for (const [on, input, now] of inputs) {
        const session = open({ chip, timeouts: { session: 125_000 } });
        feed(session, ...way);
        const from = session.state;
        if (from === "closed") continue;
        const { close, events } = session.receive(input, now);
        const gone = events.some((event) => event.type === "ended" && event.by === "client");
        const reason = gone ? "COMMUNICATION_FAILED" : close?.reason;
        const listed = SERVER_V2_TRANSITIONS.some((line) => line.from === from && line.on === on);
        known.add(name(from, listed ? on : "other", session.state, reason));
      }
    }
  }
  // A session that is overdue while the chip is driven: the answer's own time comes first as a rule.
  const session = open({ timeouts: { session: 5 } });
  feed(session, START, DG14, CA_HANDOVER);
  const { close } = session.receive({ kind: "due" }, 10);
  known.add(name("handover", "due", session.state, close?.reason));
  const table = SERVER_V2_TRANSITIONS.map(({ from, on, to, reason }) => name(from, on, to, reason));
  // Nothing comes of what has no meaning in a state: no deadline, no delivery.
  const idle = [...known].filter((line) => !table.includes(line));
  expect(idle.filter((line) => !/^(\S+) (other|due) \1 -$/.test(line))).toEqual([]);
  expect(table.filter((line) => !known.has(line))).toEqual([]);
});
