import { put } from "./changes.js";
import { STEP_IDS, type StepId, type StepState } from "./steps.js";
import type { Effect, Enrollee, Notice, Story, StoryStep } from "./story.js";
import type { ChipKey, Fields, Visitor } from "./visitor.js";

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

/** A step begins to run, with the effect that makes it. */
export const begin = (story: Story, step: StepId, now: number): StoryStep => {
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
      return { effect: "enrol", attempt, person: enrolleeOf(story.visitor)! };
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

/** Who the visitor is: as the chip says where that is proved, else as the page does. */
const fieldsOf = ({ chip, page }: Visitor): Fields => {
  const read = page?.zone.documentNumber === undefined ? undefined : page.zone;
  return chip?.verdict === "authentic" ? chip.fields : (read ?? chip?.fields ?? {});
};

export const nameOf = (visitor: Visitor): string => {
  const { surname = "", givenNames = "" } = fieldsOf(visitor);
  return `${surname} ${givenNames}`.trim();
};

/** Whom the clock is told of; undefined where nobody knows who it is. */
export const enrolleeOf = (visitor: Visitor): Enrollee | undefined => {
  const { issuer, documentNumber, dateOfBirth } = fieldsOf(visitor);
  const name = nameOf(visitor);
  const known = issuer && documentNumber && dateOfBirth && name;
  return known ? { name, identity: [issuer, documentNumber, dateOfBirth].join("|") } : undefined;
};
