import { isFresh, nameOf, STEP_IDS, type Story } from "../story/index.js";
import { type Html, html } from "./html.js";
import type { Messages } from "./messages/index.js";
import { checkNames, comparisonTable } from "./parts/details.js";
import { skipText } from "./parts/step.js";

/** The visit on paper: what was proved, what was not, and who answered for it. */
export const receipt = (words: Messages, story: Story, at: Date): Html => {
  const { visitor } = story;
  if (isFresh(story)) {
    return html`<section class="receipt"><h2>${words.receiptTitle}</h2><p>${words.receiptEmpty}</p></section>`;
  }
  const { chip, override, capture, enrolment, punches } = visitor;
  const line = (name: string, value: Html | string | false | undefined) =>
    value !== undefined && value !== false && html`<dt>${name}</dt><dd>${value}</dd>`;
  return html`<section class="receipt"><h2>${words.receiptTitle}</h2>
<dl>
${line(words.visitor, nameOf(visitor))}
${line(words.receiptAt, `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`)}
${STEP_IDS.map((id) => line(words.steps[id].title, stepLine(words, story, id)))}
${line(words.proved, chip && checkNames(words, chip.proofs))}
${line(words.closerLook, chip && chip.problems.length > 0 && chip.problems.join(", "))}
${line(words.overridden, override?.reason)}
${line(words.modalities[capture?.modality ?? "face"], capture && words.notMatched)}
${line(words.pin, enrolment?.pin)}
${line(words.terminal, enrolment?.terminal)}
${line(words.removed, enrolment?.removal === "removed" && words.remains)}
${punches.map(({ time }) => line(words.punchAt, time))}
</dl>
${comparisonTable(words, visitor)}
<p class="soft">${words.receiptData}</p></section>`;
};

const stepLine = (
  words: Messages,
  { steps, visitor }: Story,
  id: (typeof STEP_IDS)[number],
): string => {
  const step = steps[id];
  const state = words.states[step.state];
  if (step.state === "skipped") return `${state}: ${skipText(words, step.reason)}`;
  if (step.state === "failed") return `${state}: ${words.failures[step.failure.code].reason}`;
  if (id === "chip" && visitor.chip !== undefined) return words.verdicts[visitor.chip.verdict];
  if (id === "capture" && visitor.capture !== undefined)
    return words.verdicts[visitor.capture.verdict];
  return state;
};
