import { ZkPushError } from "../../errors.js";
import type { AttendanceFilter, Page } from "../../server-store.js";
import { malformed, Problem } from "./answers.js";

const MAX_BODY = 1024 * 1024;

export type Members = Readonly<Record<string, unknown>>;

/** The JSON object of a request. */
export const readObject = async (
  request: Request,
  allowed: readonly string[],
): Promise<Members> => {
  const bytes = await readLimited(request, MAX_BODY);
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw malformed("expected a JSON object as body");
  }
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    throw malformed("expected a JSON object as body");
  }
  const stranger = Object.keys(document).find((key) => !allowed.includes(key));
  if (stranger !== undefined) {
    throw malformed(`expected members of ${allowed.join(", ")}, found another one`);
  }
  return document as Members;
};

/** A body up to a limit; a declared length is not believed. */
export const readLimited = async (request: Request, limit: number): Promise<Uint8Array> => {
  if (request.body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > limit) {
      await reader.cancel();
      throw new Problem(413, "TOO_LARGE", `expected a body of at most ${limit} bytes`);
    }
    parts.push(value);
  }
  const body = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    body.set(part, offset);
    offset += part.length;
  }
  return body;
};

const MOST_ITEMS = 1_000;
const USUAL_ITEMS = 100;

/** What a list goes on behind: a number that counts up, or a key. */
export type CursorKind = "number" | "key";

/** `cursor` and `limit` of a list. */
export const pageOf = (query: URLSearchParams, kind: CursorKind): Page => {
  const limit = query.get("limit") ?? USUAL_ITEMS.toString();
  const cursor = query.get("cursor");
  if (!/^\d{1,4}$/.test(limit) || Number(limit) < 1 || Number(limit) > MOST_ITEMS) {
    throw malformed(`expected a limit of 1 to ${MOST_ITEMS}`);
  }
  if (cursor !== null && kind === "number" && !/^\d{1,15}$/.test(cursor)) {
    throw malformed("expected a cursor that this list gave");
  }
  const order = query.get("order");
  if (order !== null && (order !== "newest" || kind !== "number")) {
    throw malformed("expected newest as order, of a list that is ordered by time");
  }
  return {
    limit: Number(limit),
    ...(cursor === null ? {} : { cursor }),
    ...(order === null ? {} : { order }),
  };
};

const DAY = /^\d{4}-\d\d-\d\d$/;
const MOMENT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)$/;

/** `sn`, `pin`, `from` and `to`: days or moments by the terminals' clocks. */
export const filterOf = (query: URLSearchParams): AttendanceFilter => {
  const filter: Record<string, string> = {};
  for (const name of ["sn", "pin"]) {
    const value = query.get(name);
    if (value !== null) filter[name] = value;
  }
  for (const [name, time] of [
    ["from", "00:00:00"],
    ["to", "23:59:59"],
  ] as const) {
    const value = query.get(name);
    if (value === null) continue;
    const moment = MOMENT.exec(value);
    if (DAY.test(value)) filter[name] = `${value} ${time}`;
    else if (moment !== null) filter[name] = `${moment[1]} ${moment[2]}`;
    else throw malformed(`expected YYYY-MM-DD or YYYY-MM-DDThh:mm:ss as ${name}`);
  }
  return filter;
};

/** What a member must be; anything else is a malformed request. */
export const textMember = (members: Members, name: string): string | undefined => {
  const value = members[name];
  if (value === undefined || typeof value === "string") return value;
  throw malformed(`expected a text as ${name}`);
};

export const textsMember = (members: Members, name: string): readonly string[] | undefined => {
  const value = members[name];
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.length <= MOST_ITEMS) {
    const texts = value.filter((item): item is string => typeof item === "string");
    if (texts.length === value.length) return texts;
  }
  throw malformed(`expected a list of at most ${MOST_ITEMS} texts as ${name}`);
};

const AREA = /^[^\p{Cc},*]{1,60}$/u;

/**
 * Names of areas, each once, as people and terminals have them.
 *
 * @throws Problem for a name that is none; a comma stands between them on a page.
 */
export const checkAreas = (areas: readonly string[]): readonly string[] => {
  if (!areas.every((area) => AREA.test(area))) {
    throw malformed("expected areas of 1 to 60 characters, without comma and asterisk");
  }
  return [...new Set(areas)];
};

export const areasMember = (members: Members): readonly string[] | undefined => {
  const areas = textsMember(members, "areas");
  return areas === undefined ? undefined : checkAreas(areas);
};

export const numberMember = (
  members: Members,
  name: string,
  min: number,
  max: number,
): number | undefined => {
  const value = members[name];
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) {
    return value;
  }
  throw malformed(`expected a whole number from ${min} to ${max} as ${name}`);
};

/** Runs an encoder over what came from outside: whatever it trips over is a malformed request. */
export const refuseMalformed = <T>(what: string, run: () => T): T => {
  try {
    return run();
  } catch (error) {
    if (error instanceof ZkPushError) throw new Problem(422, error.code, error.message);
    throw malformed(`expected ${what}`);
  }
};
