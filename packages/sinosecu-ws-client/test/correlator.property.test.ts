import fc from "fast-check";
import { expect, test } from "vitest";
import { createCorrelator } from "../src/client/correlator.js";
import {
  ask,
  DeviceName,
  DeviceSerialNo,
  decodeClientMessage,
  type Question,
  VersionInfo,
} from "../src/index.js";

const TIMEOUT = 1_000;
const GRACE = 1_000;
const KINDS = [DeviceName, DeviceSerialNo, VersionInfo] as const;

/** What happens next: a request of some kinds, a pause, or the fate of the oldest question at the service. */
type Move =
  | { readonly do: "ask"; readonly kinds: readonly number[] }
  | { readonly do: "wait"; readonly ms: number }
  | { readonly do: "answer" | "lose" };

const anyMove: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    do: fc.constant("ask" as const),
    kinds: fc.uniqueArray(fc.nat({ max: KINDS.length - 1 }), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 0, max: 900 }) }),
  fc.record({ do: fc.constantFrom("answer" as const, "answer" as const, "lose" as const) }),
);

test("an answer reaches the very question that it was given to, however late, and every request ends", () => {
  fc.assert(
    fc.property(fc.array(anyMove, { maxLength: 60 }), (moves) => {
      const correlator = createCorrelator({ graceMs: GRACE });
      /** Questions that reached the service, oldest first, each with a number of its own. */
      const atService: { operand: string; number: number; sentAt: number }[] = [];
      /** The number that each question of a request has at the service. */
      const numberOf = new Map<string, number>();
      const unsent = new Map<string, number[]>();
      const asked = new Map<number, readonly Question[]>();
      const outcomes = new Map<number, readonly { ok: boolean; result?: unknown }[]>();
      let now = 0;
      let numbers = 0;

      const step = (): void => {
        const { send, settled } = correlator.step(now, true);
        for (const { id, outcomes: told } of settled) {
          expect(outcomes.has(id)).toBe(false);
          outcomes.set(id, told);
        }
        for (const text of send) {
          const message = decodeClientMessage(text);
          if (message.kind !== "questions") throw new Error("expected questions");
          for (const { item } of message.questions) {
            numbers += 1;
            atService.push({ operand: item.operand, number: numbers, sentAt: now });
            // Of one kind they are sent in the order of asking, but for those given up before.
            const waiting = unsent.get(item.operand)!.filter((id) => !outcomes.has(id));
            numberOf.set(`${waiting[0]} ${item.operand}`, numbers);
            unsent.set(item.operand, waiting.slice(1));
          }
        }
      };

      moves.forEach((move, id) => {
        if (move.do === "ask") {
          const questions = move.kinds.map((kind) => ask(KINDS[kind]!));
          asked.set(id, questions);
          for (const { exchange } of questions) {
            unsent.set(exchange.operand, [...(unsent.get(exchange.operand) ?? []), id]);
          }
          correlator.add(id, questions, now, TIMEOUT);
        } else if (move.do === "wait") {
          now += move.ms;
        } else {
          const oldest = atService.shift();
          // The service is slow, but not slower than the time and the grace together.
          if (oldest && move.do === "answer" && now - oldest.sentAt < TIMEOUT + GRACE) {
            const { operand, number } = oldest;
            const item = { command: "Get", operand, succeeded: true, result: String(number) };
            correlator.receive([item], now);
          }
        }
        step();
      });
      for (let i = 0; i < 200; i++) {
        now += TIMEOUT;
        step();
      }

      expect([...outcomes.keys()].sort((a, b) => a - b)).toEqual([...asked.keys()]);
      for (const [id, questions] of asked) {
        questions.forEach(({ exchange }, index) => {
          const outcome = outcomes.get(id)![index]!;
          if (outcome.ok)
            expect(outcome.result).toBe(String(numberOf.get(`${id} ${exchange.operand}`)));
        });
      }
    }),
    { numRuns: 500 },
  );
});
