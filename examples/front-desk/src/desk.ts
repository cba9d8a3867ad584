import type { CaptureSample } from "./stations/biometric-capture.js";
import type { ProveChip } from "./stations/chip-prover.js";
import type { PageReader } from "./stations/page-reader.js";
import type { TimeClock } from "./stations/time-clock.js";
import {
  advance,
  type Effect,
  forgetsAt,
  type Outcome,
  openStory,
  type PersonInput,
  type Refusal,
  type Story,
  type StoryInput,
} from "./story/index.js";

/** Everything that the desk works with. */
export interface Stations {
  readonly page: PageReader;
  readonly chip: ProveChip;
  readonly capture: CaptureSample;
  readonly clock: TimeClock;
}

export interface DeskOptions {
  readonly stations: Stations;
  /** After so long without anybody doing anything the visit is forgotten; default two minutes. */
  readonly idleMs?: number;
  /** Told what should not have happened; never of a person. */
  readonly warn: (text: string) => void;
}

/** The desk: one story at a time, shown to everybody who looks. */
export interface Desk {
  readonly story: Story;
  /** Milliseconds until the visit is forgotten; null while there is nothing to forget. */
  readonly forgetsInMs: number | null;
  /** Does what a person wants. @returns why it cannot be done now, where it cannot. */
  act(input: PersonInput): Refusal | undefined;
  /** Hears of every change. */
  onChange(listener: (story: Story) => void): () => void;
  close(): void;
}

const IDLE_MS = 120_000;

/** Runs stories against the stations: effects go out, what comes of them goes back in. */
export const openDesk = ({ stations, idleMs = IDLE_MS, warn }: DeskOptions): Desk => {
  const listeners = new Set<(story: Story) => void>();
  const now = () => performance.now();
  let running = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let story: Story;

  const give = (input: StoryInput): Refusal | undefined => {
    if (closed) return "NOT_NOW";
    return follow(advance(story, input, { now: now(), today: today(), idleMs }));
  };
  const follow = (step: ReturnType<typeof advance>): Refusal | undefined => {
    story = step.story;
    for (const effect of step.effects) start(effect);
    const forget = forgetsAt(story, idleMs);
    clearTimeout(timer);
    if (forget !== undefined) timer = setTimeout(() => give({ input: "tick" }), forget - now() + 1);
    for (const listener of [...listeners]) listener(story);
    return step.refused;
  };
  const start = (effect: Effect): void => {
    if (effect.effect === "abort") {
      running.abort();
      running = new AbortController();
    } else if (effect.effect === "remove") {
      const { pin } = effect;
      void stations.clock.remove(pin).then((ok) => give({ input: "removed", pin, ok }));
    } else {
      const { signal } = running;
      work(effect, signal).then(
        (outcome) => void give({ input: "outcome", attempt: effect.attempt, outcome }),
        (error: unknown) => {
          if (signal.aborted) return;
          warn(`${effect.effect}: ${error instanceof Error ? error.name : "unknown error"}`);
          give({ input: "outcome", attempt: effect.attempt, outcome: BROKEN[effect.effect] });
        },
      );
    }
  };
  const work = (
    effect: Exclude<Effect, { effect: "abort" | "remove" }>,
    signal: AbortSignal,
  ): Promise<Outcome> => {
    switch (effect.effect) {
      case "read-page":
        return stations.page.read(signal);
      case "read-chip":
        return stations.chip(effect.key, signal);
      case "capture":
        return stations.capture(signal);
      case "enrol":
        return stations.clock.enrol(effect.person, signal);
      case "await-punch":
        return stations.clock.awaitPunch(effect.pin, signal);
    }
  };

  const stopPunches = stations.clock.onPunch(
    (pin, punch) => void give({ input: "punched", pin, punch }),
  );
  const first = openStory(now());
  story = first.story;
  follow(first);
  return {
    get story() {
      return story;
    },
    get forgetsInMs() {
      const at = forgetsAt(story, idleMs);
      return at === undefined ? null : Math.max(0, Math.round(at - now()));
    },
    act: give,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      closed = true;
      clearTimeout(timer);
      stopPunches();
      listeners.clear();
      running.abort();
    },
  };
};

/** What a station that broke is to its step: it can be tried again. */
const BROKEN: Readonly<Record<Exclude<Effect["effect"], "abort" | "remove">, Outcome>> = {
  "read-page": { step: "document", failure: "READER_AWAY" },
  "read-chip": { step: "chip", failure: "CHIP_LOST" },
  capture: { step: "capture", failure: "CAPTURE_REFUSED" },
  enrol: { step: "enrolment", failure: "CLOCK_SILENT" },
  "await-punch": { step: "punch", failure: "PUNCH_UNHEARD" },
};

/** YYMMDD, in UTC, as documents count their days. */
const today = (): string => new Date().toISOString().slice(2, 10).replace(/-/g, "");
