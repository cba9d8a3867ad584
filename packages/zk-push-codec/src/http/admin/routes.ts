import { attendanceDocument, iso } from "../../server/attendance-document.js";
import type { Reconciler } from "../../server/reconcile.js";
import type { Listed, Page, ServerStore } from "../../server-store.js";
import type { DeviceStanding } from "../../store.js";
import type { Administration } from "./administration.js";
import { RESYNC_TABLES } from "./administration.js";
import { json, malformed, notFound, SAFE_HEADERS } from "./answers.js";
import { csvAnswer } from "./export.js";
import {
  areasMember,
  type CursorKind,
  filterOf,
  numberMember,
  pageOf,
  readLimited,
  readObject,
  textMember,
  textsMember,
} from "./input.js";
import type { LiveFeed } from "./live.js";
import { readPerson } from "./person-input.js";
import { commandShape, deviceShape, personShape, quarantineShape } from "./shapes.js";
import { streamAnswer } from "./stream.js";

/** What a route is given. */
export interface RouteContext {
  readonly store: ServerStore;
  readonly administration: Administration;
  readonly feed: LiveFeed;
  readonly files: TerminalFiles;
  readonly reconciler: Pick<Reconciler, "check">;
  readonly request: Request;
  readonly query: URLSearchParams;
  /** The part of the path where the pattern has `:`. */
  readonly name: string;
}

/** Where files for terminals are kept: a file shelf. */
export interface TerminalFiles {
  put(
    content: Uint8Array,
    terms: {
      readonly name: string;
      readonly expiresAt: number;
      readonly base64?: boolean;
      readonly sn?: string;
    },
    now: number,
  ): Promise<{ readonly path: string; readonly md5: string; readonly size: number }>;
}

interface Route {
  /** Method and path below `/api`; `:` is one part of any text. */
  readonly pattern: string;
  /** Whether a browser with a session may have it: what only shows, and needs no header. */
  readonly viewable?: true;
  run(context: RouteContext): Promise<Response>;
}

const list =
  <T>(
    read: (context: RouteContext, page: Page) => Promise<Listed<T>>,
    shape: (row: T) => unknown,
    cursor: CursorKind = "number",
  ) =>
  async (context: RouteContext): Promise<Response> => {
    const { items, next } = await read(context, pageOf(context.query, cursor));
    return json({ items: items.map(shape), next });
  };

const STATES: readonly DeviceStanding[] = ["pending", "approved", "blocked"];
const DAY_S = 24 * 60 * 60;
const LARGEST_FILE = 64 * 1024 * 1024;

/** What can be deleted by its age. */
export const RETAINED = ["attendance", "photos", "quarantine", "records", "commands"] as const;

const flagOf = (query: URLSearchParams, name: string): boolean => {
  const value = query.get(name);
  if (value === null || value === "0" || value === "false") return false;
  if (value === "1" || value === "true") return true;
  throw malformed(`expected 1 or 0 as ${name}`);
};

const YEAR_S = 366 * 24 * 60 * 60;

