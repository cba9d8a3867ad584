import { bytesOf, wireOf } from "../../bytes.js";
import type { CommandLine } from "../../command-line.js";
import { mayEncrypt } from "../../encryption.js";
import { ZkPushError } from "../../errors.js";
import { headerOf, type PushResponse } from "../../http.js";
import { Acknowledgement } from "../../responses/acknowledgement.js";
import { CommandsReply } from "../../responses/commands.js";
import { FactorsReply, PublicKeyReply } from "../../responses/exchange.js";
import { RemoteAttendanceReply } from "../../responses/remote-attendance.js";
import { negotiateVersion } from "../../version.js";
import { type DeviceData, QUEUES, type QueueName } from "./data.js";
import type { DeviceEvent } from "./events.js";
import { execute } from "./execute.js";
import type { Job } from "./jobs.js";
import type { Outcome } from "./outcome.js";
import { replyTo } from "./replies.js";
import { readSettings, type Settings } from "./settings.js";
import { isLegacy, type Question, type Terminal, TIMING } from "./terminal.js";
import { acknowledge } from "./uploads.js";

/** No answer came: a few tries, then a new start. */
export const onSilence = (terminal: Terminal, now: number): readonly DeviceEvent[] => {
  terminal.tries++;
  if (terminal.tries <= TIMING.tries && terminal.phase !== "handshake") {
    terminal.notBefore = now + TIMING.retryStepMs * terminal.tries;
    return [];
  }
  return goOffline(terminal, now);
};

/** An answer came: what it means depends on what was asked. */
export const onAnswer = (
  terminal: Terminal,
  job: Job,
  response: PushResponse,
  now: number,
): readonly DeviceEvent[] => {
  terminal.tries = 0;
  try {
    return understand(terminal, job, response, now);
  } catch (error) {
    if (error instanceof ZkPushError) return onSilence(terminal, now);
    throw error;
  }
};

const understand = (
  terminal: Terminal,
  job: Job,
  response: PushResponse,
  now: number,
): readonly DeviceEvent[] => {
  if (job.job !== "handshake" && isUnknownDevice(response)) return goOffline(terminal, now);
  switch (job.job) {
    case "handshake":
      return onHandshake(terminal, response, now);
    case "publickey":
      terminal.options.encryption!.acceptPublicKey(PublicKeyReply.decode(response.body).publicKey);
      terminal.phase = "factors";
      return [];
    case "factors":
      terminal.options.encryption!.acceptFactors(FactorsReply.decode(response.body).factors);
      terminal.encrypted = true;
      terminal.phase = wantsOptions(terminal.settings) ? "options" : "working";
      return [];
    case "options":
      if (!isAccepted(response)) return onSilence(terminal, now);
      terminal.phase = "working";
      return [];
    case "poll":
      return onCommands(terminal, response, now);
    case "replies":
      return onRepliesTaken(terminal, job.count, response, now);
    case "fetch": {
      terminal.fetches.shift();
      const file = response.status === 200 ? response.body : undefined;
      return finish(terminal, job.fetch.line, job.fetch.outcome.finish(file), now);
    }
    case "question":
      return onQuestion(terminal, job.question, response);
    case "upload":
      return onUpload(terminal, job, response, now);
  }
};

const goOffline = (terminal: Terminal, now: number): readonly DeviceEvent[] => {
  terminal.tries = 0;
  terminal.phase = "handshake";
  terminal.notBefore = now + (terminal.settings?.errorDelayMs ?? TIMING.offlineMs);
  return [{ event: "offline", untilMs: terminal.notBefore }];
};

const isAccepted = (response: PushResponse): boolean =>
  response.status === 200 && Acknowledgement.decode(response.body).accepted;

const isUnknownDevice = (response: PushResponse): boolean =>
  wireOf(response.body.subarray(0, 14)) === "UNKNOWN DEVICE";

const wantsOptions = (settings: Settings | undefined): boolean =>
  settings?.reply.pushOptionsFlag === 1 && (settings.reply.pushOptions ?? []).length > 0;

const onHandshake = (
  terminal: Terminal,
  response: PushResponse,
  now: number,
): readonly DeviceEvent[] => {
  const settings = readSettings(response);
  if (settings === undefined) return goOffline(terminal, now);
  const { profile, options, data, clock } = terminal;
  terminal.settings = settings;
  terminal.encrypted = false;
  if (settings.reply.timeZone !== undefined) clock.zone = settings.reply.timeZone;
  resetStamps(data, settings, isLegacy(terminal));
  const version = negotiateVersion(profile.version, settings.reply.pushProtocolVersion);
  const encrypts = options.encryption !== undefined && mayEncrypt(version);
  terminal.phase = encrypts ? "publickey" : wantsOptions(settings) ? "options" : "working";
  terminal.pollEvery = settings.delayMs;
  terminal.pollAt = now;
  terminal.infoDue = true;
  return [{ event: "connected" }];
};

