import type { Command } from "./commands/any.js";
import type { NamedRecord } from "./records/any.js";
import type {
  AttendanceRow,
  DeviceStanding,
  DeviceState,
  NewCommand,
  PhotoRow,
  QuarantineRow,
  ReconciledDay,
  Store,
} from "./store.js";

/**
 * Everything that a whole server needs of a database: what the engine needs, and what people and
 * other programs look at. The homes are `./node/sqlite` and `./node/postgres`; the cases in
 * `./conformance` hold them both to the same behaviour.
 *
 * Times are milliseconds since 1970. Lists are in the order in which their rows came, or the newest
 * first; terminals and people by their names. Rows get their ids in the order in which they become
 * visible: who reads on from the last id misses none.
 */
export interface ServerStore extends Store {
  // Terminals.
  devices(page: Page): Promise<Listed<DeviceState>>;
  /** @returns false when there is no such terminal. */
  changeDevice(sn: string, settings: DeviceSettings): Promise<boolean>;

  // Attendance.
  attendance(filter: AttendanceFilter, page: Page): Promise<Listed<StoredAttendance>>;
  countAttendance(filter: AttendanceFilter): Promise<number>;

  // Commands.
  enqueue(sn: string, commands: readonly NewCommand[]): Promise<void>;
  commands(sn: string, page: Page): Promise<Listed<StoredCommand>>;
  /** Marks what is past its time, so that lists say so. @returns how many there were. */
  expireCommands(now: number): Promise<number>;

  // People.
  people(page: Page): Promise<Listed<StoredPerson>>;
  /**
   * Adds or changes a person, and says on which terminals he is to be: areas are names that
   * terminals carry too.
   *
   * @param areas absent: those that he has.
   */
  putPerson(user: UserValues, areas: readonly string[] | undefined, now: number): Promise<void>;
  /** Areas of a person; none where nobody has the number. */
  areasOf(pin: string): Promise<readonly string[]>;
  /**
   * Removes a person: name, cards, password, templates, pictures, and commands that carry any of
   * it. Attendance stays, by its PIN, unless it is to go as well.
   *
   * @returns false when there was nothing of the person.
   */
  erasePerson(pin: string, attendance?: boolean): Promise<boolean>;

  // What else was kept.
  records(kind: "OPLOG" | "ERRORLOG" | "IDCARD", page: Page): Promise<Listed<StoredRecord>>;
  quarantine(page: Page): Promise<Listed<StoredQuarantine>>;
  photos(
    filter: { readonly sn?: string; readonly pin?: string },
    page: Page,
  ): Promise<Listed<StoredPhoto>>;
  photo(id: string): Promise<PhotoRow | undefined>;
  audit(entry: AuditEntry): Promise<void>;
  audits(page: Page): Promise<Listed<AuditEntry & { readonly id: string }>>;
  /** Deletes what is older than its time. @returns how many rows went. */
  prune(before: Retention): Promise<number>;

  // Files that terminals fetch.
  /**
   * Keeps a file until its time, and lets go of those whose time has come.
   *
   * @throws ZkPushError `LIMIT_EXCEEDED` when all files together would be too large.
   */
  putFile(file: StoredFile, now: number): Promise<void>;
  file(token: string): Promise<StoredFile | undefined>;

  // Outbox.
  /**
   * Takes events for a sink that are due: each stands for the new punches of one commit. They come
   * again after the lease unless they are confirmed, and stay until then however long that takes.
   */
  takeEvents(sink: string, terms: TakeTerms): Promise<readonly OutboxEvent[]>;
  confirmEvents(sink: string, ids: readonly string[]): Promise<void>;
  /** Gives events back, to come again at a time of the sink's choice. */
  delayEvents(sink: string, ids: readonly string[], until: number): Promise<void>;
  /** How many events of a sink wait. */
  countEvents(sink: string): Promise<number>;

  close(): Promise<void>;
}

