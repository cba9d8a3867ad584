/**
 * The page's script: it sends forms without leaving the page and puts in what changed. Without it every
 * form still works, by loading the page anew.
 */
export const SCRIPT = `"use strict";
const alertBox = document.getElementById("alert");
const idle = document.getElementById("idle");
const words = document.body.dataset;
let forgetAt = Infinity;
let visit;
let shown;

const put = (id, html) => {
  const part = document.getElementById(id);
  if (!part) return;
  const focus = part.contains(document.activeElement) ? document.activeElement.id : undefined;
  const open = [...part.querySelectorAll("details")].map((one) => one.open);
  const typed = visit !== shown ? new Map() : new Map([...part.querySelectorAll("input:not([type=hidden]), select")].map((one) => [one.id, one.value]));
  part.innerHTML = html;
  [...part.querySelectorAll("details")].forEach((one, index) => { if (open[index] !== undefined) one.open = open[index]; });
  for (const [name, value] of typed) {
    const field = document.getElementById(name);
    if (field && part.contains(field)) field.value = value;
  }
  if (focus === undefined) return;
  const again = focus && document.getElementById(focus);
  const target = again || document.querySelector("#next button") || document.getElementById("next");
  target.focus();
};

const listen = () => {
  const events = new EventSource("/events");
  events.addEventListener("parts", ({ data }) => {
    const { parts, states, forgetsInMs, visit: current } = JSON.parse(data);
    // What was typed during another visit is that visit's.
    shown = visit;
    visit = current;
    for (const [id, html] of Object.entries(parts)) put(id, html);
    for (const [id, state] of Object.entries(states)) {
      const part = document.getElementById(id);
      if (part) part.className = state;
    }
    forgetAt = forgetsInMs === null ? Infinity : performance.now() + forgetsInMs;
    if (alertBox.dataset.kind === "connection") tell("");
  });
  events.onerror = () => tell(words.connectionLost, "connection");
};

const tell = (text, kind = "") => {
  alertBox.textContent = text;
  alertBox.dataset.kind = kind;
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.dataset.plain !== undefined) return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "yes";
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { accept: "application/json" },
    });
    const { refused } = await answer.json();
    tell(refused ?? "");
  } catch {
    tell(words.connectionLost, "connection");
  } finally {
    delete form.dataset.busy;
  }
});

const print = document.getElementById("print");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}

const WARN_MS = 25000;
setInterval(() => {
  if (idle) idle.hidden = forgetAt - performance.now() > WARN_MS;
}, 1000);

if (document.getElementById("next")) listen();
`;
