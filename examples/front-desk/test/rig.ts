import {
  advance,
  type Effect,
  type Outcome,
  openStory,
  type ProvedChip,
  type Refusal,
  type Story,
  type StoryInput,
} from "../src/story/index.js";

export const FIELDS = {
  documentNumber: "L898902C3",
  surname: "ERIKSSON",
  givenNames: "ANNA MARIA",
  nationality: "UTO",
  issuer: "UTO",
  sex: "F",
  dateOfBirth: "740812",
  dateOfExpiry: "340415",
} as const;

export const KEY = { documentNumber: "L898902C3", dateOfBirth: "740812", dateOfExpiry: "340415" };

export const PAGE = { zone: FIELDS, printed: { ...FIELDS }, opticalFindings: [] };

export const CHIP: ProvedChip = {
  verdict: "authentic",
  proofs: ["sod-signature"],
  problems: [],
  fields: FIELDS,
  keyId: "docval",
};

export const SAMPLE = { modality: "face", verdict: "authentic", checks: [] } as const;
export const IDLE_MS = 120_000;

/** A story that is played by hand: what was to be done is collected. */
export const play = (idleMs = IDLE_MS) => {
  let now = 0;
  const first = openStory(now);
  let { story }: { story: Story } = first;
  const effects: Effect[] = [...first.effects];
  const give = (input: StoryInput): Refusal | undefined => {
    const step = advance(story, input, { now, today: "261122", idleMs });
    ({ story } = step);
    effects.push(...step.effects);
    return step.refused;
  };
  return {
    effects,
    give,
    get story() {
      return story;
    },
    pass(ms: number) {
      now += ms;
      return give({ input: "tick" });
    },
    /** Answers the step that runs. */
    answer(outcome: Outcome) {
      const at = story.steps[outcome.step];
      if (at.state !== "running")
        throw new Error(`expected ${outcome.step} to run, found ${at.state}`);
      return give({ input: "outcome", attempt: at.attempt, outcome });
    },
    commands: () => effects.filter(({ effect }) => effect === "enrol").length,
    states: () =>
      Object.fromEntries(Object.entries(story.steps).map(([id, { state }]) => [id, state])),
  };
};
export type Play = ReturnType<typeof play>;

export const readDocument = (story: Play): void => {
  story.answer({ step: "document", page: PAGE });
};
export const proveChip = (story: Play, chip: ProvedChip = CHIP): void => {
  readDocument(story);
  story.answer({ step: "chip", chip });
};
