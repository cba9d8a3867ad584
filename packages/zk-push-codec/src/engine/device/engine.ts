import { bytesOf, wireOf } from "../../bytes.js";
import { charsetOf } from "../../charset.js";
import type { CommandLine } from "../../command-line.js";
import type { CodecOptions } from "../../context.js";
import { mayEncrypt } from "../../encryption.js";
import { headerOf, type PushRequest, type PushResponse } from "../../http.js";
import type { CommandReply } from "../../replies/replies.js";
import { type DeviceRequest, encodeRequest } from "../../requests/any.js";
import { Acknowledgement } from "../../responses/acknowledgement.js";
import { CommandsReply } from "../../responses/commands.js";
import { FactorsReply, PublicKeyReply } from "../../responses/exchange.js";
import { RemoteAttendanceReply } from "../../responses/remote-attendance.js";
import { negotiateVersion } from "../../version.js";
import { type DeviceClock, setClock, shown } from "./clock.js";
import { createDeviceData, type DeviceData, QUEUES, type QueueName } from "./data.js";
import type { DeviceEvent } from "./events.js";
import { execute } from "./execute.js";
import type { Outcome, Surroundings } from "./outcome.js";
import { DEVICE_PROFILES, type DeviceEngineOptions } from "./profile.js";
import { createRecorder, type DeviceRecorder } from "./recorder.js";
import { replyTo } from "./replies.js";
import { readSettings, type Settings, uploads } from "./settings.js";
import { acknowledge, nextUpload, type Upload } from "./uploads.js";

/** What a terminal does next. */
export type DeviceStep =
  | {
      readonly send: PushRequest;
      /** Bytes of the body after which the connection is to break: a fault. */
      readonly cutAt?: number;
    }
  /** Nothing before this time; milliseconds since 1970. */
  | { readonly wakeAt: number };

/**
 * A terminal, without a socket and without a clock: ask for the next step, send what it says, and
 * bring back the answer, or `undefined` when none came. One request is under way at a time.
 */
export interface DeviceEngine {
  readonly sn: string;
  readonly data: DeviceData;
  /** What people do at the terminal. */
  readonly recorder: DeviceRecorder;
  next(now: number): DeviceStep;
  receive(response: PushResponse | undefined, now: number): readonly DeviceEvent[];
  /** What its clock shows. */
  time(now: number): string;
}

type Question = { readonly kind: "person" | "verify"; readonly pin: string };

type Job =
  | { readonly job: "handshake" | "publickey" | "factors" | "options" | "poll" }
  | { readonly job: "replies"; readonly count: number }
  | { readonly job: "fetch"; readonly fetch: Fetch }
  | { readonly job: "question"; readonly question: Question }
  | { readonly job: "upload"; readonly upload: Upload; readonly again: boolean };

interface Fetch {
  readonly line: CommandLine;
  readonly outcome: Extract<Outcome, { fetch: string }>;
}

/** Timing of real firmware. */
const TIMING = {
  tries: 3,
  retryStepMs: 300,
  /** A batch that the server keeps refusing. */
  refusedMs: 5_000,
  /** First poll after a command. */
  busyPollMs: 1_000,
  offlineMs: 30_000,
} as const;

