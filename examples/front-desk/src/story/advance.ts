import { compareFields } from "./compare.js";
import { gateOf, mayOverride } from "./gate.js";
import {
  FAILURES,
  type FailureCode,
  type Help,
  STEP_IDS,
  type StepId,
  type StepState,
} from "./steps.js";
import type {
  Effect,
  Enrollee,
  Notice,
  Outcome,
  Refusal,
  Story,
  StoryInput,
  StoryStep,
} from "./story.js";
import type { ChipKey, Visitor } from "./visitor.js";

/** What the story is told of the world. */
export interface StoryTerms {
  /** Milliseconds of a clock that never runs backwards. */
  readonly now: number;
  /** YYMMDD */
  readonly today: string;
  /** After so long without anybody doing anything the visit is forgotten. */
  readonly idleMs: number;
}

/** A visit in which nothing has happened: the desk waits for a document. */
export const openStory = (now: number, before?: Story, notice?: Notice): StoryStep => {
  const pending: StepState = { state: "pending" };
  const steps = Object.fromEntries(STEP_IDS.map((id) => [id, pending])) as Record<
    StepId,
    StepState
  >;
  const story: Story = {
    visit: (before?.visit ?? 0) + 1,
    steps,
    visitor: { punches: [] },
    attempts: before?.attempts ?? 0,
    active: now,
    ...(notice === undefined ? {} : { notice }),
  };
  return begin(story, "document", now);
};

/** Whether anything is known of anybody. */
export const isFresh = ({ steps, visitor }: Story): boolean =>
  visitor.page === undefined &&
  visitor.typedKey === undefined &&
  STEP_IDS.every((id) => id === "document" || steps[id].state === "pending");

/** When time alone changes the story; undefined while it has nothing to forget. */
export const forgetsAt = (story: Story, idleMs: number): number | undefined =>
  isFresh(story) || story.steps.enrolment.state === "running" ? undefined : story.active + idleMs;

/** One thing happens; the story that follows, and what is to be done. Nothing is changed in place. */
export const advance = (story: Story, input: StoryInput, terms: StoryTerms): StoryStep => {
  const { now } = terms;
  if (input.input === "tick") {
    const forget = forgetsAt(story, terms.idleMs);
    return forget === undefined || now < forget ? idle(story) : leave(story, now, "IDLE");
  }
  const active: Story = { ...story, active: now };
  switch (input.input) {
    case "outcome":
      return settle(active, story, input.attempt, input.outcome, terms);
    case "punched":
      return hasPunch(story, input.punch.id) || story.visitor.enrolment?.pin !== input.pin
        ? idle(story)
        : idle(know(active, { punches: [...story.visitor.punches, input.punch] }));
    case "removed":
      return story.visitor.enrolment?.pin === input.pin
        ? idle(withRemoval(active, input.ok ? "removed" : "failed"))
        : idle(story);
    case "start":
      return start(active, input.step, now);
    case "retry":
      return retry(active, input.step, now);
    case "skip":
      return skip(active, input.step, input.reason, terms);
    case "type-key":
      return typeKey(active, input.key, now);
    case "override":
      return override(active, input.reason);
    case "remove":
      return remove(active);
    case "stay":
      return idle(active);
    case "cancel":
      return leave(story, now, isFresh(story) ? undefined : "CANCELLED");
    case "next-visitor":
      return story.steps.enrolment.state === "running"
        ? refuse(story, "NOT_NOW")
        : leave(story, now, undefined);
  }
};

const idle = (story: Story): StoryStep => ({ story, effects: [] });
const refuse = (story: Story, refused: Refusal): StoryStep => ({ story, effects: [], refused });

const put = (story: Story, step: StepId, state: StepState): Story => ({
  ...story,
  steps: { ...story.steps, [step]: state },
});
const know = (story: Story, more: Partial<Visitor>): Story => ({
  ...story,
  visitor: { ...story.visitor, ...more },
});
const hasPunch = ({ visitor }: Story, id: string): boolean =>
  visitor.punches.some((punch) => punch.id === id);

