import type { KnownCommand } from "../../commands/any.js";
import type { DeviceData } from "./data.js";
import { NO_USER, type Outcome, UNSUPPORTED } from "./outcome.js";

/** Puts what is asked for behind the next uploads (12.1.3). */
export const query = (data: DeviceData, command: KnownCommand): Outcome => {
  switch (command.command) {
    case "DATA QUERY ATTLOG": {
      const { startTime, endTime } = command;
      const { items, acknowledged } = data.queues.ATTLOG;
      const sent = items.slice(0, acknowledged);
      data.asked.ATTLOG.push(...sent.filter(({ time }) => time >= startTime && time <= endTime));
      return { code: 0, next: "upload" };
    }
    case "DATA QUERY ATTPHOTO": {
      const { items, acknowledged } = data.queues.ATTPHOTO;
      data.asked.ATTPHOTO.push(...items.slice(0, acknowledged));
      return { code: 0, next: "upload" };
    }
    case "DATA QUERY USERINFO": {
      const user = data.users.get(command.pin);
      if (user === undefined) return { code: NO_USER };
      data.asked.OPERLOG.push(user);
      return { code: 0, next: "upload" };
    }
    case "DATA QUERY FINGERTMP": {
      const { pin, finger } = command;
      for (const record of data.templates.values()) {
        if (record.record !== "FP" || record.pin !== pin) continue;
        if (finger === undefined || record.finger === finger) data.asked.OPERLOG.push(record);
      }
      return { code: 0, next: "upload" };
    }
    case "DATA QUERY BIODATA": {
      const { type, pin, number } = command;
      for (const record of data.templates.values()) {
        if (record.record !== "BIODATA" || record.type !== type) continue;
        if (pin !== undefined && record.pin !== pin) continue;
        if (number === undefined || record.number === number) data.asked.BIODATA.push(record);
      }
      return { code: 0, next: "upload" };
    }
    default:
      return { code: UNSUPPORTED };
  }
};
