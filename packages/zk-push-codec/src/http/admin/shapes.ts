import { encodeBase64 } from "../../base64.js";
import { COMMANDS } from "../../commands/any.js";
import type {
  StoredAttendance,
  StoredCommand,
  StoredPerson,
  StoredQuarantine,
} from "../../server-store.js";
import type { DeviceState } from "../../store.js";

/** Milliseconds since 1970 as ISO 8601. */
export const iso = (ms: number): string => new Date(ms).toISOString();
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));
/** -1 stands for a column that the terminal did not send. */
const sent = (code: number): number | null => (code === -1 ? null : code);

/** Attendance as programs are told of it. */
export const attendanceShape = (row: StoredAttendance) => ({
  id: row.id,
  sn: row.sn,
  pin: row.pin,
  idNumber: row.idNumber,
  kind: row.kind,
  time: row.time,
  timeZone: row.timeZone,
  utc: iso(row.utc),
  zoneNote: row.zoneNote,
  receivedAt: iso(row.receivedAt),
  status: sent(row.status),
  verify: sent(row.verify),
  workCode: row.workCode,
  sequence: row.sequence,
  extra: row.extra === "" ? [] : (JSON.parse(row.extra) as readonly string[]),
});

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
  resync: device.resync,
  options: device.options,
  info: device.info ?? null,
});

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
export const personShape = ({ password, areas: _areas, updatedAt, ...person }: StoredPerson) => ({
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