/** Everything is forgotten; what runs is ended, and what that leaves open is said. */
const leave = (story: Story, now: number, notice: Notice | undefined): StoryStep => {
  const uncertain = story.steps.enrolment.state === "running";
  const fresh = openStory(now, story, uncertain ? "ENROLMENT_UNCERTAIN" : notice);
  return { ...fresh, effects: [{ effect: "abort" }, ...fresh.effects] };
};

/** A step begins to run, with the effect that makes it. */
const begin = (story: Story, step: StepId, now: number): StoryStep => {
  const attempt = story.attempts + 1;
  const running = put({ ...story, attempts: attempt }, step, {
    state: "running",
    attempt,
    since: now,
  });
  return { story: running, effects: [effectOf(running, step, attempt)] };
};

const effectOf = (story: Story, step: StepId, attempt: number): Effect => {
  switch (step) {
    case "document":
      return { effect: "read-page", attempt };
    case "chip":
      return { effect: "read-chip", attempt, key: keyOf(story)! };
    case "capture":
      return { effect: "capture", attempt };
    case "enrolment":
      return { effect: "enrol", attempt, person: enrolleeOf(story.visitor) };
    case "punch":
      return { effect: "await-punch", attempt, pin: story.visitor.enrolment!.pin };
    case "comparison":
      throw new Error("expected a step that is done outside, found the comparison");
  }
};

/** What was typed comes before what was read: it was typed because of it. */
export const keyOf = ({ visitor }: Story): ChipKey | undefined => {
  if (visitor.typedKey) return visitor.typedKey;
  const { documentNumber, dateOfBirth, dateOfExpiry } = visitor.page?.zone ?? {};
  return documentNumber !== undefined && dateOfBirth !== undefined && dateOfExpiry !== undefined
    ? { documentNumber, dateOfBirth, dateOfExpiry }
    : undefined;
};

/** The chip's word comes before the zone's. */
export const nameOf = ({ chip, page }: Visitor): string => {
  const { surname = "", givenNames = "" } = chip?.fields.surname ? chip.fields : (page?.zone ?? {});
  return `${surname} ${givenNames}`.trim();
};

const enrolleeOf = (visitor: Visitor): Enrollee => {
  const fields = visitor.chip?.fields.documentNumber ? visitor.chip.fields : visitor.page?.zone;
  const typed =
    visitor.typedKey && "documentNumber" in visitor.typedKey ? visitor.typedKey : undefined;
  const { issuer = "", documentNumber = typed?.documentNumber ?? "" } = fields ?? {};
  const birth = fields?.dateOfBirth ?? typed?.dateOfBirth ?? "";
  return { name: nameOf(visitor), identity: [issuer, documentNumber, birth].join("|") };
};

