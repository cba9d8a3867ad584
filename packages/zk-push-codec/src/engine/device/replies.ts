import type { Command } from "../../commands/any.js";
import { DEVICE_OPTION_FIELDS } from "../../device-options.js";
import type { DeviceOptions } from "../../replies/info.js";
import type { CommandReply } from "../../replies/replies.js";
import type { DeviceData } from "./data.js";
import type { Outcome } from "./outcome.js";

type Result = Extract<Outcome, { code: number }>;

/** What a terminal replies: the verb that it recognised, in the form of that verb. */
export const replyTo = (
  id: string,
  command: Command,
  result: Result,
  data: DeviceData,
  sn: string,
): CommandReply => {
  const returnCode = result.code;
  switch (command.command) {
    case "VERIFY SUM ATTLOG": {
      const { startTime, endTime } = command;
      const count = result.count ?? 0;
      return {
        reply: "VERIFY SUM",
        id,
        returnCode,
        command: "VERIFY SUM",
        startTime,
        endTime,
        count,
      };
    }
    case "INFO":
      return { reply: "INFO", id, returnCode, command: "INFO", options: optionsOf(data) };
    case "GetFile":
      return {
        reply: "GetFile",
        id,
        sn,
        fileName: command.argument,
        command: "GetFile",
        returnCode,
        ...(result.content === undefined ? {} : { content: result.content }),
      };
    case "PutFile":
      return { reply: "PutFile", id, returnCode, command: "PutFile" };
    case "SHELL":
      return {
        reply: "Shell",
        id,
        sn,
        returnCode,
        command: "Shell",
        fileName: "shellout.txt",
        content: result.content ?? new Uint8Array(),
      };
    default:
      return { reply: "return", id, returnCode, command: verbOf(command) };
  }
};

/** `DATA`, `CLEAR_LOG`, `SET OPTION`: the document's words for each verb. */
const verbOf = (command: Command): string => {
  if (command.command === "unknown")
    return command.wire.split(" ", 1)[0]!.slice(0, 20) || "UNKNOWN";
  if (command.command.startsWith("DATA ")) return "DATA";
  return command.command.startsWith("CLEAR ") ? command.command.replace(" ", "_") : command.command;
};

/** The terminal's options, all of them as pairs of texts. */
const optionsOf = (data: DeviceData): DeviceOptions => {
  const count = data.users.size;
  const known = new Set<string>(Object.values(DEVICE_OPTION_FIELDS).map(({ key }) => key));
  const extra = [...data.options]
    .filter(([key]) => !known.has(key))
    .map(([key, value]) => ({ key, value }));
  const platform = data.options.get("~Platform");
  return {
    userCount: count,
    attendanceCount: data.queues.ATTLOG.items.length,
    ...(platform === undefined ? {} : { platform }),
    ...(extra.length === 0 ? {} : { extra }),
  };
};
