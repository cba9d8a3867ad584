import { CommandLine } from "../../command-line.js";
import { COMMANDS, type Command } from "../../commands/any.js";
import { optionPairs } from "../../device-options.js";
import { ZkPushError } from "../../errors.js";
import { FINGERTMP_LAST_ALGORITHM } from "../../multi-bio.js";
import type { CommandReply } from "../../replies/replies.js";
import type { CommandRepliesRequest } from "../../requests/command-replies.js";
import type { UpdateInfoRequest } from "../../requests/update-info.js";
import { CommandsReply } from "../../responses/commands.js";
import { textResponse } from "../../responses/response.js";
import { meaningOfReturn } from "../../return-meaning.js";
import type { DeviceChange, DeviceState, Settlement } from "../../store.js";
import { supports } from "../../version.js";
import { unreadableRows } from "./attendance-rows.js";
import {
  accepted,
  codecOptions,
  commit,
  type Handled,
  quarantineEvents,
  type Served,
} from "./context.js";
import type { ServerEvent } from "./events.js";

/** How long a terminal may take to answer, by default. */
const LEASE_MS = 60_000;
/** Commands in one answer, by default: terminals were seen to take 20 and more. */
const BATCH = 16;

/** A poll for commands (9, 12). */
export const handlePoll = async (served: Served, message?: UpdateInfoRequest): Promise<Handled> => {
  const { options, device, now } = served;
  if (message !== undefined) await commit(served, { device: { info: message.info } });
  const leased = await options.store.lease(device.sn, {
    now,
    leaseMs: options.leaseMs ?? LEASE_MS,
    limit: options.batch ?? BATCH,
  });
  if (leased.length === 0) return { response: accepted(now), events: [] };
  const sendable: CommandLine[] = [];
  const settlements: Settlement[] = [];
  for (const { id, command } of leased) {
    const meaning = refusalOf({ id, command }, served);
    if (meaning === undefined) sendable.push({ id, command });
    else settlements.push({ id, state: "failed", returnCode: 0, meaning });
  }
  // A command that cannot be written for this terminal must not hold up those behind it.
  if (settlements.length > 0) await commit(served, { settlements });
  const events: ServerEvent[] =
    sendable.length === 0
      ? []
      : [{ event: "commandsSent", sn: device.sn, ids: sendable.map(({ id }) => id) }];
  const body = CommandsReply.encode({ records: sendable }, codecOptions(served));
  return { response: textResponse(body, { now }), events };
};

/** Why a command cannot be written; `undefined` when it can. */
const refusalOf = (line: CommandLine, served: Served): string | undefined => {
  try {
    const { version, ...codec } = codecOptions(served);
    checkSupported(line.command, version);
    checkAlgorithm(line.command, served.device);
    CommandLine.encode(line, codec);
    return undefined;
  } catch (error) {
    if (error instanceof ZkPushError) return error.message;
    throw error;
  }
};

/** A command that is newer than the version both sides speak is unknown to the terminal. */
const checkSupported = (command: Command, version: string | undefined): void => {
  if (command.command === "unknown" || version === undefined) return;
  const { name, since } = COMMANDS[command.command];
  if (!supports(version, { since })) {
    throw new ZkPushError(
      "COMMAND_UNSUPPORTED",
      `expected a terminal of version ${since} or later for ${name}, found ${version}`,
    );
  }
};

/** Verbs whose effect comes later: as uploads, or when somebody has put a finger on the terminal. */
const EFFECT_LATER: ReadonlySet<string> = /* @__PURE__ */ new Set(["CHECK", "LOG"]);

/** Replies to commands (13). */
export const handleReplies = async (
  served: Served,
  message: CommandRepliesRequest,
): Promise<Handled> => {
  const { sn } = served.device;
  const settlements = message.records.map(settlementOf);
  const quarantine = unreadableRows(message.unreadable, "devicecmd", served.request.body);
  const { unknownCommands } = await commit(served, {
    settlements,
    quarantine,
    ...learnt(message.records),
  });
  const known = settlements.filter(({ id }) => !unknownCommands.includes(id));
  return {
    response: accepted(served.now),
    events: [
      ...known.map(({ id, state }) => ({ event: "commandSettled" as const, sn, id, state })),
      ...sumsOf(message.records, sn, unknownCommands),
      ...unknownCommands.map(() => ({ event: "unknownCommand" as const, sn })),
      ...quarantineEvents(sn, quarantine),
    ],
  };
};

/** FINGERTMP carries templates up to algorithm 10.0 (12.1.1.3); newer terminals want BIODATA. */
const checkAlgorithm = (command: Command, device: DeviceState): void => {
  const algorithm = Number.parseFloat(device.options["ZKFPVersion"] ?? "");
  if (command.command === "DATA UPDATE FINGERTMP" && algorithm > FINGERTMP_LAST_ALGORITHM) {
    throw new ZkPushError(
      "COMMAND_UNSUPPORTED",
      `expected BIODATA for a terminal of fingerprint algorithm ${algorithm}, found FINGERTMP`,
    );
  }
};

/** Counts of periods, of commands that the terminal was given. */
const sumsOf = (
  replies: readonly CommandReply[],
  sn: string,
  unknown: readonly string[],
): readonly ServerEvent[] =>
  replies.flatMap((reply) => {
    if (reply.reply !== "VERIFY SUM" || unknown.includes(reply.id)) return [];
    const { startTime, endTime, count } = reply;
    if (startTime === undefined || endTime === undefined || count === undefined) return [];
    return [{ event: "verifySum" as const, sn, startTime, endTime, count }];
  });

const settlementOf = (reply: CommandReply): Settlement => {
  const { outcome, meaning, count } = meaningOfReturn(reply);
  const later = EFFECT_LATER.has(reply.command.trim().toUpperCase());
  const content = "content" in reply ? reply.content : undefined;
  return {
    id: reply.id,
    state: outcome === "failed" ? "failed" : later ? "acknowledged" : "done",
    returnCode: reply.returnCode,
    meaning: reply.reply === "VERIFY SUM" && count !== undefined ? `${count} records` : meaning,
    ...(content === undefined ? {} : { content }),
  };
};

/** The options of a terminal that replied to INFO. */
const learnt = (replies: readonly CommandReply[]): { device?: DeviceChange } => {
  const options = replies.flatMap((reply) => (reply.reply === "INFO" ? [reply.options] : []));
  if (options.length === 0) return {};
  return { device: { options: Object.assign({}, ...options.map(optionPairs)) } };
};
