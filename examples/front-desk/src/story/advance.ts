import { begin, enrolleeOf, openStory } from "./begin.js";
import { hasPunch, idle, know, put, refuse, type StoryTerms } from "./changes.js";
import { gateOf, mayOverride } from "./gate.js";
import { compared, settle } from "./settle.js";
import {
  FAILURES,
  type FailureCode,
  type Help,
  STEP_IDS,
  type StepId,
  type StepState,
} from "./steps.js";
import type { Effect, Notice, Story, StoryInput, StoryStep } from "./story.js";
import type { ChipKey } from "./visitor.js";

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

/** Everything is forgotten; what runs is ended, and what that leaves open is said. */
const leave = (story: Story, now: number, notice: Notice | undefined): StoryStep => {
  const uncertain = story.steps.enrolment.state === "running";
  const fresh = openStory(now, story, uncertain ? "ENROLMENT_UNCERTAIN" : notice);
  return { ...fresh, effects: [{ effect: "abort" }, ...fresh.effects] };
};

const start = (story: Story, step: "capture" | "enrolment", now: number): StoryStep => {
  if (story.steps[step].state !== "pending") return refuse(story, "NOT_NOW");
  if (gateOf(story) === "locked") return refuse(story, "LOCKED");
  if (step === "enrolment") {
    if (!isSettled(story.steps.capture)) return refuse(story, "NOT_NOW");
    if (enrolleeOf(story.visitor) === undefined) return refuse(story, "NOBODY");
  }
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
