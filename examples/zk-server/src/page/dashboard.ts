import {
  type DeviceState,
  isAccessControl,
  type Listed,
  type ServerStore,
  type StoredAttendance,
  type StoredPerson,
  type StoredQuarantine,
} from "@org/zk-push-codec";
import { RETAINED, type Session } from "@org/zk-push-codec/http";
import type { Counts } from "./counts.js";
import { type Html, html } from "./html.js";

const PUNCHES = 20;
const ROWS = 25;
const QUARANTINED = 10;

/** By their numbers in the protocol, from the left little finger to the right one. */
const FINGERS = ["left", "right"].flatMap((hand) => {
  const names = ["little finger", "ring finger", "middle finger", "index finger", "thumb"];
  return (hand === "left" ? names : names.reverse()).map((name) => `${hand} ${name}`);
});

/** Everything that the page shows. */
export interface Dashboard {
  readonly devices: Listed<DeviceState>;
  /** Records of attendance that are stored, by the serial number of their terminal. */
  readonly stored: ReadonlyMap<string, number>;
  readonly people: Listed<StoredPerson>;
  readonly quarantine: Listed<StoredQuarantine>;
  /** The newest first. */
  readonly punches: readonly StoredAttendance[];
  readonly total: number;
  /** Where the live stream goes on. */
  readonly after: number;
}

export const readDashboard = async (
  store: ServerStore,
  counts: Counts,
  query: URLSearchParams,
): Promise<Dashboard> => {
  const page = (name: string, limit: number) => {
    const cursor = query.get(name);
    return { limit, ...(cursor === null ? {} : { cursor }) };
  };
  const [devices, people, quarantine, punches, total] = await Promise.all([
    store.devices(page("devices", ROWS)),
    store.people(page("people", ROWS)),
    store.quarantine({ ...numberedPage(query.get("quarantine")), limit: QUARANTINED }),
    store.attendance({}, { limit: PUNCHES, order: "newest" }),
    counts(),
  ]);
  const stored = await Promise.all(
    devices.items.map(async ({ sn }) => [sn, await counts(sn)] as const),
  );
  const after = Number(punches.items[0]?.id ?? 0);
  return {
    ...{ devices, stored: new Map(stored), people, quarantine },
    ...{ punches: punches.items, total, after },
  };
};

/** The newest first; a cursor from the address bar that is no number is the start. */
const numberedPage = (text: string | null) => {
  const cursor = /^\d{1,15}$/.exec(text ?? "")?.[0];
  return { order: "newest", ...(cursor === undefined ? {} : { cursor }) } as const;
};

export interface Message {
  readonly kind: "done" | "problem";
  readonly text: string;
}

