import type { Command } from "./commands/any.js";
import type { DeviceInfo } from "./device-info.js";
import type { NamedRecord } from "./records/any.js";

/**
 * What the server engine needs of a database: four methods, one of which writes. Everything that one
 * request of a terminal brings is one {@link Change}, which is stored whole or not at all; the
 * terminal is told OK after {@link Store.commit} resolved and never before.
 *
 * `./conformance` has the cases that every store must pass.
 */
export interface Store {
  /** What is known of a terminal; `undefined` when it was never seen. */
  device(sn: string): Promise<DeviceState | undefined>;
  /**
   * Stores a change, all of it or nothing, and resolves only when it would survive a power cut.
   * Attendance that is stored already (same {@link AttendanceRow} identity) is counted and left.
   * Each new punch becomes an event of the outbox in the same transaction. That the terminal was
   * there may reach the disk later.
   *
   * Rejecting is the way to say no: the terminal keeps its data and comes again.
   */
  commit(change: Change): Promise<Committed>;
  /**
   * Hands out commands of a terminal in the order they were queued, and marks them sent: those that
   * wait, and of those `atLeastOnce` the ones whose lease ran out without a reply. None that
   * expired, none after one that ends a batch, and none twice at a time, whoever else asks. It also
   * notes that the terminal was there, which may reach the disk later.
   */
  lease(sn: string, terms: LeaseTerms): Promise<readonly QueuedCommand[]>;
  /** What a terminal may be told of a person (chapter 14); `undefined` for nobody. */
  person(pin: string): Promise<readonly NamedRecord[] | undefined>;
}

/** Whether a terminal is served. */
export type DeviceStanding = "pending" | "approved" | "blocked";

/** Terminals that wait for approval at most; beyond that those who came first are forgotten. */
export const PENDING_DEVICES = 1_000;

/** What is known of a terminal. */
export interface DeviceState {
  readonly sn: string;
  readonly standing: DeviceStanding;
  /** Protocol version that it announced. */
  readonly pushVersion?: string;
  /** Its language: decides the character set of names. */
  readonly language?: number;
  /** IANA name, or an offset as `+05:30`: where its clock is. Absent: the server's own zone. */
  readonly timeZone?: string;
  /** Options that it pushed, by their keys without a tilde, and the DeviceType that it named. */
  readonly options: Readonly<Record<string, string>>;
  readonly info?: DeviceInfo;
  /** Last stamp of each table, as it came. */
  readonly stamps: Readonly<Record<string, string>>;
  /** Tables that it is to upload again from the start. */
  readonly resync: readonly string[];
  /** Whether a handshake has shown the key that it should have. */
  readonly keyShown?: boolean;
  /** Seconds that its clock is ahead, as far as fresh punches tell. */
  readonly clockDriftS?: number;
  /** Highest record number seen since the numbers last started again. */
  readonly sequence?: number;
  /** Areas whose people belong on it. */
  readonly areas?: readonly string[];
  /** How often record numbers were missing between two that came. */
  readonly gaps?: number;
  /** Attendance that came and was stored already. */
  readonly duplicates?: number;
  /** What came and was not understood. */
  readonly quarantined?: number;
  /** The day that was compared last. */
  readonly reconciled?: ReconciledDay;
  /** Milliseconds since 1970. */
  readonly firstSeen: number;
  readonly lastSeen: number;
}

