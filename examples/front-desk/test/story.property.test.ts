import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  FAILURES,
  type FailureCode,
  gateOf,
  type Outcome,
  STEP_IDS,
  type StoryInput,
} from "../src/story/index.js";
import { CHIP, PAGE, play, SAMPLE } from "./rig.js";

const anyStep = fc.constantFrom(...STEP_IDS);
const anyFailure = fc.constantFrom(...(Object.keys(FAILURES) as FailureCode[]));
const anyVerdict = fc.constantFrom("authentic", "not-authentic", "undetermined" as const);
const anyReason = fc.constantFrom("", "known to the desk");

const good: Record<(typeof STEP_IDS)[number], Outcome | undefined> = {
  document: { step: "document", page: PAGE },
  chip: { step: "chip", chip: CHIP },
  comparison: undefined,
  capture: { step: "capture", sample: SAMPLE },
  enrolment: { step: "enrolment", enrolment: { pin: "1", terminal: "T", returning: false } },
  punch: { step: "punch", punch: { id: "1", time: "", verify: null } },
};

type Move =
  | { readonly person: StoryInput }
  | { readonly well: true }
  | { readonly badly: FailureCode; readonly verdict: (typeof CHIP)["verdict"] }
  | { readonly wait: number };

const anyMove: fc.Arbitrary<Move> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ well: true } as const) },
  fc.record({ badly: anyFailure, verdict: anyVerdict }),
  fc.record({ wait: fc.integer({ min: 0, max: 200_000 }) }),
  {
    weight: 4,
    arbitrary: fc
      .oneof(
        fc.record({
          input: fc.constant("start" as const),
          step: fc.constantFrom("capture", "enrolment"),
        }),
        fc.record({ input: fc.constant("retry" as const), step: anyStep }),
        fc.record({ input: fc.constant("skip" as const), step: anyStep, reason: anyReason }),
        fc.record({ input: fc.constant("override" as const), reason: anyReason }),
        fc.constantFrom({ input: "cancel" }, { input: "next-visitor" }, { input: "remove" }),
        fc.constant({ input: "type-key", key: { can: "123456" } } as const),
      )
      .map((person) => ({ person: person as StoryInput })),
  },
);

describe("whatever happens in whatever order", () => {
  test("an enrol command leaves only through an open gate, and one thing runs at a time", () => {
    fc.assert(
      fc.property(fc.array(anyMove, { maxLength: 40 }), (moves) => {
        const visit = play();
        for (const move of moves) {
          const before = visit.story;
          const sent = visit.effects.length;
          const running = STEP_IDS.find((id) => visit.story.steps[id].state === "running");
          if ("person" in move) visit.give(move.person);
          else if ("wait" in move) visit.pass(move.wait);
          else if (running !== undefined) {
            const bad = "badly" in move && FAILURES[move.badly].step === running;
            const chip = bad && running === "chip" ? { ...CHIP, verdict: move.verdict } : undefined;
            const failure = bad && {
              step: running,
              failure: move.badly,
              ...(chip ? { known: { chip } } : {}),
            };
            visit.answer(failure || good[running]!);
          }
          const now = visit.effects.slice(sent);
          if (now.some(({ effect }) => effect === "enrol")) {
            expect(gateOf(before)).toBe("open");
            const { chip, override } = before.visitor;
            const trusted = before.steps.chip.state === "done" && chip?.verdict === "authentic";
            expect(trusted || override !== undefined).toBe(true);
          }
          const alive = STEP_IDS.filter((id) => visit.story.steps[id].state === "running");
          expect(alive.length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
