import type { NamedRecord } from "./records/any.js";
import {
  type AttendanceRow,
  type Change,
  type Committed,
  type DeviceChange,
  type DeviceState,
  type LeaseTerms,
  type NewCommand,
  PENDING_DEVICES,
  type PhotoRow,
  type QuarantineRow,
  type QueuedCommand,
  type Settlement,
  type Store,
} from "./store.js";

/** A queued command with its fate. */
export interface MemoryCommand extends NewCommand {
  readonly sn: string;
  readonly state: "queued" | "sent" | "expired" | Settlement["state"];
  readonly attempts: number;
  readonly leasedUntil: number;
  readonly settlement?: Settlement;
}

/**
 * A store in memory, for tests and for trying things out. It keeps nothing over a restart, so a
 * server on it loses what it acknowledged: never run one on it.
 */
export interface MemoryStore extends Store {
  readonly attendance: ReadonlyMap<string, AttendanceRow & { readonly sn: string }>;
  readonly records: readonly NamedRecord[];
  readonly photos: readonly PhotoRow[];
  readonly quarantine: readonly (QuarantineRow & { readonly sn: string })[];
  readonly commands: ReadonlyMap<string, MemoryCommand>;
  enqueue(sn: string, commands: readonly NewCommand[]): void;
  setDevice(sn: string, change: Partial<DeviceState>): void;
}

/** What makes a record this one: see `AttendanceRow`. */
export const attendanceIdentity = (sn: string, row: AttendanceRow): string =>
  JSON.stringify([sn, row.time, row.pin, row.idNumber, row.status, row.verify, row.workCode]);

export const createMemoryStore = (): MemoryStore => {
  const devices = new Map<string, DeviceState>();
  const attendance = new Map<string, AttendanceRow & { sn: string }>();
  const records: NamedRecord[] = [];
  const photos: PhotoRow[] = [];
  const quarantine: (QuarantineRow & { sn: string })[] = [];
  const commands = new Map<string, MemoryCommand>();

  const change = (sn: string, now: number, device: DeviceChange = {}): void => {
    const known = devices.get(sn);
    if (known === undefined && device.create === undefined) return;
    const base = known ?? newDevice(sn, device.create ?? "pending", now);
    const { create: _create, resyncDone = [], options, stamps, newGaps = 0, ...values } = device;
    devices.set(sn, {
      ...base,
      ...values,
      options: { ...base.options, ...options },
      stamps: { ...base.stamps, ...stamps },
      gaps: (base.gaps ?? 0) + newGaps,
      resync: base.resync.filter((table) => !resyncDone.includes(table)),
      lastSeen: now,
    });
    if (known === undefined && base.standing === "pending") forgetStrangers();
  };
  const forgetStrangers = (): void => {
    const strangers = [...devices.values()].filter(({ standing }) => standing === "pending");
    for (const { sn } of strangers.slice(0, Math.max(0, strangers.length - PENDING_DEVICES))) {
      devices.delete(sn);
    }
  };

  const enqueue = (sn: string, added: readonly NewCommand[]): void => {
    for (const command of added) {
      commands.set(command.id, { ...command, sn, state: "queued", attempts: 0, leasedUntil: 0 });
    }
  };

  const settle = (sn: string, settlements: readonly Settlement[]): string[] => {
    const unknown: string[] = [];
    for (const settlement of settlements) {
      const command = commands.get(settlement.id);
      if (command === undefined || command.sn !== sn || command.attempts === 0) {
        unknown.push(settlement.id);
      } else if (command.settlement === undefined) {
        commands.set(command.id, { ...command, state: settlement.state, settlement });
      }
    }
    return unknown;
  };

  const store: MemoryStore = {
    attendance,
    records,
    photos,
    quarantine,
    commands,
    enqueue,
    setDevice(sn, values) {
      const known = devices.get(sn) ?? newDevice(sn, "approved", 0);
      devices.set(sn, { ...known, ...values });
    },
    async device(sn) {
      return devices.get(sn);
    },
    async commit(unit: Change): Promise<Committed> {
      const { sn } = unit;
      change(sn, unit.receivedAt, unit.device);
      let inserted = 0;
      for (const row of unit.attendance ?? []) {
        const key = attendanceIdentity(sn, row);
        if (attendance.has(key)) continue;
        attendance.set(key, { ...row, sn });
        inserted++;
      }
      records.push(...(unit.records ?? []));
      photos.push(...(unit.photos ?? []));
      quarantine.push(...(unit.quarantine ?? []).map((row) => ({ ...row, sn })));
      enqueue(sn, unit.enqueue ?? []);
      return {
        inserted,
        duplicates: (unit.attendance?.length ?? 0) - inserted,
        unknownCommands: settle(sn, unit.settlements ?? []),
      };
    },
    async lease(sn: string, terms: LeaseTerms): Promise<readonly QueuedCommand[]> {
      const given: QueuedCommand[] = [];
      for (const command of commands.values()) {
        if (command.sn !== sn || given.length === terms.limit) continue;
        if (command.state !== "queued" && command.state !== "sent") continue;
        if (command.expiresAt <= terms.now) {
          commands.set(command.id, { ...command, state: "expired" });
          continue;
        }
        const again = command.guarantee === "atLeastOnce" && command.leasedUntil <= terms.now;
        if (command.state === "sent" && !again) continue;
        const { id, attempts } = command;
        commands.set(id, {
          ...command,
          state: "sent",
          attempts: attempts + 1,
          leasedUntil: terms.now + terms.leaseMs,
        });
        given.push({ id, command: command.command, attempts });
        if (command.endsBatch) break;
      }
      return given;
    },
    async person(pin) {
      const own = records.filter((record) => "pin" in record && record.pin === pin);
      return own.length === 0 ? undefined : own;
    },
  };
  return store;
};

const newDevice = (sn: string, standing: DeviceState["standing"], now: number): DeviceState => ({
  sn,
  standing,
  options: {},
  stamps: {},
  resync: [],
  firstSeen: now,
  lastSeen: now,
});
