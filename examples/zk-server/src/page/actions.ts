import { type Administration, RESYNC_TABLES } from "@org/zk-push-codec/http";

/** What a form of the page asks for. */
export interface Action {
  /** Told once it was done. */
  readonly done: string;
  run(administration: Administration, form: URLSearchParams): Promise<unknown>;
}

const sn = (form: URLSearchParams): string => (form.get("sn") ?? "").trim();
const pin = (form: URLSearchParams): string => (form.get("pin") ?? "").trim();

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
    "/devices/resync",
    {
      done: "The terminal uploads all it has again.",
      run: (administration, form) => administration.resync(sn(form), RESYNC_TABLES),
    },
  ],
  [
    "/people/put",
    {
      done: "The person is on the way to every approved terminal.",
      run(administration, form) {
        const name = form.get("name")?.trim();
        const card = form.get("card")?.trim();
        return administration.putPerson(pin(form), {
          privilege: Number(form.get("privilege") ?? 0),
          ...(name ? { name } : {}),
          ...(card ? { card } : {}),
        });
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
