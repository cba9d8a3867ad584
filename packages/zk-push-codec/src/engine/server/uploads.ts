import { openPacket } from "../../archive/packet.js";
import type { RecordLines } from "../../lines.js";
import type { NamedRecord } from "../../records/any.js";
import { parsePhotoName } from "../../records/identity-card-photo.js";
import type { AttendanceUpload } from "../../requests/upload-attendance.js";
import type { AttendancePhotoUpload } from "../../requests/upload-attendance-photo.js";
import type { PacketUpload } from "../../requests/upload-packet.js";
import type { AttendanceRow, DeviceState, NewCommand } from "../../store.js";
import { deviceTimeOf } from "../../time.js";
import { attendanceRows, unreadableRows } from "./attendance-rows.js";
import {
  accepted,
  codecOptions,
  commit,
  type Handled,
  quarantineEvents,
  type Served,
  zoneOf,
} from "./context.js";
import { isAccessControl } from "./dialect.js";
import type { ServerEvent } from "./events.js";
import type { StampedTable } from "./handshake.js";
import { type Progress, sequenceProgress } from "./sequence.js";
import { areKeys, storableRecords } from "./storable.js";

/** Records and older than this: a first upload, or one after a long time without the server. */
const BACKLOG = { records: 20, ageMs: 24 * 60 * 60 * 1000 } as const;

/** Attendance records (11.2, 11.7). */
export const handleAttendance = async (
  served: Served,
  message: AttendanceUpload,
): Promise<Handled> => {
  const { device, now } = served;
  const { rows, quarantine: untimed } = attendanceRows(message.records, zoneOf(served));
  const unread = unreadableRows(message.unreadable, "ATTLOG", served.request.body);
  const quarantine = [...untimed, ...unread];
  const progress = sequenceProgress(rows, device.sequence, now);
  const done = await commit(served, {
    attendance: rows,
    quarantine,
    device: {
      ...stampChange(served, "ATTLOG", message.stamp),
      ...(progress.sequence === undefined ? {} : { sequence: progress.sequence }),
      ...(progress.gaps.length === 0 ? {} : { newGaps: progress.gaps.length }),
      ...driftOf(device, rows, now),
      ...(isAccessControl(device) ? { options: { DeviceType: "att" } } : {}),
    },
    ...backfill(served, progress),
  });
  const { inserted, duplicates } = done;
  const events: ServerEvent[] = [
    { event: "attendance", sn: device.sn, inserted, duplicates },
    ...progress.gaps.map((gap) => ({ event: "sequenceGap" as const, sn: device.sn, ...gap })),
    ...quarantineEvents(device.sn, quarantine),
  ];
  const answer = { response: accepted(now, rows.length + quarantine.length) };
  if (!isBacklog(rows, now)) return { ...answer, events };
  const expected = Number(device.info?.attendanceRecords ?? Number.NaN);
  events.push({
    event: "backlog",
    sn: device.sn,
    received: rows.length,
    ...(Number.isSafeInteger(expected) ? { expected } : {}),
  });
  return { ...answer, events, answerAfterMs: served.options.backlogDelayMs ?? 0 };
};

/** Old records in numbers: what a terminal sends when it first comes. */
const isBacklog = (rows: readonly AttendanceRow[], now: number): boolean =>
  rows.length >= BACKLOG.records && rows.every(({ utc }) => now - utc > BACKLOG.ageMs);

/** One fresh punch tells how far the clock is off; several may have waited. */
const driftOf = (
  device: DeviceState,
  rows: readonly AttendanceRow[],
  now: number,
): { clockDriftS?: number } => {
  const [only, ...others] = rows;
  if (only === undefined || others.length > 0) return {};
  const drift = Math.round((only.utc - now) / 1000);
  const moved = Math.abs(drift - (device.clockDriftS ?? Number.POSITIVE_INFINITY)) > 1;
  return Math.abs(drift) <= 43_200 && moved ? { clockDriftS: drift } : {};
};

