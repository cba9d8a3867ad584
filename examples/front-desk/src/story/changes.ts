import type { FailureCode, StepId, StepState } from "./steps.js";
import type { Refusal, Story, StoryStep } from "./story.js";
import type { Visitor } from "./visitor.js";

/** What the story is told of the world. */
export interface StoryTerms {
  /** Milliseconds of a clock that never runs backwards. */
  readonly now: number;
  /** YYMMDD */
  readonly today: string;
  /** After so long without anybody doing anything the visit is forgotten. */
  readonly idleMs: number;
}

/** Nothing is to be done. */
export const idle = (story: Story): StoryStep => ({ story, effects: [] });
export const refuse = (story: Story, refused: Refusal): StoryStep => ({
  story,
  effects: [],
  refused,
});

export const put = (story: Story, step: StepId, state: StepState): Story => ({
  ...story,
  steps: { ...story.steps, [step]: state },
});
export const know = (story: Story, more: Partial<Visitor>): Story => ({
  ...story,
  visitor: { ...story.visitor, ...more },
});
export const hasPunch = ({ visitor }: Story, id: string): boolean =>
  visitor.punches.some((punch) => punch.id === id);

export const fail = (
  story: Story,
  step: StepId,
  code: FailureCode,
  ms = 0,
  facts: readonly string[] = [],
): Story => put(story, step, { state: "failed", ms, failure: { code, facts } });
