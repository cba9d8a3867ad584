/** What the page does beyond forms: it shows what happens. Without it the page is only still. */
export const SCRIPT = `
"use strict";
const rows = document.getElementById("punches");
const state = document.getElementById("live");
const MOST = 20;
const events = new EventSource("/api/stream?after=" + encodeURIComponent(rows.dataset.after));
events.onopen = () => { state.textContent = "live"; state.className = "live"; };
events.onerror = () => { state.textContent = "connection lost, trying again"; state.className = "problem"; };
const cell = (text) => {
  const element = document.createElement("td");
  element.textContent = text;
  return element;
};
events.addEventListener("punch", (event) => {
  const punch = JSON.parse(event.data);
  const row = document.createElement("tr");
  row.className = "new";
  const what = punch.kind === "punch" ? [punch.status, punch.verify].map((c) => c ?? "").join(" / ") : "verification";
  row.append(cell(punch.time), cell(punch.pin || punch.idNumber), cell(punch.sn), cell(what));
  const empty = document.getElementById("no-punches");
  if (empty) empty.remove();
  rows.prepend(row);
  while (rows.children.length > MOST) rows.lastElementChild.remove();
});

// Terminals and people are drawn by the server: fetched anew when something happened to one, unless
// somebody is at work there.
let asked = 0;
const refresh = async () => {
  asked = 0;
  const answer = await fetch("/" + location.search);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ["terminals", "people", "quarantine"]) {
    const old = document.getElementById(id);
    const renewed = fresh.getElementById(id);
    if (old && renewed && !old.contains(document.activeElement)) old.replaceWith(renewed);
  }
};
events.addEventListener("terminal", () => {
  if (!asked) asked = setTimeout(refresh, 1000);
});
`;