/** Asks for the period in which record numbers are missing: the terminal uploads it again. */
const backfill = (served: Served, { gaps, gapTimes }: Progress): { enqueue?: NewCommand[] } => {
  if (gaps.length === 0) return {};
  const [startTime, endTime] = gapTimes;
  return {
    enqueue: [
      {
        id: served.options.newCommandId(),
        command: { command: "DATA QUERY ATTLOG", startTime, endTime },
        guarantee: "atLeastOnce",
        endsBatch: false,
        expiresAt: served.now + BACKLOG.ageMs,
      },
    ],
  };
};

/** What a stamp says: how far the terminal is, and that an upload from the start has begun. */
const stampChange = (served: Served, table: StampedTable, stamp: string | undefined) => ({
  ...(stamp === undefined || served.device.stamps[table] === stamp
    ? {}
    : { stamps: { [table]: stamp } }),
  ...(served.device.resync.includes(table) ? { resyncDone: [table] } : {}),
});

/** Users, templates, pictures, operations, errors: everything that names itself (11.4 to 11.16). */
export const handleRecords = async (
  served: Served,
  lines: RecordLines<NamedRecord> & { readonly stamp?: string },
  table: string,
  counted: boolean,
): Promise<Handled> => {
  const { sn } = served.device;
  const { records, quarantine: unkeyed } = storableRecords(
    lines.records,
    table,
    codecOptions(served),
  );
  const unread = unreadableRows(lines.unreadable, table, served.request.body);
  const quarantine = [...unkeyed, ...unread];
  const stamped = (["OPERLOG", "IDCARD", "BIODATA", "ERRORLOG"] as const).find(
    (name) => name === table,
  );
  await commit(served, {
    records,
    quarantine,
    ...(stamped === undefined ? {} : { device: stampChange(served, stamped, lines.stamp) }),
  });
  const count = records.length + quarantine.length;
  return {
    response: accepted(served.now, counted ? count : undefined),
    events: [{ event: "records", sn, count: records.length }, ...quarantineEvents(sn, quarantine)],
  };
};

/** A compressed packet of records (11.14). */
export const handlePacket = (served: Served, message: PacketUpload): Promise<Handled> => {
  const files = openPacket(message.packet, codecOptions(served));
  const records = files.flatMap((file) => file.records);
  const unreadable = files.flatMap((file) => file.unreadable ?? []);
  return handleRecords(served, { records, unreadable }, "packet", true);
};

/** A picture taken at a punch (11.3, 11.8). */
export const handlePhoto = async (
  served: Served,
  message: AttendancePhotoUpload,
): Promise<Handled> => {
  const { device, now } = served;
  const { fileName, content } = message.photo;
  const name = parsePhotoName(fileName);
  const isPicture = content[0] === 0xff && content[1] === 0xd8 && areKeys(fileName);
  const photos = isPicture
    ? [
        {
          fileName,
          pin: name?.pin ?? "",
          idNumber: name?.idNumber ?? "",
          time: name?.time ?? deviceTimeOf(now),
          content,
        },
      ]
    : [];
  const quarantine = isPicture
    ? []
    : [
        {
          reason: areKeys(fileName) ? "NOT_A_PICTURE" : "LIMIT_EXCEEDED",
          table: "ATTPHOTO",
          content: served.request.body,
        },
      ];
  await commit(served, {
    photos,
    quarantine,
    device: stampChange(served, "ATTPHOTO", message.stamp),
  });
  return {
    response: accepted(now),
    events: [
      { event: "records", sn: device.sn, count: photos.length },
      ...quarantineEvents(device.sn, quarantine),
    ],
  };
};

/** A body that its codec refused: kept whole, and acknowledged, so that it blocks nothing behind it. */
export const handleUnreadable = async (
  served: Served,
  table: string,
  reason: string,
): Promise<Handled> => {
  const quarantine = [{ reason, table, content: served.request.body }];
  await commit(served, { quarantine });
  return {
    response: accepted(served.now),
    events: quarantineEvents(served.device.sn, quarantine),
  };
};
