import type { DeviceInfo } from "../device-info.js";
import type { DeviceSettings, Listed, Page } from "../server-store.js";
import {
  type DeviceChange,
  type DeviceState,
  PENDING_DEVICES,
  type ReconciledDay,
} from "../store.js";
import { keyPage } from "./page.js";
import {
  jsonOf,
  numberOf,
  numberOrNull,
  query,
  queryAll,
  type Sql,
  type SqlRow,
  textOf,
} from "./query.js";

const COLUMNS =
  "sn, standing, push_version, language, time_zone, options, info, stamps, resync, areas, key_shown, reconciled, gaps, duplicates, quarantined, clock_drift, sequence, first_seen, last_seen";

export function* device(sn: string): Sql<DeviceState | undefined> {
  const { rows } = yield* query(`SELECT ${COLUMNS} FROM devices WHERE sn = ?`, sn);
  return rows[0] === undefined ? undefined : stateOf(rows[0]);
}

export function* devices(page: Page): Sql<Listed<DeviceState>> {
  return yield* keyPage(page, "sn", stateOf, (after, limit) => ({
    sql: `SELECT ${COLUMNS} FROM devices WHERE sn > ? ORDER BY sn LIMIT ?`,
    params: [after, limit],
  }));
}

export function* changeDevice(sn: string, settings: DeviceSettings): Sql<boolean> {
  const known = yield* locked(sn);
  if (known === undefined) return false;
  const { standing = known.standing, timeZone = known.timeZone ?? null } = settings;
  yield* query(
    "UPDATE devices SET standing = ?, time_zone = ?, resync = ?, areas = ?, reconciled = ? WHERE sn = ?",
    standing,
    timeZone,
    JSON.stringify(settings.resync ?? known.resync),
    JSON.stringify(settings.areas ?? known.areas ?? []),
    JSON.stringify(settings.reconciled ?? known.reconciled ?? null),
    sn,
  );
  return true;
}

/** What a request taught of its terminal, and that it was there. */
export function* learnDevice(sn: string, now: number, change: DeviceChange = {}): Sql<void> {
  const known = yield* locked(sn);
  if (known === undefined) {
    if (change.create === undefined) return;
    yield* query(
      `INSERT INTO devices (sn, standing, options, stamps, resync, areas, key_shown, first_seen, last_seen)
       VALUES (?, ?, '{}', '{}', '[]', '[]', 0, ?, ?) ON CONFLICT (sn) DO NOTHING`,
      sn,
      change.create,
      now,
      now,
    );
    if (change.create === "pending") yield* forgetStrangers();
    const { create: _create, ...rest } = change;
    return yield* learnDevice(sn, now, rest);
  }
  const { resyncDone = [] } = change;
  yield* query(
    `UPDATE devices SET push_version = ?, language = ?, options = ?, info = ?, stamps = ?, resync = ?,
       key_shown = ?, clock_drift = ?, sequence = ?, gaps = gaps + ?, last_seen = ? WHERE sn = ?`,
    change.pushVersion ?? known.pushVersion ?? null,
    change.language ?? known.language ?? null,
    JSON.stringify({ ...known.options, ...change.options }),
    JSON.stringify(change.info ?? known.info ?? null),
    JSON.stringify({ ...known.stamps, ...change.stamps }),
    JSON.stringify(known.resync.filter((table) => !resyncDone.includes(table))),
    (change.keyShown ?? known.keyShown) ? 1 : 0,
    change.clockDriftS ?? known.clockDriftS ?? null,
    change.sequence ?? known.sequence ?? null,
    change.newGaps ?? 0,
    Math.max(now, known.lastSeen),
    sn,
  );
}

/** Anybody can make up serial numbers: the strangers who came first give way, and come again if they are real. */
function* forgetStrangers(): Sql<void> {
  yield* query(
    `DELETE FROM devices WHERE sn IN (SELECT sn FROM devices WHERE standing = 'pending'
       ORDER BY last_seen DESC, sn LIMIT ${PENDING_DEVICES} OFFSET ${PENDING_DEVICES})`,
  );
}

/** What came of a terminal that was there before, or was not understood. */
export function* tally(sn: string, duplicates: number, quarantined: number): Sql<void> {
  if (duplicates === 0 && quarantined === 0) return;
  yield* query(
    "UPDATE devices SET duplicates = duplicates + ?, quarantined = quarantined + ? WHERE sn = ?",
    duplicates,
    quarantined,
    sn,
  );
}

/** Terminals that only asked for commands. */
export function* touch(seen: readonly (readonly [sn: string, at: number])[]): Sql<void> {
  yield* queryAll(
    `UPDATE devices SET last_seen = CAST(seen.column2 AS BIGINT) FROM (VALUES {rows}) AS seen
     WHERE devices.sn = seen.column1 AND devices.last_seen < CAST(seen.column2 AS BIGINT)`,
    seen,
  );
}

function* locked(sn: string): Sql<DeviceState | undefined> {
  const { rows } = yield* query(`SELECT ${COLUMNS} FROM devices WHERE sn = ? {lock}`, sn);
  return rows[0] === undefined ? undefined : stateOf(rows[0]);
}

const stateOf = (row: SqlRow): DeviceState => ({
  sn: textOf(row, "sn"),
  standing: textOf(row, "standing") as DeviceState["standing"],
  options: jsonOf(row, "options", {}),
  stamps: jsonOf(row, "stamps", {}),
  resync: jsonOf(row, "resync", []),
  areas: jsonOf(row, "areas", []),
  keyShown: numberOf(row, "key_shown") === 1,
  gaps: numberOf(row, "gaps"),
  duplicates: numberOf(row, "duplicates"),
  quarantined: numberOf(row, "quarantined"),
  firstSeen: numberOf(row, "first_seen"),
  lastSeen: numberOf(row, "last_seen"),
  ...present("pushVersion", row["push_version"] === null ? null : textOf(row, "push_version")),
  ...present("language", numberOrNull(row, "language")),
  ...present("timeZone", row["time_zone"] === null ? null : textOf(row, "time_zone")),
  ...present("reconciled", jsonOf<ReconciledDay | null>(row, "reconciled", null)),
  ...present("info", jsonOf<DeviceInfo | null>(row, "info", null)),
  ...present("clockDriftS", numberOrNull(row, "clock_drift")),
  ...present("sequence", numberOrNull(row, "sequence")),
});

const present = <K extends string, T>(key: K, value: T | null): { readonly [P in K]?: T } =>
  value === null ? {} : ({ [key]: value } as { readonly [P in K]?: T });
