import { enrolleeOf, FAILURES, gateOf, isFresh, STEP_IDS, type Story } from "../../story/index.js";
import { type Html, html } from "../html.js";
import type { Messages } from "../messages/index.js";
import type { ViewContext } from "../view.js";
import { button } from "./forms.js";

/** One sentence: what the person at the desk does next, and the button for it where it is one. */
export const nextPart = ({ words, story, csrf }: ViewContext): Html => {
  const action = actionOf(words, story, csrf);
  const waits = isFresh(story) && story.steps.document.state === "running";
  const notice = story.notice !== undefined && waits ? words.notices[story.notice] : undefined;
  return html`<h2>${words.nowTitle}</h2>
${notice !== undefined && html`<p class="notice">${notice}</p>`}
<p id="now" class="now">${sentenceOf(words, story)}</p>
${action}`;
};

const sentenceOf = (words: Messages, story: Story): string => {
  const { steps, visitor } = story;
  if (visitor.enrolment?.removal === "running") return words.next.removing;
  const running = STEP_IDS.find((id) => steps[id].state === "running");
  if (running !== undefined) return words.steps[running].runs;
  const failed = failedStep(story);
  if (failed !== undefined) return words.failures[failed].remedy;
  if (steps.enrolment.state !== "pending") return words.next.done;
  if (gateOf(story) === "locked") return words.next.locked;
  if (enrolleeOf(visitor) === undefined) return words.next.nobody;
  if (steps.capture.state !== "pending") return words.next.startEnrolment;
  return visitor.override === undefined ? words.next.startCapture : words.next.startUnproved;
};

/** What stands in the way: a failure that nobody has answered for. */
const failedStep = (story: Story) => {
  for (const id of STEP_IDS) {
    const step = story.steps[id];
    if (step.state !== "failed") continue;
    const helps: readonly string[] = FAILURES[step.failure.code].helps;
    if (helps.includes("override") && gateOf(story) === "open") continue;
    return step.failure.code;
  }
  return undefined;
};

const actionOf = ({ actions }: Messages, story: Story, csrf: string): Html | false => {
  const { capture, enrolment } = story.steps;
  if (gateOf(story) === "locked" || enrolleeOf(story.visitor) === undefined) return false;
  if (capture.state === "pending") {
    return button(csrf, {
      input: "start",
      step: "capture",
      label: actions.startCapture,
      main: true,
    });
  }
  const settled = capture.state === "done" || capture.state === "skipped";
  return (
    settled &&
    enrolment.state === "pending" &&
    button(csrf, { input: "start", step: "enrolment", label: actions.startEnrolment, main: true })
  );
};
