import { numberOf, type Sql } from "./query.js";

/** What the two databases write differently. */
export interface Dialect {
  /** A number that counts up, as the key of a table. */
  readonly identity: string;
  readonly bytes: string;
  /** Integers of 64 bits. */
  readonly big: string;
}

export const SQLITE: Dialect = {
  identity: "INTEGER PRIMARY KEY AUTOINCREMENT",
  bytes: "BLOB",
  big: "INTEGER",
};

export const POSTGRES: Dialect = {
  identity: "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
  bytes: "BYTEA",
  big: "BIGINT",
};

/** Steps from one version of the tables to the next: never changed, only added to. */
const MIGRATIONS: readonly ((dialect: Dialect) => readonly string[])[] = [
  ({ identity, bytes, big }) => [
    `CREATE TABLE devices (
      sn TEXT NOT NULL PRIMARY KEY,
      standing TEXT NOT NULL,
      push_version TEXT,
      language INTEGER,
      time_zone TEXT,
      options TEXT NOT NULL,
      info TEXT,
      stamps TEXT NOT NULL,
      resync TEXT NOT NULL,
      areas TEXT NOT NULL,
      key_shown INTEGER NOT NULL,
      clock_drift INTEGER,
      sequence ${big},
      first_seen ${big} NOT NULL,
      last_seen ${big} NOT NULL
    )`,
    `CREATE TABLE attendance (
      id ${identity},
      sn TEXT NOT NULL,
      time TEXT NOT NULL,
      pin TEXT NOT NULL,
      id_number TEXT NOT NULL,
      status INTEGER NOT NULL,
      verify INTEGER NOT NULL,
      work_code TEXT NOT NULL,
      kind TEXT NOT NULL,
      utc ${big} NOT NULL,
      time_zone TEXT NOT NULL,
      zone_note TEXT NOT NULL,
      sequence ${big},
      extra TEXT NOT NULL,
      received_at ${big} NOT NULL,
      UNIQUE (sn, time, pin, id_number, status, verify, work_code)
    )`,
    "CREATE INDEX attendance_by_pin ON attendance (pin, time)",
    `CREATE TABLE commands (
      position ${identity},
      id TEXT NOT NULL UNIQUE,
      sn TEXT NOT NULL,
      command TEXT NOT NULL,
      guarantee TEXT NOT NULL,
      ends_batch INTEGER NOT NULL,
      state TEXT NOT NULL,
      queued_at ${big} NOT NULL,
      expires_at ${big} NOT NULL,
      attempts INTEGER NOT NULL,
      leased_until ${big} NOT NULL,
      sent_at ${big},
      settled_at ${big},
      return_code INTEGER,
      meaning TEXT NOT NULL,
      content ${bytes}
    )`,
    "CREATE INDEX commands_open ON commands (sn, position) WHERE state IN ('queued', 'sent')",
    "CREATE INDEX commands_by_device ON commands (sn, position)",
    `CREATE TABLE people (
      pin TEXT NOT NULL PRIMARY KEY,
      user_values TEXT NOT NULL,
      areas TEXT NOT NULL,
      updated_at ${big} NOT NULL
    )`,
    `CREATE TABLE templates (
      pin TEXT NOT NULL,
      kind TEXT NOT NULL,
      number TEXT NOT NULL,
      record TEXT NOT NULL,
      updated_at ${big} NOT NULL,
      PRIMARY KEY (pin, kind, number)
    )`,
    `CREATE TABLE records (
      id ${identity},
      sn TEXT NOT NULL,
      kind TEXT NOT NULL,
      identity TEXT NOT NULL,
      record TEXT NOT NULL,
      received_at ${big} NOT NULL,
      UNIQUE (sn, kind, identity)
    )`,
    `CREATE TABLE photos (
      id ${identity},
      sn TEXT NOT NULL,
      file_name TEXT NOT NULL,
      pin TEXT NOT NULL,
      id_number TEXT NOT NULL,
      time TEXT NOT NULL,
      size INTEGER NOT NULL,
      content ${bytes} NOT NULL,
      received_at ${big} NOT NULL,
      UNIQUE (sn, file_name)
    )`,
    `CREATE TABLE quarantine (
      id ${identity},
      sn TEXT NOT NULL,
      reason TEXT NOT NULL,
      source TEXT NOT NULL,
      content ${bytes} NOT NULL,
      received_at ${big} NOT NULL
    )`,
    `CREATE TABLE outbox (
      id ${identity},
      sink TEXT NOT NULL,
      payload TEXT NOT NULL,
      attempts INTEGER NOT NULL,
      due ${big} NOT NULL
    )`,
    "CREATE INDEX outbox_due ON outbox (sink, due, id)",
    `CREATE TABLE audit (
      id ${identity},
      at ${big} NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      subject TEXT NOT NULL
    )`,
  ],
];

/** Brings the tables to the version of this program, from none or an older one. */
export function* migrate(dialect: Dialect): Sql<void> {
  yield { sql: "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)" };
  const { rows } = yield { sql: "SELECT version FROM schema_version" };
  const version = rows[0] === undefined ? 0 : numberOf(rows[0], "version");
  for (const step of MIGRATIONS.slice(version)) for (const sql of step(dialect)) yield { sql };
  yield rows[0] === undefined
    ? { sql: "INSERT INTO schema_version (version) VALUES (?)", params: [MIGRATIONS.length] }
    : { sql: "UPDATE schema_version SET version = ?", params: [MIGRATIONS.length] };
}
