import { encodeBase64 } from "../../base64.js";
import type { Command } from "../../commands/any.js";
import type { NamedRecord } from "../../records/any.js";
import { act, type DeviceData } from "./data.js";
import { putFile, upgrade } from "./fetched.js";
import {
  DONE,
  NO_FILE,
  NO_USER,
  type Outcome,
  PARAMETER,
  type Surroundings,
  UNSUPPORTED,
} from "./outcome.js";
import { query } from "./query.js";
import { remove, removeTemplates, templateKey, update } from "./tables.js";

/** Executes one command of the server as a terminal does. */
export const execute = (data: DeviceData, command: Command, around: Surroundings): Outcome => {
  if (command.command === "unknown") return { code: UNSUPPORTED };
  const verb = command.command;
  if (verb.startsWith("DATA UPDATE ")) return update(data, command, around);
  if (verb.startsWith("DATA DELETE ")) return remove(data, command);
  if (verb.startsWith("DATA QUERY ")) return query(data, command);
  switch (command.command) {
    case "CLEAR LOG":
      clear(data, "ATTLOG");
      return DONE;
    case "CLEAR PHOTO":
      clear(data, "ATTPHOTO");
      return DONE;
    case "CLEAR BIODATA":
      return removeTemplates(data, (record) => record.record === "BIODATA");
    case "CLEAR DATA":
      for (const name of ["ATTLOG", "ATTPHOTO", "OPERLOG"] as const) clear(data, name);
      data.users.clear();
      data.templates.clear();
      data.tables.clear();
      return DONE;
    case "CHECK":
      return { code: 0, next: "handshake" };
    case "LOG":
      return { code: 0, next: "upload" };
    case "VERIFY SUM ATTLOG": {
      const { startTime, endTime } = command;
      const within = data.queues.ATTLOG.items.filter(
        ({ time }) => time >= startTime && time <= endTime,
      );
      return { code: 0, count: within.length };
    }
    case "SET OPTION":
      if (command.key.startsWith("~")) return { code: PARAMETER };
      data.options.set(command.key, command.value);
      return DONE;
    case "RELOAD OPTIONS":
    case "INFO":
      return DONE;
    case "GetFile": {
      const content = data.files.get(command.argument);
      return content === undefined ? { code: NO_FILE } : { code: content.length, content };
    }
    case "PutFile":
      return {
        fetch: command.url,
        finish: (file) =>
          putFile(data, command, file, around, (inner) => execute(data, inner, around)),
      };
    case "UPGRADE":
      return { fetch: command.url, finish: (file) => upgrade(data, command, file, around) };
    case "ENROLL_FP":
      return enroll(data, command.pin, `FP ${command.pin} ${command.finger}`, command, {
        record: "FP",
        pin: command.pin,
        finger: command.finger,
        valid: 1,
        ...templateOf(around),
      });
    case "ENROLL_BIO":
      return enroll(data, command.pin, `BIODATA ${command.pin} ${command.type}`, command, {
        record: "BIODATA",
        pin: command.pin,
        number: 0,
        index: 0,
        valid: 1,
        duress: 0,
        type: command.type,
        majorVersion: 1,
        minorVersion: 0,
        format: 0,
        template: templateOf(around).template,
      });
    case "ENROLL_MF": {
      const user = data.users.get(command.pin);
      if (user === undefined) return { code: NO_USER };
      const enrolled = { ...user, card: "123456789" };
      data.users.set(command.pin, enrolled);
      data.queues.OPERLOG.items.push(enrolled);
      return DONE;
    }
    case "REBOOT":
      act(data, "REBOOT");
      return { code: 0, next: "restart" };
    case "AC_UNLOCK":
    case "AC_UNALARM":
      act(data, command.command);
      return DONE;
    case "SHELL":
      act(data, "SHELL");
      return {
        code: 0,
        content: new TextEncoder().encode(`ran ${command.argument.length} bytes\n`),
      };
    default:
      return { code: UNSUPPORTED };
  }
};

const clear = (data: DeviceData, name: "ATTLOG" | "ATTPHOTO" | "OPERLOG"): void => {
  data.queues[name].items.length = 0;
  data.queues[name].acknowledged = 0;
};

const templateOf = (around: Surroundings): { size: number; template: string } => {
  const template = encodeBase64(around.random(48));
  return { size: template.length, template };
};

const enroll = (
  data: DeviceData,
  pin: string,
  key: string,
  terms: { readonly overwrite?: number },
  record: NamedRecord,
): Outcome => {
  const exists = [...data.templates.keys()].some((name) => name.startsWith(key));
  if (exists && terms.overwrite !== 1) return { code: 2 };
  if (!data.users.has(pin)) data.users.set(pin, { record: "USER", pin, privilege: 0 });
  data.templates.set(templateKey(record), record);
  const queue = record.record === "BIODATA" ? data.queues.BIODATA : data.queues.OPERLOG;
  queue.items.push(record);
  return { code: 0, next: "upload" };
};
