import {
  type Administration,
  checkAreas,
  Problem,
  RESYNC_TABLES,
  RETAINED,
} from "@org/zk-push-codec/http";

/** What a form of the page asks for. */
export interface Action {
  /** Told once it was done. */
  readonly done: string;
  run(administration: Administration, form: URLSearchParams): Promise<unknown>;
}

const sn = (form: URLSearchParams): string => (form.get("sn") ?? "").trim();
const pin = (form: URLSearchParams): string => (form.get("pin") ?? "").trim();

/** Areas of a form: nothing written says nothing, an asterisk is everywhere. */
const areasOf = (form: URLSearchParams): readonly string[] | undefined => {
  const text = (form.get("areas") ?? "").trim();
  if (text === "") return undefined;
  if (text === "*") return [];
  const areas = text.split(",").map((area) => area.trim());
  return checkAreas(areas.filter((area) => area !== ""));
};

/** Every form by its address. */
export const ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  [
    "/devices/approve",
    {
      done: "The terminal is approved. It comes back by itself.",
      run: (administration, form) =>
        administration.changeDevice(sn(form), { standing: "approved" }),
    },
  ],
  [
    "/devices/block",
    {
      done: "The terminal is blocked. It keeps its punches.",
      run: (administration, form) => administration.changeDevice(sn(form), { standing: "blocked" }),
    },
  ],
  [
    "/devices/unlock",
    {
      done: "The door opens when the terminal asks next, or not at all.",
      run: (administration, form) => administration.give(sn(form), { command: "AC_UNLOCK" }),
    },
  ],
  [
    "/devices/people",
    {
      done: "Everybody who belongs on the terminal is on the way.",
      run: (administration, form) => administration.sendPeople(sn(form)),
    },
  ],
  [
    "/devices/areas",
    {
      done: "The terminal has other areas, and soon their people.",
      run: (administration, form) =>
        administration.changeDevice(sn(form), { areas: areasOf(form) ?? [] }),
    },
  ],
  [
    "/retention",
    {
      done: "What was older is gone.",
      run(administration, form) {
        const what = RETAINED.find((known) => known === form.get("what"));
        const days = form.get("days") ?? "";
        if (what === undefined || !/^\d{1,5}$/.test(days)) {
          throw new Problem(422, "MALFORMED", "expected what is to go, and days");
        }
        return administration.prune({ [what]: Number(days) });
      },
    },
  ],
  [
    "/devices/resync",
    {
      done: "The terminal uploads all it has again.",
      run: (administration, form) => administration.resync(sn(form), RESYNC_TABLES),
    },
  ],
  [
    "/people/put",
    {
      done: "The person is on the way to the terminals.",
      run(administration, form) {
        const name = form.get("name")?.trim();
        const card = form.get("card")?.trim();
        const values = {
          privilege: Number(form.get("privilege") ?? 0),
          ...(name ? { name } : {}),
          ...(card ? { card } : {}),
        };
        return administration.putPerson(pin(form), values, areasOf(form));
      },
    },
  ],
  [
    "/people/enrol",
    {
      done: "The terminal asks for the finger, within ten minutes or not at all.",
      run: (administration, form) =>
        administration.give(sn(form), {
          command: "ENROLL_FP",
          pin: pin(form),
          finger: Number(form.get("finger") ?? 0),
          retry: 3,
          overwrite: 1,
        }),
    },
  ],
  [
    "/people/remove",
    {
      done: "The person is gone here, and soon on every terminal.",
      run: (administration, form) => administration.erasePerson(pin(form)),
    },
  ],
]);