/** Every route of the administration. */
export const ROUTES: readonly Route[] = [
  {
    pattern: "GET devices",
    run: list(({ store }, page) => store.devices(page), deviceShape, "key"),
  },
  {
    pattern: "GET devices/:",
    async run({ store, administration, name }) {
      const device = await administration.device(name);
      // Beside what it says it has, in `info`: how far a first upload is.
      const stored = await store.countAttendance({ sn: name });
      return json({ ...deviceShape(device), stored });
    },
  },
  {
    pattern: "PATCH devices/:",
    async run({ administration, name, request }) {
      const members = await readObject(request, ["state", "timeZone", "areas"]);
      const state = textMember(members, "state");
      const standing = STATES.find((known) => known === state);
      if (state !== undefined && standing === undefined) {
        throw malformed(`expected a state of ${STATES.join(", ")}`);
      }
      const areas = areasMember(members);
      const timeZone = members["timeZone"] === null ? null : textMember(members, "timeZone");
      const device = await administration.changeDevice(name, {
        ...(standing === undefined ? {} : { standing }),
        ...(timeZone === undefined ? {} : { timeZone }),
        ...(areas === undefined ? {} : { areas }),
      });
      return json(deviceShape(device));
    },
  },
  {
    pattern: "POST devices/:/approve",
    run: async ({ administration, name }) =>
      json(deviceShape(await administration.changeDevice(name, { standing: "approved" }))),
  },
  {
    pattern: "POST devices/:/resync",
    async run({ administration, name, request }) {
      const members = await readObject(request, ["tables"]);
      await administration.resync(name, textsMember(members, "tables") ?? RESYNC_TABLES);
      return json(deviceShape(await administration.device(name)), 202);
    },
  },
  {
    pattern: "POST devices/:/people",
    run: async ({ administration, name }) =>
      json({ sn: name, commands: await administration.sendPeople(name) }, 202),
  },
  {
    pattern: "POST devices/:/verify",
    async run({ administration, reconciler, name, request }) {
      const day = textMember(await readObject(request, ["day"]), "day") ?? "";
      await administration.device(name);
      await reconciler.check(name, day, Date.now());
      return json({ sn: name, day }, 202);
    },
  },
  {
    pattern: "GET devices/:/commands",
    async run(context) {
      await context.administration.device(context.name);
      return list(({ store, name }, page) => store.commands(name, page), commandShape)(context);
    },
  },
  {
    pattern: "POST devices/:/commands",
    async run({ administration, name, request }) {
      const members = await readObject(request, ["command", "expiresInS"]);
      const expiresInS = numberMember(members, "expiresInS", 1, YEAR_S);
      const { id } = await administration.give(name, members["command"], expiresInS);
      return json({ id, state: "queued" }, 202);
    },
  },
  {
    pattern: "GET attendance",
    run: (context) => {
      const filter = filterOf(context.query);
      return list(({ store }, page) => store.attendance(filter, page), attendanceDocument)(context);
    },
  },
  {
    pattern: "GET attendance.csv",
    viewable: true,
    run: async ({ store, query }) => csvAnswer(store, filterOf(query)),
  },
  { pattern: "GET users", run: list(({ store }, page) => store.people(page), personShape, "key") },
  {
    pattern: "PUT users/:",
    async run({ administration, name, request }) {
      const { values, areas } = await readPerson(request);
      return json({ pin: name, commands: await administration.putPerson(name, values, areas) });
    },
  },
  {
    pattern: "DELETE users/:",
    async run({ administration, name, query }) {
      const attendance = flagOf(query, "attendance");
      return json({ pin: name, commands: await administration.erasePerson(name, attendance) });
    },
  },
  {
    pattern: "POST users/:/copy",
    async run({ administration, name, request }) {
      const to = textsMember(await readObject(request, ["to"]), "to");
      if (to === undefined) throw malformed("expected serial numbers as to");
      return json({ pin: name, commands: await administration.copyPerson(name, to) }, 202);
    },
  },
  {
    pattern: "PUT files/:",
    async run({ store, files, request, query, name }) {
      const seconds = query.get("expiresInS") ?? `${DAY_S}`;
      const sn = query.get("sn");
      if (!/^[1-9]\d{0,7}$/.test(seconds)) throw malformed("expected seconds as expiresInS");
      const terms = { base64: flagOf(query, "base64"), ...(sn === null ? {} : { sn }) };
      const content = await readLimited(request, LARGEST_FILE);
      const now = Date.now();
      const expiresAt = now + Number(seconds) * 1_000;
      const file = await files.put(content, { ...terms, name, expiresAt }, now);
      await store.audit({ at: now, actor: "administrator", action: "file", subject: name });
      return json({ ...file, expiresAt: iso(expiresAt) }, 201);
    },
  },
  {
    pattern: "POST retention",
    async run({ administration, request }) {
      const members = await readObject(request, RETAINED);
      const days: Partial<Record<(typeof RETAINED)[number], number>> = {};
      for (const what of RETAINED) {
        const age = numberMember(members, what, 0, 100_000);
        if (age !== undefined) days[what] = age;
      }
      return json({ deleted: await administration.prune(days) });
    },
  },
  {
    pattern: "GET quarantine",
    run: list(({ store }, page) => store.quarantine(page), quarantineShape),
  },
  {
    pattern: "GET photos",
    run: list(
      ({ store, query }, page) => {
        const sn = query.get("sn");
        const pin = query.get("pin");
        const filter = { ...(sn === null ? {} : { sn }), ...(pin === null ? {} : { pin }) };
        return store.photos(filter, page);
      },
      ({ receivedAt, ...photo }) => ({ ...photo, receivedAt: iso(receivedAt) }),
    ),
  },
  {
    pattern: "GET photos/:",
    viewable: true,
    async run({ store, name }) {
      const photo = await store.photo(name);
      if (photo === undefined) throw notFound("a photo");
      return new Response(new Uint8Array(photo.content), {
        headers: {
          ...SAFE_HEADERS,
          "Content-Type": "image/jpeg",
          "Content-Security-Policy": "default-src 'none'; sandbox",
        },
      });
    },
  },
  {
    pattern: "GET audit",
    run: list(
      ({ store }, page) => store.audits(page),
      ({ at, ...entry }) => ({ ...entry, at: iso(at) }),
    ),
  },
  {
    pattern: "GET stream",
    viewable: true,
    run: ({ store, feed, request, query }) =>
      streamAnswer(store, feed, request.headers.get("last-event-id") ?? query.get("after")),
  },
];