/** A part of a list. */
export interface Page {
  /** What the part before gave as `next`; absent: from the start. */
  readonly cursor?: string;
  /** Rows at most: 1 to 1,000. */
  readonly limit: number;
  /** For lists whose rows have numbers; absent: the oldest first. */
  readonly order?: "newest";
}

export interface Listed<T> {
  readonly items: readonly T[];
  /** For the next part; `null` at the end. */
  readonly next: string | null;
}

/** What an administrator decides for a terminal. */
export interface DeviceSettings {
  readonly standing?: DeviceStanding;
  /** IANA, or an offset as `+05:30`; `null`: the server's own. */
  readonly timeZone?: string | null;
  /** Tables to be uploaded again from the start. */
  readonly resync?: readonly string[];
  /** Names of the areas whose people belong on it. */
  readonly areas?: readonly string[];
  readonly reconciled?: ReconciledDay;
}

/** A file for terminals. */
export interface StoredFile {
  /** In the address that the terminal is given: nobody guesses it. */
  readonly token: string;
  /** Last part of the path. */
  readonly name: string;
  readonly content: Uint8Array;
  /** Served in base64: UPGRADE without `type` wants that. */
  readonly base64: boolean;
  /** The only terminal that may have it. */
  readonly sn: string | null;
  readonly expiresAt: number;
}

/** Which attendance; what is absent is no condition. Times are by the terminal's clock. */
export interface AttendanceFilter {
  readonly sn?: string;
  readonly pin?: string;
  /** First `YYYY-MM-DD hh:mm:ss`. */
  readonly from?: string;
  /** Last `YYYY-MM-DD hh:mm:ss`. */
  readonly to?: string;
}

export interface StoredAttendance extends AttendanceRow {
  readonly id: string;
  readonly sn: string;
  readonly receivedAt: number;
}

/** What a command is, and what became of it. */
export interface StoredCommand {
  readonly id: string;
  readonly sn: string;
  readonly command: Command;
  readonly state: CommandState;
  readonly queuedAt: number;
  readonly expiresAt: number;
  readonly attempts: number;
  readonly sentAt: number | null;
  readonly settledAt: number | null;
  readonly returnCode: number | null;
  readonly meaning: string;
  readonly content: Uint8Array | null;
}

/**
 * `expired` after `sent`: nobody knows whether it was carried out. That is the price of never
 * opening a door twice.
 */
export type CommandState = "queued" | "sent" | "acknowledged" | "done" | "failed" | "expired";

/** A user record without what belongs to its line. */
export type UserValues = Omit<
  Extract<NamedRecord, { record: "USER" }>,
  "record" | "form" | "extra"
>;

export interface StoredPerson extends UserValues {
  readonly areas: readonly string[];
  readonly updatedAt: number;
  /** How many templates and pictures there are. */
  readonly templates: number;
}

export interface StoredRecord {
  readonly id: string;
  readonly sn: string;
  readonly receivedAt: number;
  readonly record: NamedRecord;
}

export interface StoredQuarantine extends QuarantineRow {
  readonly id: string;
  readonly sn: string;
  readonly receivedAt: number;
}

export interface StoredPhoto extends Omit<PhotoRow, "content"> {
  readonly id: string;
  readonly sn: string;
  readonly receivedAt: number;
  readonly size: number;
}

/** Who did what that could do harm. */
export interface AuditEntry {
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
}

/** What is older than these times is deleted; absent: kept. */
export interface Retention {
  readonly attendance?: number;
  readonly photos?: number;
  readonly quarantine?: number;
  readonly records?: number;
  readonly commands?: number;
}

export interface TakeTerms {
  readonly now: number;
  readonly leaseMs: number;
  readonly limit: number;
}

/** New punches of one commit, for one sink. */
export interface OutboxEvent {
  /** Of the event, the same each time it comes. */
  readonly id: string;
  readonly attempts: number;
  /** Each with an `id` that is the same each time it comes: consumers drop what they have seen. */
  readonly attendance: readonly StoredAttendance[];
}
