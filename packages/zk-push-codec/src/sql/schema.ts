import { ZkPushError } from "../errors.js";
import { numberOf, type Sql } from "./query.js";

/** What the two databases write differently. */
export interface Dialect {
  /** A number that counts up, as the key of a table. */
  readonly identity: string;
  readonly bytes: string;
  /** Integers of 64 bits. */
  readonly big: string;
  /** Text that is ordered by its code points, whatever the language of the server. */
  readonly text: string;
}

export const SQLITE: Dialect = {
  identity: "INTEGER PRIMARY KEY AUTOINCREMENT",
  bytes: "BLOB",
  big: "INTEGER",
  text: "TEXT",
};

export const POSTGRES: Dialect = {
  identity: "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
  bytes: "BYTEA",
  big: "BIGINT",
  text: 'TEXT COLLATE "C"',
};

/** Steps from one version of the tables to the next: never changed, only added to. */
const MIGRATIONS: readonly ((dialect: Dialect) => readonly string[])[] = [
  ({ identity, bytes, big, text }) => [
    `CREATE TABLE devices (
      sn ${text} NOT NULL PRIMARY KEY,
      standing ${text} NOT NULL,
      push_version ${text},
      language ${big},
      time_zone ${text},
      options ${text} NOT NULL,
      info ${text},
      stamps ${text} NOT NULL,
      resync ${text} NOT NULL,
      areas ${text} NOT NULL,
      key_shown INTEGER NOT NULL,
      reconciled ${text},
      gaps ${big} NOT NULL DEFAULT 0,
      duplicates ${big} NOT NULL DEFAULT 0,
      quarantined ${big} NOT NULL DEFAULT 0,
      clock_drift INTEGER,
      sequence ${big},
      first_seen ${big} NOT NULL,
      last_seen ${big} NOT NULL
    )`,
    `CREATE TABLE attendance (
      id ${identity},
      sn ${text} NOT NULL,
      time ${text} NOT NULL,
      pin ${text} NOT NULL,
      id_number ${text} NOT NULL,
      status ${big} NOT NULL,
      verify ${big} NOT NULL,
      work_code ${text} NOT NULL,
      kind ${text} NOT NULL,
      utc ${big} NOT NULL,
      time_zone ${text} NOT NULL,
      zone_note ${text} NOT NULL,
      sequence ${big},
      extra ${text} NOT NULL,
      received_at ${big} NOT NULL,
      UNIQUE (sn, time, pin, id_number, status, verify, work_code)
    )`,
    "CREATE INDEX attendance_by_pin ON attendance (pin, time)",
    `CREATE TABLE commands (
      position ${identity},
      id ${text} NOT NULL UNIQUE,
      sn ${text} NOT NULL,
      command ${text} NOT NULL,
      pin ${text},
      guarantee ${text} NOT NULL,
      ends_batch INTEGER NOT NULL,
      state ${text} NOT NULL,
      queued_at ${big} NOT NULL,
      expires_at ${big} NOT NULL,
      attempts INTEGER NOT NULL,
      leased_until ${big} NOT NULL,
      sent_at ${big},
      settled_at ${big},
      return_code ${big},
      meaning ${text} NOT NULL,
      content ${bytes}
    )`,
    "CREATE INDEX commands_open ON commands (sn, position) WHERE state IN ('queued', 'sent')",
    "CREATE INDEX commands_by_device ON commands (sn, position)",
    "CREATE INDEX commands_by_pin ON commands (pin) WHERE pin IS NOT NULL",
    `CREATE TABLE people (
      pin ${text} NOT NULL PRIMARY KEY,
      user_values ${text} NOT NULL,
      areas ${text} NOT NULL,
      updated_at ${big} NOT NULL
    )`,
    `CREATE TABLE templates (
      pin ${text} NOT NULL,
      kind ${text} NOT NULL,
      number ${text} NOT NULL,
      record ${text} NOT NULL,
      updated_at ${big} NOT NULL,
      PRIMARY KEY (pin, kind, number)
    )`,
    `CREATE TABLE records (
      id ${identity},
      sn ${text} NOT NULL,
      kind ${text} NOT NULL,
      identity ${text} NOT NULL,
      record ${text} NOT NULL,
      received_at ${big} NOT NULL,
      UNIQUE (sn, kind, identity)
    )`,
    `CREATE TABLE photos (
      id ${identity},
      sn ${text} NOT NULL,
      file_name ${text} NOT NULL,
      pin ${text} NOT NULL,
      id_number ${text} NOT NULL,
      time ${text} NOT NULL,
      size ${big} NOT NULL,
      content ${bytes} NOT NULL,
      received_at ${big} NOT NULL,
      UNIQUE (sn, file_name)
    )`,
    "CREATE INDEX photos_by_pin ON photos (pin)",
    `CREATE TABLE quarantine (
      id ${identity},
      sn ${text} NOT NULL,
      reason ${text} NOT NULL,
      source ${text} NOT NULL,
      content ${bytes} NOT NULL,
      received_at ${big} NOT NULL
    )`,
    `CREATE TABLE files (
      token ${text} NOT NULL PRIMARY KEY,
      name ${text} NOT NULL,
      size ${big} NOT NULL,
      content ${bytes} NOT NULL,
      base64 INTEGER NOT NULL,
      sn ${text},
      expires_at ${big} NOT NULL
    )`,
    `CREATE TABLE outbox (
      id ${identity},
      sink ${text} NOT NULL,
      payload ${text} NOT NULL,
      attempts INTEGER NOT NULL,
      due ${big} NOT NULL
    )`,
    "CREATE INDEX outbox_due ON outbox (sink, due, id)",
    `CREATE TABLE audit (
      id ${identity},
      at ${big} NOT NULL,
      actor ${text} NOT NULL,
      action ${text} NOT NULL,
      subject ${text} NOT NULL
    )`,
  ],
];

/**
 * Brings the tables to the version of this program, from none or an older one.
 *
 * @throws ZkPushError `STORE_NEWER` where a later program has been at work.
 */
export function* migrate(dialect: Dialect): Sql<void> {
  yield { sql: "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)" };
  const { rows } = yield { sql: "SELECT version FROM schema_version" };
  const version = rows[0] === undefined ? 0 : numberOf(rows[0], "version");
  if (version > MIGRATIONS.length) {
    throw new ZkPushError(
      "STORE_NEWER",
      `expected tables of version ${MIGRATIONS.length} or earlier, found ${version}`,
    );
  }
  for (const step of MIGRATIONS.slice(version)) for (const sql of step(dialect)) yield { sql };
  yield rows[0] === undefined
    ? { sql: "INSERT INTO schema_version (version) VALUES (?)", params: [MIGRATIONS.length] }
    : { sql: "UPDATE schema_version SET version = ?", params: [MIGRATIONS.length] };
}
