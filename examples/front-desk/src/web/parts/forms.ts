import type { StepId } from "../../story/index.js";
import { type Html, html } from "../html.js";

/** What every form carries: proof that it is of this page, and what it asks for. */
export const hidden = (csrf: string, input: string, step?: StepId): Html => html`
<input type="hidden" name="csrf" value="${csrf}">
<input type="hidden" name="input" value="${input}">
${step !== undefined && html`<input type="hidden" name="step" value="${step}">`}`;

/** A form of one button. */
export const button = (
  csrf: string,
  {
    input,
    step,
    label,
    main = false,
  }: { input: string; step?: StepId; label: string; main?: boolean },
): Html => html`<form method="post" action="/act">${hidden(csrf, input, step)}
<button id="${step === undefined ? input : `${input}-${step}`}" class="${main && "main"}">${label}</button></form>`;

/** A form that asks for a reason. */
export const reasonForm = (
  csrf: string,
  {
    input,
    step,
    ask,
    label,
    hint,
  }: { input: string; step?: StepId; ask: string; label: string; hint?: string },
): Html => {
  const id = `${input}-${step ?? "visit"}`;
  return html`<form method="post" action="/act" class="reason">${hidden(csrf, input, step)}
<label for="${id}-reason">${ask}</label>
<input id="${id}-reason" name="reason" required minlength="3" maxlength="200" autocomplete="off"${
    hint !== undefined && html` aria-describedby="${id}-hint"`
  }>
<button id="${id}">${label}</button>
${hint !== undefined && html`<small id="${id}-hint">${hint}</small>`}</form>`;
};
