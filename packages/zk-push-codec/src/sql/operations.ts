import type { Change, Committed, NewCommand } from "../store.js";
import * as attendanceTable from "./attendance.js";
import * as commandTable from "./commands.js";
import * as deviceTable from "./devices.js";
import * as keptTables from "./kept.js";
import * as outboxTable from "./outbox.js";
import * as peopleTables from "./people.js";
import type { Sql } from "./query.js";

/** What one request of a terminal brings, in one transaction. */
function* commit(change: Change, sinks: readonly string[]): Sql<Committed> {
  const { sn, receivedAt: now } = change;
  yield* deviceTable.learnDevice(sn, now, change.device);
  const rows = change.attendance ?? [];
  const inserted = yield* attendanceTable.storeAttendance(sn, now, rows, sinks);
  yield* keptTables.storeRecords(sn, now, change.records ?? []);
  yield* keptTables.storePhotos(sn, now, change.photos ?? []);
  yield* keptTables.storeQuarantine(sn, now, change.quarantine ?? []);
  const unknownCommands = yield* commandTable.settle(sn, change.settlements ?? [], now);
  yield* commandTable.enqueue(sn, change.enqueue ?? [], now);
  return { inserted, duplicates: rows.length - inserted, unknownCommands };
}

/** Every operation of a store by its name, for a driver to run; arguments and results are plain data. */
export const sqlOperations = (sinks: readonly string[]) =>
  ({
    commit: (change: Change) => commit(change, sinks),
    device: deviceTable.device,
    devices: deviceTable.devices,
    changeDevice: deviceTable.changeDevice,
    touch: deviceTable.touch,
    lease: commandTable.lease,
    enqueue: (sn: string, commands: readonly NewCommand[], now: number) =>
      commandTable.enqueue(sn, commands, now),
    commands: commandTable.commands,
    expireCommands: commandTable.expireCommands,
    attendance: attendanceTable.attendance,
    countAttendance: attendanceTable.countAttendance,
    person: peopleTables.person,
    people: peopleTables.people,
    putPerson: peopleTables.putPerson,
    erasePerson: peopleTables.erasePerson,
    records: keptTables.records,
    quarantine: keptTables.quarantine,
    photos: keptTables.photos,
    photo: keptTables.photo,
    audit: keptTables.audit,
    audits: keptTables.audits,
    prune: keptTables.prune,
    takeEvents: outboxTable.takeEvents,
    confirmEvents: outboxTable.confirmEvents,
    delayEvents: outboxTable.delayEvents,
    countEvents: outboxTable.countEvents,
  }) as const;

export type SqlOperations = ReturnType<typeof sqlOperations>;
export type OperationName = keyof SqlOperations;
export type OperationResult<N extends OperationName> =
  ReturnType<SqlOperations[N]> extends Sql<infer R> ? R : never;