export const createDeviceEngine = (options: DeviceEngineOptions): DeviceEngine => {
  const { sn, faults = {}, random, encryption } = options;
  const profile = DEVICE_PROFILES[options.profile ?? "standard"];
  const codec: CodecOptions = { charset: charsetOf(profile.language) };
  const data = createDeviceData();
  for (const [key, value] of Object.entries(options.options ?? {})) data.options.set(key, value);
  const factoryZone = options.factoryZone ?? 480;
  const clock: DeviceClock = {
    offset: factoryZone * 60_000 + (faults.wrongClock ?? 0),
    zone: factoryZone,
  };
  const around: Surroundings = {
    codec,
    random: (length) => Uint8Array.from({ length }, () => Math.floor(random() * 256)),
    md5: options.md5,
  };

  let phase: "handshake" | "publickey" | "factors" | "options" | "working" = "handshake";
  let settings: Settings | undefined;
  let encrypted = false;
  let underWay: { readonly job: Job; readonly step: DeviceStep } | undefined;
  let notBefore = 0;
  let tries = 0;
  let uploadsNotBefore = 0;
  let uploadTries = 0;
  let checkedAt = 0;
  let checkNow = false;
  let pollAt = 0;
  let pollEvery = 0;
  let infoDue = true;
  let again: Upload | undefined;
  const replies: CommandReply[] = [];
  const fetches: Fetch[] = [];
  const commands: CommandLine[] = [];
  const questions: Question[] = [];

  const legacy = (): boolean =>
    profile.legacy || faults.legacyStamps === true || settings?.legacy === true;

  const message = (value: DeviceRequest): PushRequest => encodeRequest(value, codec);

  const handshakeRequest = (): PushRequest =>
    message({
      request: "initialization",
      sn,
      ...(legacy() || profile.version === undefined ? {} : { pushVersion: profile.version }),
      language: profile.language,
      ...(options.commKey === undefined ? {} : { commKey: options.commKey }),
    });

  const optionsRequest = (): PushRequest => {
    const wanted = settings?.reply.pushOptions ?? [];
    const extra = wanted.flatMap((key) => {
      const value = data.options.get(key);
      return value === undefined ? [] : [{ key, value }];
    });
    return message({ request: "options", sn, options: extra.length === 0 ? {} : { extra } });
  };

  const pollRequest = (): PushRequest =>
    infoDue
      ? message({
          request: "info",
          sn,
          info: {
            firmware: "Ver 8.0.4.3-20200101",
            users: data.users.size.toString(),
            fingerprints: "0",
            attendanceRecords: data.queues.ATTLOG.items.length.toString(),
            address: "127.0.0.1",
            fingerprintVersion: "10",
            faceVersion: "7",
            facePictures: "15",
            faces: "0",
            functions: "111",
          },
        })
      : message({ request: "getrequest", sn });

  /** Whether it is time to look for new records. */
  const uploadsDue = (now: number): boolean => {
    if (settings === undefined || now < uploadsNotBefore) return false;
    if (settings.realtime || checkNow) return true;
    if (settings.intervalMs > 0 && now - checkedAt >= settings.intervalMs) return true;
    return settings.times.some((time) => crossed(time, checkedAt, now, clock.offset));
  };

  const uploadStep = (now: number): { job: Job; request: PushRequest } | undefined => {
    if (again !== undefined)
      return { job: { job: "upload", upload: again, again: true }, request: again.request };
    if (!uploadsDue(now)) return undefined;
    const upload = nextUpload(data, {
      sn,
      codec,
      legacy: legacy(),
      wanted: (queue) => settings !== undefined && uploads(settings, queue),
      arrange: (batch) => (faults.reorder === true ? [...batch].reverse() : batch),
      extraColumns: faults.extraColumns === true,
    });
    if (upload === undefined) {
      checkedAt = now;
      checkNow = false;
      return undefined;
    }
    return { job: { job: "upload", upload, again: false }, request: upload.request };
  };

  const chooseJob = (now: number): { job: Job; request: PushRequest } | undefined => {
    switch (phase) {
      case "handshake":
        return { job: { job: "handshake" }, request: handshakeRequest() };
      case "publickey": {
        const body = { publicKey: encryption!.publicKey() };
        return { job: { job: "publickey" }, request: message({ request: "publickey", sn, body }) };
      }
      case "factors": {
        const body = { factors: encryption!.factors() };
        return { job: { job: "factors" }, request: message({ request: "factors", sn, body }) };
      }
      case "options":
        return { job: { job: "options" }, request: optionsRequest() };
      case "working":
        return work(now);
    }
  };

  const work = (now: number): { job: Job; request: PushRequest } | undefined => {
    const question = questions[0];
    if (question !== undefined) {
      return { job: { job: "question", question }, request: questionRequest(question) };
    }
    if (replies.length > 0) {
      const request = message({ request: "devicecmd", sn, records: [...replies] });
      return { job: { job: "replies", count: replies.length }, request };
    }
    const fetch = fetches[0];
    if (fetch !== undefined) return { job: { job: "fetch", fetch }, request: fetchRequest(fetch) };
    const upload = uploadStep(now);
    if (upload !== undefined) return upload;
    return now >= pollAt ? { job: { job: "poll" }, request: pollRequest() } : undefined;
  };

  const questionRequest = ({ kind, pin }: Question): PushRequest =>
    kind === "person"
      ? message({ request: "RemoteAtt", sn, ...(legacy() ? {} : { table: "RemoteAtt" }), pin })
      : message({ request: "PostVerifyData", sn, type: "PostVerifyData", data: bytesOf(pin) });

  const fetchRequest = ({ line, outcome }: Fetch): PushRequest => {
    if (line.command.command === "UPGRADE")
      return message({ request: "file", sn, url: outcome.fetch });
    const path = /^https?:\/\/[^/]*(\/.*)$/.exec(outcome.fetch)?.[1] ?? `/iclock/${outcome.fetch}`;
    return { method: "GET", path, query: "", headers: [], body: new Uint8Array() };
  };

  const failed = (now: number): DeviceEvent[] => {
    tries++;
    if (tries <= TIMING.tries && phase !== "handshake") {
      notBefore = now + TIMING.retryStepMs * tries;
      return [];
    }
    return goOffline(now);
  };

  const goOffline = (now: number): DeviceEvent[] => {
    tries = 0;
    phase = "handshake";
    notBefore = now + (settings?.errorDelayMs ?? TIMING.offlineMs);
    return [{ event: "offline", untilMs: notBefore }];
  };

  /** Carries out what waits, until something must be fetched first. */
  const runCommands = (now: number): DeviceEvent[] => {
    const events: DeviceEvent[] = [];
    for (let line = commands.shift(); line !== undefined; line = commands.shift()) {
      const outcome = execute(data, line.command, around);
      if ("fetch" in outcome) fetches.push({ line, outcome });
      else events.push(...finish(line, outcome, now));
    }
    return events;
  };

  const finish = (line: CommandLine, outcome: Outcome, now: number): DeviceEvent[] => {
    if ("fetch" in outcome) return [];
    replies.push(replyTo(line.id, line.command, outcome, data, sn));
    if (outcome.next === "upload") checkNow = true;
    // Options are asked for again after the reply has gone.
    if (outcome.next !== undefined && outcome.next !== "upload") afterReplies = outcome.next;
    pollEvery = TIMING.busyPollMs;
    pollAt = now + pollEvery;
    const { id, command } = line;
    return [{ event: "executed", id, command: command.command, code: outcome.code }];
  };
  let afterReplies: "handshake" | "restart" | undefined;

  const onHandshake = (response: PushResponse, now: number): DeviceEvent[] => {
    const read = readSettings(response);
    if (read === undefined) return goOffline(now);
    settings = read;
    tries = 0;
    encrypted = false;
    if (read.reply.timeZone !== undefined) clock.zone = read.reply.timeZone;
    resetStamps(data, read, legacy());
    const version = negotiateVersion(profile.version, read.reply.pushProtocolVersion);
    const options = read.reply.pushOptionsFlag === 1 && (read.reply.pushOptions ?? []).length > 0;
    phase =
      encryption !== undefined && mayEncrypt(version)
        ? "publickey"
        : options
          ? "options"
          : "working";
    pollEvery = read.delayMs;
    pollAt = now;
    infoDue = true;
    return [{ event: "connected" }];
  };

  const onCommands = (response: PushResponse, now: number): DeviceEvent[] => {
    const body = wireOf(response.body);
    if (response.status !== 200) return failed(now);
    if (body.startsWith("U")) return goOffline(now);
    infoDue = false;
    const ended = body.slice(0, Math.max(body.lastIndexOf("\n"), body.lastIndexOf("\r")) + 1);
    // Anything that is no command is dropped without a word, and so is a line without its end.
    const { records } = CommandsReply.decode(bytesOf(ended.replace(/\r\n?/g, "\n")), codec);
    commands.push(...records.map(({ id, command }) => ({ id: id.slice(0, 20), command })));
    if (records.length === 0) {
      const delay = settings?.delayMs ?? TIMING.offlineMs;
      pollEvery = Math.min(delay, pollEvery + delay / 5);
      pollAt = now + pollEvery;
    }
    return runCommands(now);
  };

  const onUpload = (
    job: Extract<Job, { job: "upload" }>,
    response: PushResponse,
    now: number,
  ): DeviceEvent[] => {
    const { upload } = job;
    const { queue, count } = upload;
    if (isUnknownDevice(response)) return goOffline(now);
    if (!isAccepted(response)) {
      if (job.again) again = undefined;
      uploadTries++;
      const step =
        uploadTries <= TIMING.tries ? TIMING.retryStepMs * uploadTries : TIMING.refusedMs;
      uploadsNotBefore = now + step;
      return [{ event: "rejected", queue, count }];
    }
    uploadTries = 0;
    if (job.again) {
      again = undefined;
      return [{ event: "resent", queue, count }];
    }
    acknowledge(data, upload);
    if (random() < (faults.duplicateDelivery ?? 0)) again = upload;
    return [{ event: "acknowledged", queue, count }];
  };

  const onQuestion = (question: Question, response: PushResponse): DeviceEvent[] => {
    questions.shift();
    const { kind, pin } = question;
    if (kind === "verify") return [{ event: "verified", pin, allowed: isAccepted(response) }];
    const { records } = RemoteAttendanceReply.decode(response.body, codec);
    for (const command of records) execute(data, command, around);
    return [{ event: "person", pin, found: data.users.has(pin) }];
  };

  const handle = (job: Job, response: PushResponse, now: number): DeviceEvent[] => {
    switch (job.job) {
      case "handshake":
        return onHandshake(response, now);
      case "publickey":
        encryption!.acceptPublicKey(PublicKeyReply.decode(response.body).publicKey);
        phase = "factors";
        return [];
      case "factors":
        encryption!.acceptFactors(FactorsReply.decode(response.body).factors);
        encrypted = true;
        phase = (settings?.reply.pushOptionsFlag ?? 0) === 1 ? "options" : "working";
        return [];
      case "options":
        if (isUnknownDevice(response)) return goOffline(now);
        if (!isAccepted(response)) return failed(now);
        phase = "working";
        return [];
      case "poll":
        return onCommands(response, now);
      case "replies": {
        const believed = (headerOf(response, "content-type") ?? "").includes("text/plain");
        if (isUnknownDevice(response)) return goOffline(now);
        if (response.status !== 200 || !believed) return failed(now);
        replies.splice(0, job.count);
        if (afterReplies !== undefined) {
          phase = "handshake";
          afterReplies = undefined;
        }
        return [{ event: "repliesAccepted", count: job.count }];
      }
      case "fetch": {
        fetches.shift();
        const file = response.status === 200 ? response.body : undefined;
        return finish(job.fetch.line, job.fetch.outcome.finish(file), now);
      }
      case "question":
        return onQuestion(job.question, response);
      case "upload":
        return onUpload(job, response, now);
    }
  };

  const covered = (job: Job): boolean => encrypted && job.job !== "handshake";

  return {
    sn,
    data,
    recorder: createRecorder({
      data,
      profile,
      sn,
      time: (now) => shown(clock, now),
      ask: (kind, pin) => questions.push({ kind, pin }),
    }),
    time: (now) => shown(clock, now),
    next(now) {
      if (underWay !== undefined) return underWay.step;
      if (now < notBefore) return { wakeAt: notBefore };
      const chosen = chooseJob(now);
      if (chosen === undefined) return { wakeAt: Math.min(pollAt, wakeForUploads(now)) };
      const request = covered(chosen.job) ? sealed(chosen.request, encryption!) : chosen.request;
      const cut = request.body.length > 1 && random() < (faults.halfSentBodies ?? 0);
      const step: DeviceStep = cut
        ? { send: request, cutAt: Math.floor(request.body.length / 2) }
        : { send: request };
      underWay = { job: chosen.job, step };
      return step;
    },
    receive(response, now) {
      const current = underWay;
      underWay = undefined;
      if (current === undefined) return [];
      const lost = response !== undefined && random() < (faults.lostAnswers ?? 0);
      if (response === undefined || lost) return failed(now);
      tries = 0;
      const plain = covered(current.job) ? opened(response, encryption!) : response;
      const set =
        faults.wrongClock === undefined &&
        setClock(clock, plain, now, options.daylightSaving === true);
      const events = handle(current.job, plain, now);
      // The zone may have come with this very answer.
      const after = set || current.job.job !== "handshake" || faults.wrongClock !== undefined;
      const setNow = after ? set : setClock(clock, plain, now, options.daylightSaving === true);
      return setNow ? [{ event: "clockSet" }, ...events] : events;
    },
  };

  function wakeForUploads(now: number): number {
    if (settings === undefined) return notBefore;
    const waiting = QUEUES.some(
      (queue: QueueName) => data.queues[queue].acknowledged < data.queues[queue].items.length,
    );
    if (!waiting) return Number.POSITIVE_INFINITY;
    if (settings.realtime) return Math.max(now, uploadsNotBefore);
    return settings.intervalMs > 0 ? checkedAt + settings.intervalMs : now + 60_000;
  }
};

const isAccepted = (response: PushResponse): boolean =>
  response.status === 200 && Acknowledgement.decode(response.body).accepted;

const isUnknownDevice = (response: PushResponse): boolean =>
  wireOf(response.body).startsWith("UNKNOWN DEVICE");

/** Whether a time of the day came by between two moments, by the terminal's clock. */
const crossed = (time: string, from: number, to: number, offset: number): boolean => {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  const day = 86_400_000;
  const at = (hours * 60 + minutes) * 60_000;
  const last = Math.floor((to + offset - at) / day) * day + at;
  return last > from + offset;
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

type Cipher = NonNullable<DeviceEngineOptions["encryption"]>;

const sealed = (request: PushRequest, provider: Cipher): PushRequest => {
  if (request.body.length === 0) return request;
  const body = provider.encrypt(request.body);
  const headers = request.headers.map(([name, value]) =>
    name === "Content-Length"
      ? ([name, body.length.toString()] as const)
      : ([name, value] as const),
  );
  return { ...request, headers, body };
};

const opened = (response: PushResponse, provider: Cipher): PushResponse =>
  response.body.length === 0 ? response : { ...response, body: provider.decrypt(response.body) };
