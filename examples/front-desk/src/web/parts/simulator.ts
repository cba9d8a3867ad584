import { PAGE_FAULTS, WORLD_FAULTS } from "../../faults.js";
import { PROFILE_NAMES } from "../../simulate/profile-names.js";
import { VISITORS } from "../../simulate/visitors.js";
import { type Html, html } from "../html.js";
import type { ViewContext } from "../view.js";

/** Hands for devices that are not there: nothing of this is on the page of a real desk. */
export const simulatorPart = (context: ViewContext): Html => {
  const { words, world, csrf, story } = context;
  const { simulator } = words;
  if (!world.reader && !world.device && !world.clock) return html``;
  const { enrolment } = story.visitor;
  const form = (
    input: string,
    body: Html,
  ) => html`<form method="post" action="/simulate" class="fields">
<input type="hidden" name="csrf" value="${csrf}"><input type="hidden" name="input" value="${input}">${body}</form>`;
  const lay = form(
    "lay",
    html`<label for="sim-visitor">${simulator.visitor}</label>
<select id="sim-visitor" name="visitor">${VISITORS.map(
      ({ id, givenNames, surname, dateOfExpiry }) =>
        html`<option value="${id}">${givenNames} ${surname}, ${simulator.expires} ${dayOf(dateOfExpiry)}</option>`,
    )}</select>
${
  context.hasSimulatedChip &&
  html`<label for="sim-profile">${simulator.chip}</label>
<select id="sim-profile" name="profile">${PROFILE_NAMES.map((name) => html`<option>${name}</option>`)}
<option value="">${simulator.noChip}</option></select>`
}
<label for="sim-page">${simulator.page}</label>
<select id="sim-page" name="fault"><option value="">${simulator.pageRight}</option>
${PAGE_FAULTS.map((fault) => html`<option value="${fault}">${simulator.pageFaults[fault]}</option>`)}</select>
<button id="sim-lay" class="main">${simulator.lay}</button>`,
  );
  const switches = WORLD_FAULTS.filter((fault) => hasDevice(context, fault)).map((fault) => {
    const on = world.faults.has(fault);
    return form(
      "fault",
      html`<input type="hidden" name="fault" value="${fault}"><input type="hidden" name="on" value="${on ? "" : "on"}">
<button id="sim-${fault}" aria-pressed="${on ? "true" : "false"}">${simulator.faults[fault]}: ${on ? simulator.on : simulator.off}</button>`,
    );
  });
  return html`<details open><summary><h2>${simulator.title}</h2></summary>
${world.reader && lay}
<div class="row">${world.reader && form("take-away", html`<button id="sim-away">${simulator.takeAway}</button>`)}
${world.clock && enrolment !== undefined && form("punch", html`<button id="sim-punch">${simulator.punch}</button>`)}
${switches}</div></details>`;
};

/** The simulated documents expire in this century. */
const dayOf = (yymmdd: string): string => `20${yymmdd.replace(/(..)(..)(..)/, "$1-$2-$3")}`;

const hasDevice = ({ world }: ViewContext, fault: (typeof WORLD_FAULTS)[number]): boolean => {
  switch (fault) {
    case "reader-unplugged":
      return world.reader !== undefined;
    case "clock-offline":
      return world.clock !== undefined;
    case "low-quality":
      return world.device !== undefined;
  }
};
