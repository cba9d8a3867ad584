import type { Story } from "./story.js";

/**
 * Whether the way to the time clock is open. It opens when the DocVal server signed `authentic` and page,
 * zone and chip agree, or when somebody gave a reason for going on without.
 */
export const gateOf = ({ steps, visitor }: Story): "open" | "locked" => {
  const proved = steps.chip.state === "done" && visitor.chip?.verdict === "authentic";
  if (proved && steps.comparison.state === "done") return "open";
  return visitor.override === undefined ? "locked" : "open";
};

/** Whether an override is what is missing: all that could be looked at was looked at. */
export const mayOverride = (story: Story): boolean => {
  const { chip, comparison } = story.steps;
  const settled = chip.state !== "pending" && chip.state !== "running";
  return gateOf(story) === "locked" && settled && comparison.state !== "pending";
};
