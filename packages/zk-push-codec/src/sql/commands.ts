import type { Command } from "../commands/any.js";
import type { Listed, Page, StoredCommand } from "../server-store.js";
import type { LeaseTerms, NewCommand, QueuedCommand, Settlement } from "../store.js";
import { numberPage } from "./page.js";
import {
  bytesAt,
  jsonOf,
  numberOf,
  numberOrNull,
  query,
  queryAll,
  type Sql,
  type SqlRow,
  textOf,
} from "./query.js";

export function* enqueue(sn: string, commands: readonly NewCommand[], now: number): Sql<void> {
  yield* queryAll(
    `INSERT INTO commands (id, sn, command, pin, guarantee, ends_batch, state, queued_at, expires_at,
       attempts, leased_until, meaning) VALUES {rows}`,
    commands.map(({ id, command, guarantee, endsBatch, expiresAt }) => [
      id,
      sn,
      writeCommand(command),
      personIn(command),
      guarantee,
      endsBatch ? 1 : 0,
      "queued",
      now,
      expiresAt,
      0,
      0,
      "",
    ]),
  );
}

/** Open commands of one terminal that are looked at in one go. */
const WINDOW = 500;

/** Commands that were handed out, and whether any are open still. */
export interface Leased {
  readonly commands: readonly QueuedCommand[];
  readonly open: boolean;
}

export function* lease(sn: string, terms: LeaseTerms): Sql<Leased> {
  const { now, leaseMs, limit } = terms;
  const { rows } = yield* query(
    `SELECT position, id, command, guarantee, ends_batch, state, attempts, leased_until, expires_at
     FROM commands WHERE sn = ? AND state IN ('queued', 'sent') ORDER BY position LIMIT ? {lockFree}`,
    sn,
    WINDOW,
  );
  // Whoever holds the first of them is handing out, or settling, just now: order goes before speed.
  if (rows[0] === undefined || !(yield* isFirstOpen(sn, rows[0]))) {
    return { commands: [], open: rows[0] !== undefined };
  }
  const given: SqlRow[] = [];
  let expired = 0;
  for (const row of rows) {
    if (given.length === limit) break;
    if (numberOf(row, "expires_at") <= now) {
      yield* query("UPDATE commands SET state = 'expired' WHERE position = ?", row["position"]!);
      expired++;
      continue;
    }
    const again =
      textOf(row, "guarantee") === "atLeastOnce" && numberOf(row, "leased_until") <= now;
    if (textOf(row, "state") === "sent" && !again) continue;
    given.push(row);
    if (numberOf(row, "ends_batch") === 1) break;
  }
  for (const row of given) {
    yield* query(
      `UPDATE commands SET state = 'sent', attempts = attempts + 1, leased_until = ?, sent_at = ?
       WHERE position = ?`,
      now + leaseMs,
      now,
      row["position"]!,
    );
  }
  const commands = given.map((row) => ({
    id: textOf(row, "id"),
    command: readCommand(row),
    attempts: numberOf(row, "attempts"),
  }));
  return { commands, open: rows.length > expired };
}

function* isFirstOpen(sn: string, row: SqlRow): Sql<boolean> {
  const { rows } = yield* query(
    "SELECT MIN(position) AS position FROM commands WHERE sn = ? AND state IN ('queued', 'sent')",
    sn,
  );
  return rows[0] !== undefined && textOf(rows[0], "position") === textOf(row, "position");
}

/** Whether a terminal has any command that is not settled. */
export function* hasOpen(sn: string): Sql<boolean> {
  const { rows } = yield* query(
    "SELECT 1 AS found FROM commands WHERE sn = ? AND state IN ('queued', 'sent') LIMIT 1",
    sn,
  );
  return rows.length > 0;
}

/** Terminals with commands that are not settled. */
export function* openDevices(): Sql<readonly string[]> {
  const { rows } = yield* query(
    "SELECT DISTINCT sn FROM commands WHERE state IN ('queued', 'sent')",
  );
  return rows.map((row) => textOf(row, "sn"));
}

/** Notes what became of commands. @returns ids that this terminal was never given. */
export function* settle(
  sn: string,
  settlements: readonly Settlement[],
  now: number,
): Sql<readonly string[]> {
  const unknown: string[] = [];
  for (const { id, state, returnCode, meaning, content } of settlements) {
    const { rows } = yield* query(
      "SELECT state FROM commands WHERE id = ? AND sn = ? AND attempts > 0 {lock}",
      id,
      sn,
    );
    if (rows[0] === undefined) unknown.push(id);
    // The first reply counts; one that comes after the time still tells what happened.
    else if (["sent", "expired"].includes(textOf(rows[0], "state"))) {
      yield* query(
        `UPDATE commands SET state = ?, return_code = ?, meaning = ?, content = ?, settled_at = ?
         WHERE id = ?`,
        state,
        returnCode,
        meaning,
        content ?? null,
        now,
        id,
      );
    }
  }
  return unknown;
}

export function* expireCommands(now: number): Sql<number> {
  const { changes } = yield* query(
    "UPDATE commands SET state = 'expired' WHERE state IN ('queued', 'sent') AND expires_at <= ?",
    now,
  );
  return changes;
}

export function* commands(sn: string, page: Page): Sql<Listed<StoredCommand>> {
  return yield* numberPage(
    page,
    storedOf,
    (after, limit) => ({
      sql: `SELECT position, id, sn, command, state, queued_at, expires_at, attempts, sent_at, settled_at,
              return_code, meaning, content
            FROM commands WHERE sn = ? AND position {beyond} ? ORDER BY position {direction} LIMIT ?`,
      params: [sn, after, limit],
    }),
    "position",
  );
}

const storedOf = (row: SqlRow): StoredCommand => ({
  id: textOf(row, "id"),
  sn: textOf(row, "sn"),
  command: readCommand(row),
  state: textOf(row, "state") as StoredCommand["state"],
  queuedAt: numberOf(row, "queued_at"),
  expiresAt: numberOf(row, "expires_at"),
  attempts: numberOf(row, "attempts"),
  sentAt: numberOrNull(row, "sent_at"),
  settledAt: numberOrNull(row, "settled_at"),
  returnCode: numberOrNull(row, "return_code"),
  meaning: textOf(row, "meaning"),
  content: row["content"] === null ? null : bytesAt(row, "content"),
});

/** Whose data a command carries; that somebody is to be deleted has to outlive him. */
const personIn = (command: Command): string | null =>
  "pin" in command && !command.command.startsWith("DATA DELETE") ? command.pin : null;

const writeCommand = (command: Command): string => JSON.stringify(command);

const readCommand = (row: SqlRow): Command =>
  jsonOf<Command>(row, "command", { command: "unknown", wire: "" });