export const dashboardBody = (
  { devices, stored, people, quarantine, punches, total, after }: Dashboard,
  { csrf }: Session,
  now: number,
  message?: Message,
): Html => {
  const act = (
    action: string,
    label: string,
    fields: Readonly<Record<string, string>>,
    about: string,
  ) =>
    html`<form method="post" action="${action}">
<input type="hidden" name="csrf" value="${csrf}">${Object.entries(fields).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
    )}<button aria-label="${`${label} ${about}`}">${label}</button></form>`;

  const deviceRow = (device: DeviceState): Html => {
    const { sn, standing, clockDriftS, areas = [] } = device;
    const button = (action: string, label: string) => act(`/devices/${action}`, label, { sn }, sn);
    return html`<tr class="told"><th scope="row">${sn}</th>
<td><span class="${`state ${standing}`}">${standing}</span></td>
<td>${ago(device.lastSeen, now)}</td>
<td>${progress(device, stored.get(sn) ?? 0)}</td>
<td>${clockDriftS === undefined ? "" : `${clockDriftS} s`}</td>
<td>${device.gaps ?? 0} / ${device.duplicates ?? 0} / ${device.quarantined ?? 0}</td>
<td>${lastDay(device)}</td></tr>
<tr><td colspan="7"><div class="acts">${
      standing === "approved"
        ? [
            button("unlock", "Unlock"),
            button("people", "Send people"),
            button("resync", "Re-upload"),
            button("block", "Block"),
          ]
        : button("approve", "Approve")
    }${isAccessControl(device) && html`<p class="problem">${ACCESS_CONTROL}</p>`}${inAreas(areas)}</div></td></tr>`;
  };

  const personRow = (person: StoredPerson): Html => {
    const { pin, name, card, templates, areas } = person;
    return html`<tr><th scope="row">${pin}</th><td class="wrap">${name}${inAreas(areas)}</td><td>${card}</td><td>${templates}</td>
<td>${act("/people/remove", "Remove", { pin }, pin)}</td></tr>`;
  };

  const more = (list: Listed<unknown>, name: string): Html | false =>
    list.next !== null &&
    html`<p><a href="${`/?${new URLSearchParams({ [name]: list.next })}`}">More</a></p>`;

  return html`<a class="skip" href="#main">To the content</a>
<header><h1>Terminals</h1><span>${count(total)} records of attendance</span>
<a href="/api/attendance.csv">Table of all (CSV)</a>
<form method="post" action="/logout"><input type="hidden" name="csrf" value="${csrf}"><button>Close</button></form></header>
<main id="main">
${message !== undefined && html`<p class="${`message ${message.kind}`}" role="${message.kind === "problem" ? "alert" : "status"}">${message.text}</p>`}
<div>
<section id="terminals" aria-labelledby="terminals-title"><h2 id="terminals-title">Terminals</h2>
<table><thead><tr><th scope="col">Serial number</th><th scope="col">State</th><th scope="col">Seen</th><th scope="col">Stored</th><th scope="col">Clock</th><th scope="col">Gaps / again / odd</th><th scope="col">Day counted</th></tr></thead>
<tbody>${devices.items.map(deviceRow)}${devices.items.length === 0 && html`<tr><td colspan="7" class="soft">No terminal has come yet.</td></tr>`}</tbody></table>
${more(devices, "devices")}</section>
<section aria-labelledby="punches-title"><h2 id="punches-title">Punches <small><span id="live" role="status">still</span></small></h2>
<table><thead><tr><th scope="col">Time there</th><th scope="col">Person</th><th scope="col">Terminal</th><th scope="col">Status / verified by</th></tr></thead>
<tbody id="punches" data-after="${after}">${punches.map(punchRow)}${punches.length === 0 && html`<tr id="no-punches"><td colspan="4" class="soft">None yet.</td></tr>`}</tbody></table></section>
<section id="quarantine" aria-labelledby="quarantine-title"><h2 id="quarantine-title">Quarantine <small>kept, but not understood</small></h2>
<table><thead><tr><th scope="col">Terminal</th><th scope="col">Table</th><th scope="col">Reason</th><th scope="col">Bytes</th></tr></thead>
<tbody>${quarantine.items.map(quarantineRow)}${quarantine.items.length === 0 && html`<tr><td colspan="4" class="soft">Empty.</td></tr>`}</tbody></table>
${more(quarantine, "quarantine")}</section>
</div>
<div>
<section aria-labelledby="add-title"><h2 id="add-title">Add or change a person</h2>
<form method="post" action="/people/put"><input type="hidden" name="csrf" value="${csrf}"><div class="fields">
<label>Number (PIN)<input name="pin" required maxlength="24" autocomplete="off"></label>
<label>Name<input name="name" maxlength="100" autocomplete="off"></label>
<label>Card<input name="card" inputmode="numeric" maxlength="20" autocomplete="off"></label>
<label>May do<select name="privilege"><option value="0">punch</option><option value="14">administer the terminal</option></select></label>
<label class="wide">Areas, with commas<input name="areas" maxlength="500" autocomplete="off" placeholder="empty: as before; *: everywhere"></label>
<button class="main">Give to the terminals</button></div></form></section>
<section aria-labelledby="areas-title"><h2 id="areas-title">Areas of a terminal</h2>
<form method="post" action="/devices/areas"><input type="hidden" name="csrf" value="${csrf}"><div class="fields">
<label>Terminal<input name="sn" required maxlength="32" autocomplete="off"></label>
<label>Areas, with commas<input name="areas" maxlength="500" autocomplete="off"></label>
<button class="main">Set, and exchange its people</button></div></form></section>
<section aria-labelledby="enrol-title"><h2 id="enrol-title">Enrol a finger</h2>
<form method="post" action="/people/enrol"><input type="hidden" name="csrf" value="${csrf}"><div class="fields">
<label>Number (PIN)<input name="pin" required maxlength="24" autocomplete="off"></label>
<label>At terminal<input name="sn" required maxlength="32" autocomplete="off"></label>
<label>Finger<select name="finger">${FINGERS.map((name, index) => html`<option value="${index}">${name}</option>`)}</select></label>
<button class="main">Ask for the finger</button></div></form></section>
<section id="people" aria-labelledby="people-title"><h2 id="people-title">People</h2>
<table><thead><tr><th scope="col">Number</th><th scope="col">Name</th><th scope="col">Card</th><th scope="col">Templates</th><th scope="col">Actions</th></tr></thead>
<tbody>${people.items.map(personRow)}${people.items.length === 0 && html`<tr><td colspan="5" class="soft">Nobody yet.</td></tr>`}</tbody></table>
${more(people, "people")}</section>
<section aria-labelledby="old-title"><h2 id="old-title">Delete what is old</h2>
<form method="post" action="/retention"><input type="hidden" name="csrf" value="${csrf}"><div class="fields">
<label>What<select name="what">${RETAINED.map((what) => html`<option>${what}</option>`)}</select></label>
<label>Older than days<input name="days" required inputmode="numeric" pattern="[0-9]{1,5}" maxlength="5" autocomplete="off"></label>
<button class="main">Delete</button></div></form></section>
</div>
</main>`;
};

