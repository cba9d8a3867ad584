import type { OutboxEvent, TakeTerms } from "../server-store.js";
import { jsonOf, numberOf, query, type Sql, textOf } from "./query.js";

export function* takeEvents(sink: string, terms: TakeTerms): Sql<readonly OutboxEvent[]> {
  const { now, leaseMs, limit } = terms;
  const { rows } = yield* query(
    `SELECT id, payload, attempts FROM outbox WHERE sink = ? AND due <= ? ORDER BY id LIMIT ? {lockFree}`,
    sink,
    now,
    limit,
  );
  for (const row of rows) {
    yield* query(
      "UPDATE outbox SET due = ?, attempts = attempts + 1 WHERE id = ?",
      now + leaseMs,
      row["id"]!,
    );
  }
  return rows.map((row) => ({
    id: textOf(row, "id"),
    attempts: numberOf(row, "attempts"),
    attendance: jsonOf(row, "payload", []),
  }));
}

export function* confirmEvents(sink: string, ids: readonly string[]): Sql<void> {
  for (const id of ids) {
    yield* query("DELETE FROM outbox WHERE sink = ? AND id = ?", sink, Number(id));
  }
}

export function* delayEvents(sink: string, ids: readonly string[], until: number): Sql<void> {
  for (const id of ids) {
    yield* query("UPDATE outbox SET due = ? WHERE sink = ? AND id = ?", until, sink, Number(id));
  }
}

export function* countEvents(sink: string): Sql<number> {
  const { rows } = yield* query("SELECT COUNT(*) AS count FROM outbox WHERE sink = ?", sink);
  return numberOf(rows[0]!, "count");
}
