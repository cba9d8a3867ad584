import type { World } from "../simulate/world.js";
import { nameOf, STEP_IDS, type Story } from "../story/index.js";
import { type Html, html } from "./html.js";
import type { Messages } from "./messages/index.js";
import { hidden } from "./parts/forms.js";
import { nextPart } from "./parts/next.js";
import { peoplePart } from "./parts/people.js";
import { simulatorPart } from "./parts/simulator.js";
import { stepPart } from "./parts/step.js";

/** What a part is drawn from. */
export interface ViewContext {
  readonly words: Messages;
  readonly story: Story;
  readonly csrf: string;
  readonly world: World;
  /** Whether a chip can be laid down here. */
  readonly hasSimulatedChip: boolean;
}

/** A part of the page: drawn again by itself when it changes. */
export interface Part {
  readonly id: string;
  readonly html: Html;
}

/** Every part, in the order of the page. */
export const partsOf = (context: ViewContext): readonly Part[] => [
  { id: "next", html: nextPart(context) },
  ...STEP_IDS.map((step, index) => ({
    id: `step-${step}`,
    html: stepPart(context, step, index + 1),
  })),
  { id: "people", html: peoplePart(context) },
  { id: "ends", html: endsPart(context) },
  { id: "simulator", html: simulatorPart(context) },
];

const endsPart = ({ words, story, csrf }: ViewContext): Html => {
  const { actions } = words;
  const over = story.steps.punch.state === "done" || story.steps.punch.state === "skipped";
  const act = (input: string, label: string, kind = "") => html`<form method="post" action="/act">
${hidden(csrf, input)}<button id="${input}" class="${kind}">${label}</button></form>`;
  return html`<h2 class="sr">${words.visitor}: ${nameOf(story.visitor) || "-"}</h2>
<div class="row">
${act("next-visitor", actions.nextVisitor, over ? "main" : "")}
${act("cancel", actions.cancel)}
<a class="button" id="to-receipt" href="/receipt">${actions.receipt}</a>
</div>`;
};