const punchRow = (row: StoredAttendance): Html => {
  const code = (value: number): string => (value === -1 ? "" : value.toString());
  const what = row.kind === "punch" ? `${code(row.status)} / ${code(row.verify)}` : "verification";
  return html`<tr><td>${row.time}</td><td>${row.pin || row.idNumber}</td><td>${row.sn}</td><td>${what}</td></tr>`;
};

const inAreas = (areas: readonly string[]): Html | false =>
  areas.length > 0 && html`<p class="soft">Areas: ${areas.join(", ")}</p>`;

const ACCESS_CONTROL =
  "Set to access control: it keeps its records until its device type is time attendance.";

/** How much of its log is stored; a log that was cleared is shorter than what is stored of it. */
const progress = ({ sn, info }: DeviceState, stored: number): Html | string => {
  const inLog = Number(info?.attendanceRecords || Number.NaN);
  if (!Number.isSafeInteger(inLog) || inLog <= stored) return count(stored);
  return html`${count(stored)} of ${count(inLog)}
<progress max="${inLog}" value="${stored}" aria-label="${`Stored of the log of ${sn}`}"></progress>`;
};

/** A number as people read it. */
const count = (value: number): string => value.toLocaleString("en");

/** The last day that was counted on both sides. */
const lastDay = ({ reconciled }: DeviceState): string => {
  if (reconciled === undefined) return "";
  const { day, onTerminal, stored } = reconciled;
  return onTerminal > stored ? `${day}: ${stored} of ${onTerminal}` : `${day}: complete`;
};

const quarantineRow = ({ sn, table, reason, content }: StoredQuarantine): Html =>
  html`<tr><th scope="row">${sn}</th><td>${table}</td><td>${reason}</td><td>${content.length}</td></tr>`;

const ago = (then: number, now: number): string => {
  const seconds = Math.max(0, Math.round((now - then) / 1_000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h ago`;
  return `${Math.floor(seconds / 86_400)} days ago`;
};
