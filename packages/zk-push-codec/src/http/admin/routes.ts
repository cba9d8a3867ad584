import type { Listed, Page, ServerStore } from "../../server-store.js";
import type { DeviceStanding } from "../../store.js";
import type { Administration } from "./administration.js";
import { RESYNC_TABLES } from "./administration.js";
import { json, malformed, notFound, SAFE_HEADERS } from "./answers.js";
import { csvAnswer } from "./export.js";
import {
  type CursorKind,
  filterOf,
  numberMember,
  pageOf,
  readObject,
  textMember,
  textsMember,
} from "./input.js";
import type { LiveFeed } from "./live.js";
import { readPerson } from "./person-input.js";
import {
  attendanceShape,
  commandShape,
  deviceShape,
  iso,
  personShape,
  quarantineShape,
} from "./shapes.js";
import { streamAnswer } from "./stream.js";

/** What a route is given. */
export interface RouteContext {
  readonly store: ServerStore;
  readonly administration: Administration;
  readonly feed: LiveFeed;
  readonly request: Request;
  readonly query: URLSearchParams;
  /** The part of the path where the pattern has `:`. */
  readonly name: string;
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
const YEAR_S = 366 * 24 * 60 * 60;

/** Every route of the administration. */
export const ROUTES: readonly Route[] = [
  {
    pattern: "GET devices",
    run: list(({ store }, page) => store.devices(page), deviceShape, "key"),
  },
  {
    pattern: "GET devices/:",
    run: async ({ administration, name }) => json(deviceShape(await administration.device(name))),
  },
  {
    pattern: "PATCH devices/:",
    async run({ administration, name, request }) {
      const members = await readObject(request, ["state", "timeZone"]);
      const state = textMember(members, "state");
      const standing = STATES.find((known) => known === state);
      if (state !== undefined && standing === undefined) {
        throw malformed(`expected a state of ${STATES.join(", ")}`);
      }
      const timeZone = members["timeZone"] === null ? null : textMember(members, "timeZone");
      const device = await administration.changeDevice(name, {
        ...(standing === undefined ? {} : { standing }),
        ...(timeZone === undefined ? {} : { timeZone }),
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
      return list(({ store }, page) => store.attendance(filter, page), attendanceShape)(context);
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
      const commands = await administration.putPerson(name, await readPerson(request));
      return json({ pin: name, commands });
    },
  },
  {
    pattern: "DELETE users/:",
    run: async ({ administration, name }) =>
      json({ pin: name, commands: await administration.erasePerson(name) }),
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
