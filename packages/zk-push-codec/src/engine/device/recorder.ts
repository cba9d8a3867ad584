import type { NamedRecord } from "../../records/any.js";
import type { AttendanceRecord } from "../../records/attendance.js";
import { formatPhotoName } from "../../records/identity-card-photo.js";
import type { UserRecord } from "../../records/user.js";
import type { DeviceData } from "./data.js";
import type { DeviceProfile } from "./profile.js";

/** What people do at a terminal. */
export interface DeviceRecorder {
  /** Somebody comes or goes. */
  punch(now: number, punch: Punch): AttendanceRecord;
  /** The picture of a punch. */
  photo(record: AttendanceRecord, content: Uint8Array): void;
  /** Somebody is enrolled at the terminal. */
  enroll(user: UserRecord, ...templates: readonly NamedRecord[]): void;
  /** An operation, an error, an identity card: anything that is uploaded. */
  note(record: NamedRecord): void;
  /** Somebody who is not enrolled enters his number: remote attendance. */
  enter(pin: string): void;
  /** Somebody was recognised, and the server is to say whether he may pass. */
  verify(pin: string): void;
}

/** One punch; what is not given is what terminals send most. */
export interface Punch {
  readonly pin: string;
  readonly status?: number;
  readonly verify?: number;
  readonly workCode?: string;
  /** Identity-card terminals: the number on the card. */
  readonly idNumber?: string;
  /** Identity-card terminals: 1 for a verification. */
  readonly type?: 0 | 1;
}

interface RecorderParts {
  readonly data: DeviceData;
  readonly profile: DeviceProfile;
  readonly sn: string;
  time(now: number): string;
  ask(kind: "person" | "verify", pin: string): void;
}

export const createRecorder = ({ data, profile, sn, time, ask }: RecorderParts): DeviceRecorder => {
  let sequence = 0;
  const detailsOf = (punch: Punch): AttendanceRecord["details"] => {
    const reserved = ["0", "0"] as const;
    if (punch.idNumber !== undefined || profile.columns === "identityCard") {
      const { idNumber = "", type = 0 } = punch;
      if (idNumber !== "") return { kind: "identityCard", reserved, idNumber, type };
    }
    if (profile.columns === "extended") {
      const unmeasured = { maskFlag: "255", temperature: "0", convertedTemperature: "0" };
      return { kind: "extended", reserved, ...unmeasured, sequence: ++sequence };
    }
    return { kind: "plain", reserved };
  };
  const queueOf = (record: NamedRecord) => {
    switch (record.record) {
      case "BIODATA":
        return data.queues.BIODATA;
      case "IDCARD":
        return data.queues.IDCARD;
      case "ERRORLOG":
        return data.queues.ERRORLOG;
      default:
        return data.queues.OPERLOG;
    }
  };
  const note = (record: NamedRecord): void => {
    queueOf(record).items.push(record);
  };
  return {
    punch(now, punch) {
      const record: AttendanceRecord = {
        pin: punch.pin,
        time: time(now),
        status: punch.status ?? 0,
        verify: punch.verify ?? 1,
        workCode: punch.workCode ?? "0",
        details: detailsOf(punch),
      };
      data.queues.ATTLOG.items.push(record);
      return record;
    },
    photo(record, content) {
      const card = record.details.kind === "identityCard" ? record.details : undefined;
      const fileName = formatPhotoName({
        time: record.time,
        pin: record.pin,
        ...(card === undefined
          ? {}
          : { photoType: card.type === 1 ? 3 : 0, idNumber: card.idNumber }),
      });
      data.queues.ATTPHOTO.items.push({
        fileName,
        sn,
        size: content.length,
        command: "uploadphoto",
        encoding: "raw",
        content,
      });
    },
    enroll(user, ...templates) {
      data.users.set(user.pin, user);
      note(user);
      for (const template of templates) {
        const number =
          "finger" in template ? template.finger : "type" in template ? template.type : "";
        data.templates.set(`${template.record} ${user.pin} ${number ?? ""}`.trim(), template);
        note(template);
      }
    },
    note,
    enter: (pin) => ask("person", pin),
    verify: (pin) => ask("verify", pin),
  };
};
