import type { StepId, Visitor } from "../../story/index.js";
import { type Html, html } from "../html.js";
import type { Messages } from "../messages/index.js";
import type { ViewContext } from "../view.js";
import { button } from "./forms.js";

/** What a step found, in words. */
export const detailsOf = (context: ViewContext, id: StepId): Html | false => {
  const { words, story } = context;
  switch (id) {
    case "document":
      return pageDetails(words, story.visitor);
    case "chip":
      return chipDetails(words, story.visitor);
    case "comparison":
      return comparisonTable(words, story.visitor);
    case "capture":
      return captureDetails(words, story.visitor);
    case "enrolment":
      return enrolmentDetails(context);
    case "punch":
      return punchDetails(words, story.visitor);
  }
};

const pageDetails = (words: Messages, { page }: Visitor): Html | false => {
  if (page === undefined) return false;
  const { surname, givenNames, documentNumber, issuer } = page.zone;
  const known = [givenNames, surname, documentNumber, issuer].filter(Boolean).join(" ");
  return html`${known !== "" && html`<p>${known}</p>`}
${page.opticalFindings.length > 0 && html`<p class="doubt">${words.optical}: ${page.opticalFindings.join(", ")}</p>`}`;
};

/** Names of checks, each once: two proofs of the chip say the same. */
export const checkNames = (words: Messages, checks: readonly string[]): string =>
  [...new Set(checks.map((id) => words.checks[id] ?? id))].join(", ");

const chipDetails = (words: Messages, { chip, override }: Visitor): Html | false => {
  if (chip === undefined) return overridden(words, override);
  const proof = chip.proofs.some((id) => id.endsWith("-authentication"));
  return html`<p><strong class="verdict ${chip.verdict}">${words.verdicts[chip.verdict]}</strong>
<small class="soft">${words.signedBy} ${chip.keyId}</small></p>
${chip.proofs.length > 0 && html`<p class="soft">${words.proved}: ${checkNames(words, chip.proofs)}</p>`}
${chip.verdict === "authentic" && !proof && html`<p class="doubt">${words.chipUnproved}</p>`}
${overridden(words, override)}`;
};

const overridden = (words: Messages, override: Visitor["override"]): Html | false =>
  override !== undefined &&
  html`<p class="doubt"><strong>${words.overridden}</strong>: ${override.reason}</p>`;

/** Page, zone and chip side by side; what differs is marked in words, not only in colour. */
export const comparisonTable = (words: Messages, { comparison }: Visitor): Html | false => {
  if (comparison === undefined) return false;
  const { columns, fields } = words;
  return html`<div class="scroll" role="region" aria-label="${words.comparisonTitle}" tabindex="0"><table>
<caption class="sr">${words.comparisonTitle}</caption>
<thead><tr><th scope="col">${columns.field}</th><th scope="col">${columns.printed}</th><th scope="col">${columns.zone}</th>
<th scope="col">${columns.chip}</th><th scope="col">${columns.agree}</th></tr></thead>
<tbody>${comparison.rows.map(
    ({
      field,
      printed,
      zone,
      chip,
      agree,
    }) => html`<tr class="${agree === false && "differs"}"><th scope="row">${fields[field]}</th>
<td>${printed ?? "-"}</td><td>${zone ?? "-"}</td><td>${chip ?? "-"}</td><td>${agree === null ? "-" : agree ? words.agrees : words.differs}</td></tr>`,
  )}</tbody></table></div>`;
};

const captureDetails = (words: Messages, { capture }: Visitor): Html | false => {
  if (capture === undefined) return false;
  const passed = capture.checks
    .filter((check) => check.endsWith(": passed"))
    .map((check) => check.split(":")[0]!);
  return html`<p>${words.modalities[capture.modality]}:
<strong class="verdict ${capture.verdict}">${words.verdicts[capture.verdict]}</strong>${
    capture.quality !== undefined && html`, ${words.quality} ${capture.quality}`
  }${capture.device !== undefined && html` <small class="soft">${words.device} ${capture.device}</small>`}</p>
<p class="soft">${words.proved}: ${checkNames(words, passed)}</p>
<p class="doubt">${words.notMatched}</p>`;
};

const enrolmentDetails = ({ words, story, csrf }: ViewContext): Html | false => {
  const { enrolment } = story.visitor;
  if (enrolment === undefined) return false;
  const { removal } = enrolment;
  return html`<p>${words.pin} <strong class="pin">${enrolment.pin}</strong>
<small class="soft">${words.terminal} ${enrolment.terminal}</small></p>
${enrolment.returning && html`<p>${words.returning}</p>`}
${removal === "running" && html`<p>${words.removing}</p>`}
${removal === "removed" && html`<p><strong>${words.removed}</strong> ${words.remains}</p>`}
${removal === "failed" && html`<p class="problem">${words.removalFailed}</p>`}
${
  (removal === "none" || removal === "failed") &&
  html`<div class="helps">${button(csrf, { input: "remove", label: words.actions.remove })}</div>`
}`;
};

const punchDetails = (words: Messages, { punches }: Visitor): Html | false =>
  punches.length > 0 &&
  html`<ul>${punches.map(({ time }) => html`<li>${words.punchAt} <time>${time}</time></li>`)}</ul>`;
