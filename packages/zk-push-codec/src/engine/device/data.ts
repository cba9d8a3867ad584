import type { KnownCommand } from "../../commands/any.js";
import type { NamedRecord } from "../../records/any.js";
import type { AttendanceRecord } from "../../records/attendance.js";
import type { AttendancePhoto } from "../../records/attendance-photo.js";
import type { UserRecord } from "../../records/user.js";

/** Tables that are uploaded, in the order in which an unacknowledged one blocks those behind it. */
export const QUEUES = ["ATTPHOTO", "OPERLOG", "BIODATA", "IDCARD", "ERRORLOG", "ATTLOG"] as const;

export type QueueName = (typeof QUEUES)[number];

/** A log of the terminal and how far the server has it. */
export interface UploadQueue<T> {
  readonly items: T[];
  /** Items before this one were acknowledged. */
  acknowledged: number;
}

const queue = <T>(): UploadQueue<T> => ({ items: [], acknowledged: 0 });

/** Everything that a terminal holds. */
export const createDeviceData = () => ({
  queues: {
    ATTPHOTO: queue<AttendancePhoto>(),
    OPERLOG: queue<NamedRecord>(),
    BIODATA: queue<NamedRecord>(),
    IDCARD: queue<NamedRecord>(),
    ERRORLOG: queue<NamedRecord>(),
    ATTLOG: queue<AttendanceRecord>(),
  },
  /** Records asked for by QUERY: sent once more, whatever was acknowledged. */
  asked: {
    ATTLOG: [] as AttendanceRecord[],
    ATTPHOTO: [] as AttendancePhoto[],
    OPERLOG: [] as NamedRecord[],
    BIODATA: [] as NamedRecord[],
  },
  users: new Map<string, UserRecord>(),
  /** Templates and pictures by `FP 7 0`: kind, person, number. */
  templates: new Map<string, NamedRecord>(),
  /** Every other table by its name and key. */
  tables: new Map<string, Map<string, KnownCommand>>(),
  options: new Map<string, string>(),
  files: new Map<string, Uint8Array>(),
  /** How often doors were opened, alarms ended, and so on. */
  actions: new Map<string, number>(),
});

export type DeviceData = ReturnType<typeof createDeviceData>;

/** Notes that something was done. */
export const act = (data: DeviceData, what: string): void => {
  data.actions.set(what, (data.actions.get(what) ?? 0) + 1);
};
