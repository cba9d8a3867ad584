import fc from "fast-check";
import { expect, test } from "vitest";
import {
  anyExchange,
  anyNotification,
  anyParamOf,
  anyReplyTo,
  anyValueOf,
} from "../src/arbitraries.js";
import { type ClientInput, createClientMachine, type Question } from "../src/index.js";
import { createServiceMachine, type ServiceInput, specimenPassport } from "../src/testing.js";

const anyText = fc.oneof(
  anyNotification().chain((notice) =>
    anyValueOf(notice).map((value) => notice.codec.encode(value)),
  ),
  anyExchange().chain((exchange) =>
    anyReplyTo(exchange).map((reply) => exchange.reply.encode(reply)),
  ),
  anyExchange().chain((exchange) =>
    anyParamOf(exchange).map((param) => exchange.request.encode(param)),
  ),
  fc.string(),
  fc.json(),
);
const anyFrame = fc.oneof(
  anyText,
  anyText.map((text) => new TextEncoder().encode(text)),
  fc.uint8Array(),
);

const anyClientInput: fc.Arbitrary<ClientInput> = fc.oneof(
  fc.constantFrom<ClientInput>(
    { kind: "start" },
    { kind: "opened" },
    { kind: "due" },
    { kind: "reconnect" },
  ),
  fc.constant<ClientInput>({ kind: "lost", close: { by: "lost", code: 1006, reason: "" } }),
  anyFrame.map((frame): ClientInput => ({ kind: "frame", frame })),
  anyFrame.map((frame): ClientInput => ({ kind: "frame", frame })),
  fc
    .array(
      anyExchange().chain((exchange) =>
        fc.anything().map((param): Question => ({ exchange, param })),
      ),
      {
        maxLength: 3,
        minLength: 1,
      },
    )
    .map((questions): ClientInput => ({ kind: "ask", id: 0, questions })),
);

test("a client's machine takes any input in any order, and settles every request once", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyClientInput, fc.nat({ max: 3_000 })), { maxLength: 40 }),
      (inputs) => {
        const machine = createClientMachine();
        let now = 0;
        let asked = 0;
        const settled: number[] = [];
        for (const [input, ms] of inputs) {
          now += ms;
          const numbered = input.kind === "ask" ? { ...input, id: asked++ } : input;
          const step = machine.receive(numbered, now);
          settled.push(...step.settled.map(({ id }) => id));
          for (const text of step.send) expect(() => JSON.parse(text)).not.toThrow();
        }
        settled.push(...machine.receive({ kind: "stop" }, now + 1).settled.map(({ id }) => id));
        // A machine that never started, too, ends what was asked of it.
        expect(settled.sort((a, b) => a - b)).toEqual(Array.from({ length: asked }, (_, i) => i));
        expect(machine.receive({ kind: "due" }, now + 1e9).wakeAt).toBeUndefined();
      },
    ),
    { numRuns: 1_000 },
  );
});

test("the simulated service takes any input in any order", () => {
  const anyServiceInput: fc.Arbitrary<ServiceInput> = fc.oneof(
    fc.constantFrom<ServiceInput>(
      { kind: "connected", client: 1 },
      { kind: "gone", client: 1 },
      { kind: "lay", document: specimenPassport() },
      { kind: "take-away" },
      { kind: "unplug" },
      { kind: "plug" },
      { kind: "restart", announced: true },
      { kind: "due" },
    ),
    anyFrame.map((frame): ServiceInput => ({ kind: "frame", client: 1, frame })),
  );
  fc.assert(
    fc.property(fc.array(anyServiceInput, { maxLength: 40 }), (inputs) => {
      const machine = createServiceMachine({ readMs: 10, imagesMs: 10 });
      inputs.forEach((input, index) => {
        for (const { text } of machine.receive(input, index * 7).send) JSON.parse(text);
      });
    }),
  );
});
