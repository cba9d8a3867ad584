import { EXIT, type ExitCode, type Output } from "@org/command";
import type { PlayedStep } from "./play.js";
import type { FailureCode, Story } from "./story/index.js";

/** A row as a person reads it. */
export const stepText = (
  { step, protocol, status, proved, ms }: PlayedStep,
  output: Output,
): string => {
  const colour = { passed: "green", failed: "red", skipped: "yellow" } as const;
  return `${output.style(colour[status], status.padEnd(7))} ${step} (${protocol}, ${ms} ms)\n        ${proved}`;
};

/** Failures that mean that a station did not answer. */
const UNREACHED: ReadonlySet<FailureCode> = new Set<FailureCode>([
  "READER_AWAY",
  "READER_UNPLUGGED",
  "NO_CHIP",
  "DOCVAL_AWAY",
  "MDS_AWAY",
  "CLOCK_AWAY",
  "CLOCK_OFFLINE",
  "CLOCK_SILENT",
]);

/** 0 when every step held, 3 when a station was not reached, else 1. */
export const exitOf = (rows: readonly PlayedStep[], { steps }: Story): ExitCode => {
  if (rows.every(({ status }) => status === "passed")) return EXIT.yes;
  const unreached = Object.values(steps).some(
    (step) => step.state === "failed" && UNREACHED.has(step.failure.code),
  );
  return unreached ? EXIT.unreachable : EXIT.no;
};