/** Attendance of one day, as the terminal counts it and as it is stored. */
export interface ReconciledDay {
  /** `YYYY-MM-DD` by the terminal's clock. */
  readonly day: string;
  readonly onTerminal: number;
  readonly stored: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What a request taught about its terminal. Keys of `options` and `stamps` are merged. */
export interface DeviceChange {
  /** Standing of a terminal that is not known yet; one that is known keeps its own. */
  readonly create?: DeviceStanding;
  readonly pushVersion?: string;
  readonly language?: number;
  readonly options?: Readonly<Record<string, string>>;
  readonly info?: DeviceInfo;
  readonly stamps?: Readonly<Record<string, string>>;
  /** Tables whose second upload has begun. */
  readonly resyncDone?: readonly string[];
  readonly keyShown?: boolean;
  readonly clockDriftS?: number;
  readonly sequence?: number;
  /** Gaps that were found: added to those before. */
  readonly newGaps?: number;
}

/**
 * One attendance record as a row. Its identity is `sn`, `time`, `pin`, `idNumber`, `status`,
 * `verify` and `workCode`; no part of it is ever absent.
 */
export interface AttendanceRow {
  readonly pin: string;
  /** Empty unless an identity card was read. */
  readonly idNumber: string;
  readonly kind: "punch" | "verification";
  /** `YYYY-MM-DD hh:mm:ss` by the terminal's clock. */
  readonly time: string;
  /** Milliseconds since 1970, by the terminal's zone. */
  readonly utc: number;
  /** The zone that `utc` was computed with. */
  readonly timeZone: string;
  /** `gap`: the clock never showed this time; `overlap`: it showed it twice and the first is taken. */
  readonly zoneNote: "" | "gap" | "overlap";
  /** -1 where the terminal sent none. */
  readonly status: number;
  /** -1 where the terminal sent none. */
  readonly verify: number;
  readonly workCode: string;
  /** Record number of the terminal: it starts again, and is no part of the identity. */
  readonly sequence: number | null;
  /** Columns after the work code as JSON, where there is more than the usual. */
  readonly extra: string;
}

/** Something that was received and is no record, kept as it came. */
export interface QuarantineRow {
  /** Why, as a code of this package. */
  readonly reason: string;
  /** Table or path it came for. */
  readonly table: string;
  readonly content: Uint8Array;
}

/** A picture taken at a punch. */
export interface PhotoRow {
  /** The terminal's name for it: data, never a path. */
  readonly fileName: string;
  readonly pin: string;
  readonly idNumber: string;
  readonly time: string;
  readonly content: Uint8Array;
}

/** What became of a command. */
export interface Settlement {
  readonly id: string;
  /** `acknowledged`: received, and its effect comes separately. */
  readonly state: "acknowledged" | "done" | "failed";
  readonly returnCode: number;
  readonly meaning: string;
  /** Output of SHELL, or the file of GetFile. */
  readonly content?: Uint8Array;
}

/** Everything that one request of a terminal brings. */
export interface Change {
  readonly sn: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  readonly device?: DeviceChange;
  readonly attendance?: readonly AttendanceRow[];
  /** People, templates, pictures, operations and errors. */
  readonly records?: readonly NamedRecord[];
  readonly photos?: readonly PhotoRow[];
  readonly quarantine?: readonly QuarantineRow[];
  readonly settlements?: readonly Settlement[];
  /** Commands for this terminal that the request gives rise to. */
  readonly enqueue?: readonly NewCommand[];
}

/** What a commit did. */
export interface Committed {
  /** Attendance that was not stored before. */
  readonly inserted: number;
  /** Attendance that was. */
  readonly duplicates: number;
  /** Ids of settlements that no command of this terminal has: nothing was changed for them. */
  readonly unknownCommands: readonly string[];
}

/** How a batch of commands is handed out. */
export interface LeaseTerms {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How long to wait for a reply before a command is given again. */
  readonly leaseMs: number;
  readonly limit: number;
}

/** A command to be queued. */
export interface NewCommand {
  /** 1 to 16 letters and digits, never used before. */
  readonly id: string;
  readonly command: Command;
  readonly guarantee: "atLeastOnce" | "atMostOnce";
  readonly endsBatch: boolean;
  /** Milliseconds since 1970: not given after it. */
  readonly expiresAt: number;
}

/** A command that was handed out. */
export interface QueuedCommand {
  readonly id: string;
  readonly command: Command;
  /** How often it was handed out before. */
  readonly attempts: number;
}
