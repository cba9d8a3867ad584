import type { NamedRecord } from "../records/any.js";
import type { Listed, Page, StoredPerson, UserValues } from "../server-store.js";
import { keyPage } from "./page.js";
import { jsonOf, numberOf, query, type Sql, type SqlRow, textOf } from "./query.js";

type UserRecord = Extract<NamedRecord, { record: "USER" }>;
type TemplateRecord = Exclude<NamedRecord, { record: "USER" | "OPLOG" | "ERRORLOG" | "IDCARD" }>;

/** A person that a terminal uploaded: what it does not say stays. */
export function* storeUser(record: UserRecord, now: number): Sql<void> {
  const { record: _record, form: _form, extra: _extra, ...values } = record;
  const known = yield* userValues(values.pin);
  yield* writeUser({ ...known?.values, ...values }, known?.areas ?? [], now);
}

export function* putPerson(
  user: UserValues,
  areas: readonly string[] | undefined,
  now: number,
): Sql<void> {
  yield* writeUser(user, areas ?? (yield* userValues(user.pin))?.areas ?? [], now);
}

export function* areasOf(pin: string): Sql<readonly string[]> {
  const { rows } = yield* query("SELECT areas FROM people WHERE pin = ?", pin);
  return rows[0] === undefined ? [] : jsonOf(rows[0], "areas", []);
}

function* writeUser(user: UserValues, areas: readonly string[], now: number): Sql<void> {
  yield* query(
    `INSERT INTO people (pin, user_values, areas, updated_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (pin) DO UPDATE SET user_values = excluded.user_values, areas = excluded.areas,
       updated_at = excluded.updated_at`,
    user.pin,
    JSON.stringify(user),
    JSON.stringify(areas),
    now,
  );
}

function* userValues(pin: string): Sql<{ values: UserValues; areas: string[] } | undefined> {
  const { rows } = yield* query("SELECT user_values, areas FROM people WHERE pin = ? {lock}", pin);
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    values: jsonOf<UserValues>(row, "user_values", { pin }),
    areas: jsonOf(row, "areas", []),
  };
}

/** A template or picture: one of each kind and number a person. */
export function* storeTemplate(record: TemplateRecord, now: number): Sql<void> {
  yield* query(
    `INSERT INTO templates (pin, kind, number, record, updated_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (pin, kind, number) DO UPDATE SET record = excluded.record,
       updated_at = excluded.updated_at`,
    record.pin,
    record.record,
    numberOfTemplate(record),
    JSON.stringify(record),
    now,
  );
}

const numberOfTemplate = (record: TemplateRecord): string => {
  switch (record.record) {
    case "FP":
      return `${record.finger ?? ""}`;
    case "FACE":
      return `${record.index ?? ""}`;
    case "FVEIN":
      return `${record.finger ?? ""}/${record.index ?? ""}`;
    case "BIODATA": {
      const { type, number, index, majorVersion, minorVersion } = record;
      return [type, number, index, majorVersion, minorVersion].map((part) => part ?? "").join("/");
    }
    case "USERPIC":
      return "";
    case "BIOPHOTO":
      return `${record.type ?? ""}`;
  }
};

export function* person(pin: string): Sql<readonly NamedRecord[] | undefined> {
  const { rows } = yield* query("SELECT user_values FROM people WHERE pin = ?", pin);
  const [row] = rows;
  if (row === undefined) return undefined;
  const templates = yield* query(
    "SELECT record FROM templates WHERE pin = ? ORDER BY kind, number",
    pin,
  );
  const user = jsonOf<UserValues>(row, "user_values", { pin });
  return [
    { record: "USER", ...user },
    ...templates.rows.map((one) => jsonOf<NamedRecord>(one, "record", { record: "USER", pin })),
  ];
}

export function* people(page: Page): Sql<Listed<StoredPerson>> {
  return yield* keyPage(page, "pin", personOf, (after, limit) => ({
    sql: `SELECT pin, user_values, areas, updated_at,
            (SELECT COUNT(*) FROM templates WHERE templates.pin = people.pin) AS template_count
          FROM people WHERE pin > ? ORDER BY pin LIMIT ?`,
    params: [after, limit],
  }));
}

export function* erasePerson(pin: string, attendance: boolean): Sql<boolean> {
  // A queued command would bring him back; one that is done shows what he was.
  yield* query("DELETE FROM commands WHERE pin = ?", pin);
  let gone = 0;
  for (const table of PERSONAL) {
    gone += (yield* query(`DELETE FROM ${table} WHERE pin = ?`, pin)).changes;
  }
  if (attendance) gone += (yield* query("DELETE FROM attendance WHERE pin = ?", pin)).changes;
  return gone > 0;
}

/** Tables that hold more of a person than that he was there. */
const PERSONAL = ["templates", "photos", "people"] as const;

const personOf = (row: SqlRow): StoredPerson => ({
  ...jsonOf<UserValues>(row, "user_values", { pin: textOf(row, "pin") }),
  areas: jsonOf(row, "areas", []),
  updatedAt: numberOf(row, "updated_at"),
  templates: numberOf(row, "template_count"),
});
