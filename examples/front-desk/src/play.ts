import { startTimeLimit } from "@org/command";
import type { ProfileName } from "@org/emrtd-core/testing";
import type { PageFault } from "./faults.js";
import type { FrontDesk } from "./front-desk.js";
import { gateOf, PROTOCOL_OF, STEP_IDS, type StepId, type Story } from "./story/index.js";

/** One step of a story that was played, as `pnpm demo` shows it. */
export interface PlayedStep {
  readonly step: string;
  readonly protocol: string;
  readonly status: "passed" | "failed" | "skipped";
  readonly proved: string;
  readonly ms: number;
}

export interface PlayOptions {
  readonly visitor?: string;
  /** Absent: the chip is none of the simulated ones. */
  readonly profile?: ProfileName;
  readonly fault?: PageFault;
  readonly signal?: AbortSignal;
  /** Told of each step as it ends. */
  readonly onStep?: (step: PlayedStep) => void;
  /** How long one step may take; default 30,000 ms. */
  readonly stepMs?: number;
}

const NAMES: Readonly<Record<StepId, string>> = {
  document: "a passport is laid on the reader",
  chip: "its chip is read and proved by the DocVal server",
  comparison: "page, zone and chip are compared",
  capture: "a sample is captured",
  enrolment: "the visitor is enrolled on the time clock",
  punch: "the next punch arrives",
};

/**
 * Plays one visit over the sockets of a desk with simulated devices, pressing what a person would press
 * and nothing that is locked.
 */
export const playVisit = async (
  { desk, world, cardPort, enrolCommands }: FrontDesk,
  options: PlayOptions,
): Promise<readonly PlayedStep[]> => {
  const { visitor = "anna", profile, fault, signal, onStep, stepMs = 30_000 } = options;
  const commandsBefore = enrolCommands();
  const rows: PlayedStep[] = [];
  const tell = (row: PlayedStep): void => {
    rows.push(row);
    onStep?.(row);
  };
  const settled = (step: StepId) => untilSettled(desk, step, stepMs, signal);
  desk.act({ input: "cancel" });
  await world.lay(
    { visitor, ...(profile ? { profile } : {}), ...(fault ? { fault } : {}) },
    cardPort,
  );
  for (const step of STEP_IDS) {
    signal?.throwIfAborted();
    const began = performance.now();
    if (step === "capture" || step === "enrolment") desk.act({ input: "start", step });
    if (step === "punch") {
      const { enrolment } = desk.story.visitor;
      if (enrolment) world.clock?.terminal.punch(enrolment.pin);
    }
    const story = await settled(step);
    const known = world.clock?.terminal.people().length ?? 0;
    tell(
      rowOf(step, story, performance.now() - began, {
        sent: enrolCommands() - commandsBefore,
        known,
      }),
    );
  }
  return rows;
};

/** Waits while a step runs, or is about to: what pends and cannot begin is settled. */
const untilSettled = async (
  desk: FrontDesk["desk"],
  step: StepId,
  ms: number,
  signal: AbortSignal | undefined,
): Promise<Story> => {
  const isSettled = (story: Story) =>
    story.steps[step].state !== "running" &&
    !(step === "chip" && story.steps.document.state === "running");
  const limit = startTimeLimit(ms, signal);
  const ended = limit.signal;
  try {
    while (!isSettled(desk.story) && !limit.isOver) {
      ended.throwIfAborted();
      await new Promise<void>((resolve) => {
        const settle = () => {
          stop();
          ended.removeEventListener("abort", settle);
          resolve();
        };
        const stop = desk.onChange(settle);
        ended.addEventListener("abort", settle, { once: true });
      });
    }
    signal?.throwIfAborted();
    return desk.story;
  } finally {
    limit.end();
  }
};

interface Commands {
  readonly sent: number;
  readonly known: number;
}

const rowOf = (id: StepId, story: Story, waited: number, commands: Commands): PlayedStep => {
  const at = story.steps[id];
  const row = { step: NAMES[id], protocol: PROTOCOL_OF[id] };
  const ms = Math.round("ms" in at && at.ms > 0 ? at.ms : waited);
  switch (at.state) {
    case "done":
      return { ...row, status: "passed", proved: provedOf(id, story), ms };
    case "failed":
      return {
        ...row,
        status: "failed",
        proved: `${at.failure.code}${factsOf(at.failure.facts)}`,
        ms,
      };
    case "running":
      return { ...row, status: "failed", proved: "no answer in time", ms };
    case "pending":
    case "skipped":
      return { ...row, status: "skipped", proved: withheld(id, story, commands), ms };
  }
};

const factsOf = (facts: readonly string[]): string =>
  facts.length > 0 ? `: ${facts.join(", ")}` : "";

const withheld = (id: StepId, story: Story, { sent, known }: Commands): string => {
  const why =
    gateOf(story) === "locked"
      ? "locked, since the document was not found authentic"
      : "not begun, since the step before it did not end well";
  return id === "enrolment"
    ? `${why}: ${sent} commands that enrol left the desk, ${known} people are on the clock`
    : why;
};

/** What is known after a step that went well. */
const provedOf = (id: StepId, { visitor }: Story): string => {
  const { page, chip, comparison, capture, enrolment, punches } = visitor;
  switch (id) {
    case "document":
      return `zone read, check digits right, ${Object.keys(page?.printed ?? {}).length} printed fields, ${page?.portrait ? "portrait" : "no portrait"}`;
    case "chip":
      return `${chip?.verdict}, signed by ${chip?.keyId}: ${chip?.proofs.join(", ")}`;
    case "comparison":
      return `${comparison?.rows.filter(({ agree }) => agree).length} fields agree${chip?.portrait && page?.portrait ? ", portraits of chip and page side by side (not matched)" : ""}`;
    case "capture":
      return `${capture?.modality} captured, not matched; ${capture?.verdict}: ${capture?.checks
        .filter((check) => check.endsWith(": passed"))
        .map((check) => check.split(":")[0])
        .join(", ")}`;
    case "enrolment":
      return `acknowledged by terminal ${enrolment?.terminal}`;
    case "punch":
      return `punch of the enrolled PIN at ${punches[0]?.time}`;
  }
};
