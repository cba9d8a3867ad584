import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Attributes, type Span, type Tracer, trace } from "@opentelemetry/api";
import type { TranscriptEntry } from "@org/docval-protocol";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Rig, startRig } from "./rig.js";

interface Recorded {
  readonly name: string;
  readonly attributes: Attributes;
  readonly events: { name: string; attributes: Attributes }[];
  ended: boolean;
}

/** Spans of the process, as an SDK would be handed them. */
const spans: Recorded[] = [];
const tracer = {
  startSpan(name: string, options?: { attributes?: Attributes }) {
    const span: Recorded = {
      name,
      attributes: { ...options?.attributes },
      events: [],
      ended: false,
    };
    spans.push(span);
    const recording = {
      setAttribute: (key: string, value: string) =>
        void Object.assign(span.attributes, { [key]: value }),
      setAttributes: (attributes: Attributes) => void Object.assign(span.attributes, attributes),
      addEvent: (event: string, attributes: Attributes = {}) =>
        void span.events.push({ name: event, attributes }),
      setStatus: () => {},
      end() {
        span.ended = true;
      },
    };
    return recording as unknown as Span;
  },
} as unknown as Tracer;

const lines: string[] = [];
const transcripts = new Map<string, TranscriptEntry[]>();
let rig: Rig;

beforeAll(async () => {
  trace.setGlobalTracerProvider({ getTracer: () => tracer });
  rig = await startRig({
    log: pino({ level: "debug", base: null }, { write: (line: string) => void lines.push(line) }),
    transcript(id) {
      const entries: TranscriptEntry[] = [];
      transcripts.set(id, entries);
      return { write: (entry) => void entries.push(entry), close: () => {} };
    },
  });
});
afterAll(async () => {
  trace.disable();
  await rig.close();
});

/** The client knows of the end before the server has its close acknowledged. */
const ended = () =>
  vi.waitFor(() => expect(lines.join("")).toContain("session ended"), { timeout: 20_000 });

/** What of a document, its holder and its session is nobody's business. */
const PERSONAL = /ERIKSSON|ANNA|L898902C3|740812|340415|a-validation/;

describe("logs, spans and transcripts of sessions", () => {
  test.each([1, 2] as const)(
    "version %i: say how it went, and of whom nothing",
    async (version) => {
      for (const diagnostics of [true, false]) {
        spans.length = 0;
        lines.length = 0;
        await rig.verify(version, "ca-aes", { diagnostics, result: true });
        // The client knows of the end before the server has its close acknowledged.
        await ended();
        expect(lines.join("")).not.toMatch(PERSONAL);
        expect(JSON.stringify(spans)).not.toMatch(PERSONAL);
        const told = lines.map((line) => JSON.parse(line));
        expect(told.at(0)).toMatchObject({
          msg: "session started",
          client: "desk",
          platform: "node",
        });
        expect(told.at(-1)).toMatchObject({
          msg: "session ended",
          reason: "OK",
          code: 1000,
          version,
        });
        const [session, delivery] = spans;
        expect(session).toMatchObject({
          name: "docval session",
          attributes: { "docval.version": version, "docval.close_reason": "OK" },
          ended: true,
        });
        expect(delivery).toMatchObject({ name: "post result", ended: true });
        // Steps of the chip are told where the client asked for diagnosis, and only in that span.
        expect(session!.events.length > 0).toBe(diagnostics);
        expect(lines.join("")).not.toContain("Step:");
        const steps = JSON.stringify(session!.events);
        if (diagnostics) expect(steps).toContain(version === 1 ? "READ_DG14" : "Step: READ_DG14");
        const transcript = JSON.stringify(transcripts.get(told[0].session));
        expect(transcript).not.toMatch(PERSONAL);
        expect(transcript).toContain(version === 1 ? "CHIP_AUTHENTICATION" : "CA_HANDBACK");
        expect(transcript).toContain('"close":{"code":1000,"reason":""}');
      }
    },
  );

  test("an access key that the chip refused is not written down", async () => {
    lines.length = 0;
    spans.length = 0;
    await rig.verify(1, "pace-gm-p256", { password: { can: "999999" }, as: "ios-1.2.2" });
    await ended();
    expect(lines.join("")).toContain('"reason":"ACCESS_CONTROL_FAILED"');
    expect(lines.join("")).not.toContain("999999");
    expect(JSON.stringify(spans)).not.toContain("999999");
  });

  test("what becomes of a delivery is told attempt by attempt", async () => {
    let count = 0;
    const flaky = createServer((request, response) => {
      request.resume();
      request.on("end", () => response.writeHead(count++ === 0 ? 503 : 400).end());
    });
    await new Promise<void>((resolve) => flaky.listen(0, "127.0.0.1", resolve));
    const resultServer = `http://127.0.0.1:${(flaky.address() as AddressInfo).port}/`;
    const log: string[] = [];
    const failing = await startRig({
      client: () => ({ resultServer }),
      log: pino({ base: null }, { write: (line: string) => void log.push(line) }),
    });
    try {
      const { close, result } = await failing.verify(2, "ca-aes", { result: true });
      expect(close).toMatchObject({ code: 1011, reason: "POST_TO_RESULT_SERVER_FAILED" });
      expect(result).toBeUndefined();
      const attempts = log.map((line) => JSON.parse(line)).filter(({ attempt }) => attempt);
      expect(attempts.map(({ outcome }) => outcome)).toEqual([503, 400]);
    } finally {
      await failing.close();
      flaky.close();
    }
  });
});
