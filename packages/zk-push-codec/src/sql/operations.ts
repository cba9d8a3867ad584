import type { Change, Committed, NewCommand } from "../store.js";
import * as attendanceTable from "./attendance.js";
import * as commandTable from "./commands.js";
import * as deviceTable from "./devices.js";
import * as fileTable from "./files.js";
import * as keptTables from "./kept.js";
import * as outboxTable from "./outbox.js";
import * as peopleTables from "./people.js";
import type { Sql, Tuples } from "./query.js";

/** A change whose attendance is a list of values: that is what there is most of. */
export type PackedChange = Omit<Change, "attendance"> & { readonly attendance: Tuples };

/** Packs a change for the operation `commit`. */
export const packChange = (change: Change): PackedChange => ({
  ...change,
  attendance: attendanceTable.attendanceTuples(
    change.sn,
    change.receivedAt,
    change.attendance ?? [],
  ),
});

/** What one request of a terminal brings, in one transaction. */
function* commit(change: PackedChange, sinks: readonly string[]): Sql<Committed> {
  const unknownCommands = yield* storeRest(change);
  const [done] = yield* storeAllAttendance([change], sinks);
  return { ...done!, unknownCommands };
}

/** Attendance of several changes, in one go. */
export function* storeAllAttendance(
  changes: readonly PackedChange[],
  sinks: readonly string[],
): Sql<readonly Pick<Committed, "inserted" | "duplicates">[]> {
  const inserted = yield* attendanceTable.storeAttendance(
    changes.map(({ attendance }) => attendance),
    sinks,
  );
  const done: Pick<Committed, "inserted" | "duplicates">[] = [];
  for (const [i, { sn, attendance, quarantine = [] }] of changes.entries()) {
    const duplicates = attendance.values.length / attendance.width - inserted[i]!;
    yield* deviceTable.tally(sn, duplicates, quarantine.length);
    done.push({ inserted: inserted[i]!, duplicates });
  }
  return done;
}

/** Everything but attendance. @returns ids of commands that the terminal was never given. */
export function* storeRest(change: PackedChange): Sql<readonly string[]> {
  const { sn, receivedAt: now, device = {} } = change;
  if (Object.keys(device).length > 0) yield* deviceTable.learnDevice(sn, now, device);
  yield* keptTables.storeRecords(sn, now, change.records ?? []);
  yield* keptTables.storePhotos(sn, now, change.photos ?? []);
  yield* keptTables.storeQuarantine(sn, now, change.quarantine ?? []);
  const unknownCommands = yield* commandTable.settle(sn, change.settlements ?? [], now);
  yield* commandTable.enqueue(sn, change.enqueue ?? [], now);
  return unknownCommands;
}

/** Every operation of a store by its name, for a driver to run; arguments and results are plain data. */
export const sqlOperations = (sinks: readonly string[]) =>
  ({
    commit: (change: PackedChange) => commit(change, sinks),
    device: deviceTable.device,
    devices: deviceTable.devices,
    changeDevice: deviceTable.changeDevice,
    touch: deviceTable.touch,
    lease: commandTable.lease,
    hasOpen: commandTable.hasOpen,
    openDevices: commandTable.openDevices,
    enqueue: (sn: string, commands: readonly NewCommand[], now: number) =>
      commandTable.enqueue(sn, commands, now),
    commands: commandTable.commands,
    expireCommands: commandTable.expireCommands,
    attendance: attendanceTable.attendance,
    countAttendance: attendanceTable.countAttendance,
    person: peopleTables.person,
    people: peopleTables.people,
    putPerson: peopleTables.putPerson,
    areasOf: peopleTables.areasOf,
    erasePerson: peopleTables.erasePerson,
    putFile: fileTable.putFile,
    file: fileTable.file,
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