const settle = (
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

const fail = (
  story: Story,
  step: StepId,
  code: FailureCode,
  ms = 0,
  facts: readonly string[] = [],
): Story => put(story, step, { state: "failed", ms, failure: { code, facts } });

/** The desk's own step: made at once of what is there. */
const compared = (story: Story, { today }: StoryTerms): Story => {
  const { page, chip } = story.visitor;
  const comparison = compareFields(
    { printed: page?.printed ?? {}, zone: page?.zone ?? {}, chip: chip?.fields ?? {} },
    today,
  );
  const known = know(story, { comparison });
  const differing = comparison.rows.filter(({ agree }) => !agree).map(({ field }) => field);
  if (differing.length > 0) return fail(known, "comparison", "DOCUMENT_DIFFERS", 0, differing);
  if (comparison.expired) return fail(known, "comparison", "DOCUMENT_EXPIRED");
  return put(known, "comparison", { state: "done", ms: 0 });
};

const start = (story: Story, step: "capture" | "enrolment", now: number): StoryStep => {
  if (story.steps[step].state !== "pending") return refuse(story, "NOT_NOW");
  if (gateOf(story) === "locked") return refuse(story, "LOCKED");
  if (step === "enrolment" && !isSettled(story.steps.capture)) return refuse(story, "NOT_NOW");
  return begin(story, step, now);
};

const isSettled = ({ state }: StepState): boolean => state === "done" || state === "skipped";

const retry = (story: Story, step: StepId, now: number): StoryStep => {
  const at = story.steps[step];
  if (at.state !== "failed" || !helps(at.failure.code, "retry")) return refuse(story, "NOT_NOW");
  if (step === "capture" || step === "enrolment") {
    if (gateOf(story) === "locked") return refuse(story, "LOCKED");
  }
  if (step === "document") {
    const { page: _, typedKey: __, ...visitor } = story.visitor;
    return begin({ ...story, visitor }, step, now);
  }
  if (step === "chip") return begin(unproved(story), step, now);
  return begin(story, step, now);
};

const helps = (code: FailureCode, help: Help): boolean =>
  (FAILURES[code].helps as readonly Help[]).includes(help);

/** Before the chip is read again nothing of it is known, and nobody has answered for it. */
const unproved = (story: Story): Story => {
  const { chip: _, comparison: __, override: ___, ...visitor } = story.visitor;
  const pending: StepState = { state: "pending" };
  return put(put({ ...story, visitor }, "comparison", pending), "chip", pending);
};

const skip = (story: Story, step: StepId, reason: string, terms: StoryTerms): StoryStep => {
  const at = story.steps[step];
  const waiting = step === "capture" && at.state === "pending" && gateOf(story) === "open";
  const failed = at.state === "failed" && helps(at.failure.code, "skip");
  if (!waiting && !failed) return refuse(story, "NOT_NOW");
  const text = reasonOf(reason);
  if (text === undefined) return refuse(story, "REASON_NEEDED");
  const skipped = put(story, step, { state: "skipped", reason: { text } });
  return idle(step === "chip" ? compared(skipped, terms) : skipped);
};

/** Longest reason that is kept. */
const REASON_LENGTH = 200;

const reasonOf = (text: string): string | undefined => {
  const plain = text.replace(/\s+/g, " ").trim().slice(0, REASON_LENGTH);
  return plain.length < 3 ? undefined : plain;
};

const typeKey = (story: Story, key: ChipKey, now: number): StoryStep => {
  const { document, chip } = story.steps;
  const wrongKey = chip.state === "failed" && helps(chip.failure.code, "type-key");
  const early =
    chip.state === "pending" && (document.state === "failed" || document.state === "running");
  if (!wrongKey && !early) return refuse(story, "NOT_NOW");
  const known = know(story, { typedKey: key });
  if (!early) return begin(known, "chip", now);
  const typed = put(known, "document", { state: "skipped", reason: { code: "KEY_TYPED" } });
  const begun = begin(typed, "chip", now);
  return { ...begun, effects: [{ effect: "abort" }, ...begun.effects] };
};

const override = (story: Story, reason: string): StoryStep => {
  if (!mayOverride(story)) return refuse(story, "NOT_NOW");
  const text = reasonOf(reason);
  return text === undefined
    ? refuse(story, "REASON_NEEDED")
    : idle(know(story, { override: { reason: text } }));
};

const remove = (story: Story): StoryStep => {
  const { enrolment } = story.visitor;
  if (!enrolment || enrolment.removal === "running" || enrolment.removal === "removed") {
    return refuse(story, "NOT_NOW");
  }
  const removing = withRemoval(story, "running");
  const removal: Effect = { effect: "remove", pin: enrolment.pin };
  return story.steps.punch.state === "running"
    ? {
        story: put(removing, "punch", { state: "skipped", reason: { code: "REMOVED" } }),
        effects: [{ effect: "abort" }, removal],
      }
    : { story: removing, effects: [removal] };
};

const withRemoval = (story: Story, removal: "running" | "removed" | "failed"): Story =>
  story.visitor.enrolment
    ? know(story, { enrolment: { ...story.visitor.enrolment, removal } })
    : story;
