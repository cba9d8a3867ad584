import { begin, keyOf } from "./begin.js";
import { fail, idle, know, put, type StoryTerms } from "./changes.js";
import { compareFields } from "./compare.js";
import type { Outcome, Story, StoryStep } from "./story.js";

/** What came back of an effect; what comes of an attempt that is over is nobody's. */
export const settle = (
  story: Story,
  before: Story,
  attempt: number,
  outcome: Outcome,
  terms: StoryTerms,
): StoryStep => {
  const running = before.steps[outcome.step];
  if (running.state !== "running" || running.attempt !== attempt) return idle(before);
  const ms = terms.now - running.since;
  if ("failure" in outcome) {
    const { failure, facts, known = {} } = outcome;
    const failed = fail(know(story, known), outcome.step, failure, ms, facts);
    return idle(known.chip ? compared(failed, terms) : failed);
  }
  const done = put(story, outcome.step, { state: "done", ms });
  switch (outcome.step) {
    case "document": {
      const read = know(done, { page: outcome.page });
      return keyOf(read)
        ? begin(read, "chip", terms.now)
        : idle(fail(read, "document", "MRZ_UNREADABLE", ms));
    }
    case "chip":
      return idle(compared(know(done, { chip: outcome.chip }), terms));
    case "capture":
      return idle(know(done, { capture: outcome.sample }));
    case "enrolment": {
      const enrolled = know(done, { enrolment: { ...outcome.enrolment, removal: "none" } });
      return begin(enrolled, "punch", terms.now);
    }
    case "punch":
      return idle(know(done, { punches: [outcome.punch] }));
  }
};

/** The desk's own step: made at once of what is there. */
export const compared = (story: Story, { today }: StoryTerms): Story => {
  const { page, chip } = story.visitor;
  const comparison = compareFields(
    { printed: page?.printed ?? {}, zone: page?.zone ?? {}, chip: chip?.fields ?? {} },
    today,
  );
  const known = know(story, { comparison });
  const differing = comparison.rows
    .filter(({ agree }) => agree === false)
    .map(({ field }) => field);
  if (differing.length > 0) return fail(known, "comparison", "DOCUMENT_DIFFERS", 0, differing);
  if (comparison.expired) return fail(known, "comparison", "DOCUMENT_EXPIRED");
  return put(known, "comparison", { state: "done", ms: 0 });
};
