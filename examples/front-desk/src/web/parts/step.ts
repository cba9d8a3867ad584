import {
  FAILURES,
  gateOf,
  type Help,
  mayOverride,
  type SkipReason,
  type StepId,
  type Story,
} from "../../story/index.js";
import { type Html, html } from "../html.js";
import type { Messages } from "../messages/index.js";
import type { ViewContext } from "../view.js";
import { detailsOf } from "./details.js";
import { button, hidden, reasonForm } from "./forms.js";

/** A step: where it stands, why, what it found, and what can be done about it. */
export const stepPart = (context: ViewContext, id: StepId, number: number): Html => {
  const { words, story } = context;
  const step = story.steps[id];
  const texts = words.steps[id];
  return html`<h3 id="title-${id}"><span class="number" aria-hidden="true">${number}</span> ${texts.title}
<span class="state ${step.state}">${words.states[step.state]}</span></h3>
${step.state === "pending" && waits(story, id) && html`<p class="soft">${texts.waits}</p>`}
${step.state === "running" && html`<p>${texts.runs}</p>`}
${step.state === "skipped" && html`<p>${words.skipped}: ${skipText(words, step.reason)}</p>`}
${step.state === "failed" && html`<p class="problem">${words.failures[step.failure.code].reason}</p>`}
${step.state === "failed" && closerLook(words, step.failure.facts)}
${detailsOf(context, id)}
${helpsOf(context, id)}`;
};

/** Whether something else has to come first. */
const waits = (story: Story, id: StepId): boolean => {
  if (id !== "capture" && id !== "enrolment") return true;
  const { state } = story.steps.capture;
  const isNext = id === "capture" || state === "done" || state === "skipped";
  return gateOf(story) === "locked" || !isNext;
};

export const skipText = (words: Messages, reason: SkipReason): string =>
  "text" in reason ? reason.text : words.skipReasons[reason.code];

const closerLook = (words: Messages, facts: readonly string[]): Html | false =>
  facts.length > 0 &&
  html`<details><summary>${words.closerLook}</summary><code>${facts.join(", ")}</code></details>`;

const helpsOf = (context: ViewContext, id: StepId): Html | false => {
  const { words, story, csrf } = context;
  const { actions } = words;
  const step = story.steps[id];
  const helps: readonly Help[] = step.state === "failed" ? FAILURES[step.failure.code].helps : [];
  const overridable = mayOverride(story) && id === overrideAt(story);
  const skippable =
    helps.includes("skip") ||
    (id === "capture" && step.state === "pending" && gateOf(story) === "open");
  const parts = [
    helps.includes("retry") &&
      mayRetry(story, id) &&
      button(csrf, { input: "retry", step: id, label: actions.retry }),
    helps.includes("type-key") && keyForm(context),
    id === "document" && step.state === "running" && keyForm(context),
    skippable &&
      reasonForm(csrf, { input: "skip", step: id, ask: actions.skipReason, label: actions.skip }),
    overridable &&
      reasonForm(csrf, {
        input: "override",
        ask: actions.overrideReason,
        label: actions.override,
        hint: actions.overrideMeans,
      }),
  ].filter((part) => part !== false);
  return parts.length > 0 && html`<div class="helps">${parts}</div>`;
};

/** A chip is not read again once somebody is enrolled by what it said. */
const mayRetry = (story: Story, id: StepId): boolean =>
  id !== "chip" || story.steps.enrolment.state === "pending";

/** Beside the step that stands in the way. */
const overrideAt = ({ steps }: Story): StepId =>
  steps.chip.state === "done" ? "comparison" : "chip";

const keyForm = ({ words, csrf }: ViewContext): Html => {
  const { actions } = words;
  const date = (
    name: string,
    label: string,
  ) => html`<label for="key-${name}">${label} <small>${actions.dateHint}</small></label>
<input id="key-${name}" name="${name}" inputmode="numeric" pattern="[0-9]{6}" maxlength="6" autocomplete="off">`;
  return html`<details class="key"><summary>${actions.typeKey}</summary>
<form method="post" action="/act" class="fields">${hidden(csrf, "type-key")}
<label for="key-number">${actions.documentNumber}</label>
<input id="key-number" name="documentNumber" maxlength="22" autocomplete="off" autocapitalize="characters">
${date("dateOfBirth", actions.dateOfBirth)}
${date("dateOfExpiry", actions.dateOfExpiry)}
<button id="type-key">${actions.openWithKey}</button></form>
<form method="post" action="/act" class="fields">${hidden(csrf, "type-key")}
<label for="key-can">${actions.can}</label>
<input id="key-can" name="can" inputmode="numeric" pattern="[0-9]{6,10}" maxlength="10" autocomplete="off">
<button id="type-can">${actions.openWithCan}</button></form></details>`;
};
