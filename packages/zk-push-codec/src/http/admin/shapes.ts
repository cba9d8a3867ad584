import { encodeBase64 } from "../../base64.js";
import { COMMANDS } from "../../commands/any.js";
import { iso } from "../../server/attendance-document.js";
import type { StoredCommand, StoredPerson, StoredQuarantine } from "../../server-store.js";
import type { DeviceState, ReconciledDay } from "../../store.js";

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));

export const deviceShape = (device: DeviceState) => ({
  sn: device.sn,
  state: device.standing,
  firstSeen: iso(device.firstSeen),
  lastSeen: iso(device.lastSeen),
  clockDriftS: device.clockDriftS ?? null,
  timeZone: device.timeZone ?? null,
  pushVersion: device.pushVersion ?? null,
  language: device.language ?? null,
  sequence: device.sequence ?? null,
  areas: device.areas ?? [],
  gaps: device.gaps ?? 0,
  duplicates: device.duplicates ?? 0,
  quarantined: device.quarantined ?? 0,
  reconciled: reconciledShape(device.reconciled),
  resync: device.resync,
  options: device.options,
  info: device.info ?? null,
});

const reconciledShape = (day: ReconciledDay | undefined) =>
  day === undefined ? null : { ...day, at: iso(day.at) };

export const commandShape = (row: StoredCommand) => ({
  id: row.id,
  sn: row.sn,
  command: row.command.command === "unknown" ? "unknown" : COMMANDS[row.command.command].name,
  state: row.state,
  queuedAt: iso(row.queuedAt),
  expiresAt: iso(row.expiresAt),
  attempts: row.attempts,
  sentAt: isoOrNull(row.sentAt),
  settledAt: isoOrNull(row.settledAt),
  returnCode: row.returnCode,
  meaning: row.meaning,
  ...(row.content === null ? {} : contentShape(row.content)),
});

/** A person without the password, which only terminals need. */
export const personShape = ({ password, updatedAt, ...person }: StoredPerson) => ({
  ...person,
  hasPassword: password !== undefined && password !== "",
  updatedAt: iso(updatedAt),
});

export const quarantineShape = (row: StoredQuarantine) => ({
  id: row.id,
  sn: row.sn,
  receivedAt: iso(row.receivedAt),
  reason: row.reason,
  table: row.table,
  ...contentShape(row.content),
});

/** Bytes as text where they are text, else as base64. */
const contentShape = (content: Uint8Array): { text: string } | { base64: string } => {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
    if (!/[\0-\x08\x0e-\x1f]/.test(text)) return { text };
  } catch {
    // No text.
  }
  return { base64: encodeBase64(content) };
};
