import { type Output, table } from "@org/command";
import type { ContestReport } from "./harness.js";

/** One contest for a person: times, ratios, and whether each promise was kept. */
export const reportText = (report: ContestReport, output: Output): string => {
  const rows = report.results.map(({ contestant, microseconds, ratio }) => [
    `  ${contestant}`,
    timeText(microseconds),
    contestant === report.baseline ? "baseline" : ratioText(ratio),
  ]);
  const budgets = report.budgets.map((budget) => {
    const mark = budget.held ? output.style("green", "pass") : output.style("red", "FAIL");
    const [found, promised] =
      "atMost" in budget
        ? [ratioText(budget.ratio), ratioText(budget.atMost)]
        : [`${budget.msBeyond.toFixed(0)} ms beyond`, `${budget.atMostMsBeyond} ms`];
    return `  ${mark}  ${budget.contestant}: ${found}, promised ${promised} or less`;
  });
  return [output.style("bold", report.title), table(rows), ...budgets, ""].join("\n");
};

const timeText = (microseconds: number): string =>
  microseconds < 1_000
    ? `${microseconds.toFixed(1)} us`
    : `${(microseconds / 1_000).toFixed(2)} ms`;

/** `1.42 x` of the baseline's time; very small ones as the part that they are. */
const ratioText = (ratio: number): string =>
  ratio < 0.1 ? `1/${Math.round(1 / ratio)} x` : `${ratio.toFixed(2)} x`;