/** A stamp of 0 makes the terminal send a table from the start. */
const resetStamps = (data: DeviceData, { reply }: Settings, legacy: boolean): void => {
  const stamps: Readonly<Record<QueueName, string | undefined>> = {
    ATTLOG: legacy ? reply.stamp : reply.attLogStamp,
    OPERLOG: legacy ? reply.opStamp : reply.operLogStamp,
    ATTPHOTO: legacy ? reply.photoStamp : reply.attPhotoStamp,
    BIODATA: reply.bioDataStamp,
    IDCARD: reply.idCardStamp,
    ERRORLOG: reply.errorLogStamp,
  };
  for (const queue of QUEUES) if (stamps[queue] === "0") data.queues[queue].acknowledged = 0;
};

const onCommands = (
  terminal: Terminal,
  response: PushResponse,
  now: number,
): readonly DeviceEvent[] => {
  const body = wireOf(response.body);
  if (response.status !== 200) return onSilence(terminal, now);
  if (body.startsWith("U")) return goOffline(terminal, now);
  terminal.infoDue = false;
  const ended = body.slice(0, Math.max(body.lastIndexOf("\n"), body.lastIndexOf("\r")) + 1);
  // Anything that is no command is dropped without a word, and so is a line without its end.
  const lines = bytesOf(ended.replace(/\r\n?/g, "\n"));
  const { records } = CommandsReply.decode(lines, terminal.codec);
  terminal.commands.push(...records);
  if (records.length === 0) {
    const delay = terminal.settings?.delayMs ?? TIMING.offlineMs;
    terminal.pollEvery = Math.min(delay, terminal.pollEvery + delay / 5);
    terminal.pollAt = now + terminal.pollEvery;
  }
  return runCommands(terminal, now);
};

/** Carries out what waits; what must be fetched first stands aside. */
const runCommands = (terminal: Terminal, now: number): readonly DeviceEvent[] =>
  terminal.commands.splice(0).flatMap((line) => {
    const outcome = execute(terminal.data, line.command, terminal.around);
    if (!("fetch" in outcome)) return finish(terminal, line, outcome, now);
    terminal.fetches.push({ line, outcome });
    return [];
  });

const finish = (
  terminal: Terminal,
  line: CommandLine,
  outcome: Outcome,
  now: number,
): readonly DeviceEvent[] => {
  if ("fetch" in outcome) return [];
  const { id, command } = line;
  terminal.replies.push(replyTo(id, command, outcome, terminal.data, terminal.options.sn));
  if (outcome.next === "upload") terminal.checkNow = true;
  else if (outcome.next !== undefined) terminal.afterReplies = outcome.next;
  terminal.pollEvery = TIMING.busyPollMs;
  terminal.pollAt = now + TIMING.busyPollMs;
  return [{ event: "executed", id, command: command.command, code: outcome.code }];
};

/** Replies count as taken only when the answer's type is `text/plain`; else all are sent again. */
const onRepliesTaken = (
  terminal: Terminal,
  count: number,
  response: PushResponse,
  now: number,
): readonly DeviceEvent[] => {
  const believed = (headerOf(response, "content-type") ?? "").includes("text/plain");
  if (response.status !== 200 || !believed) return onSilence(terminal, now);
  terminal.replies.splice(0, count);
  if (terminal.afterReplies !== undefined) terminal.phase = "handshake";
  terminal.afterReplies = undefined;
  return [{ event: "repliesAccepted", count }];
};

const onUpload = (
  terminal: Terminal,
  { upload, again }: Extract<Job, { job: "upload" }>,
  response: PushResponse,
  now: number,
): readonly DeviceEvent[] => {
  const { queue, count } = upload;
  if (again) terminal.again = undefined;
  if (!isAccepted(response)) {
    const tries = ++terminal.uploadTries;
    const pause = tries <= TIMING.tries ? TIMING.retryStepMs * tries : TIMING.refusedMs;
    terminal.uploadsNotBefore = now + pause;
    return [{ event: "rejected", queue, count }];
  }
  terminal.uploadTries = 0;
  if (again) return [{ event: "resent", queue, count }];
  acknowledge(terminal.data, upload);
  const { faults = {}, random } = terminal.options;
  if (random() < (faults.duplicateDelivery ?? 0)) terminal.again = upload;
  return [{ event: "acknowledged", queue, count }];
};

const onQuestion = (
  terminal: Terminal,
  { kind, pin }: Question,
  response: PushResponse,
): readonly DeviceEvent[] => {
  terminal.questions.shift();
  if (kind === "verify") return [{ event: "verified", pin, allowed: isAccepted(response) }];
  const { records } = RemoteAttendanceReply.decode(response.body, terminal.codec);
  for (const command of records) execute(terminal.data, command, terminal.around);
  return [{ event: "person", pin, found: terminal.data.users.has(pin) }];
};
