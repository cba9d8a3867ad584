import { bytesOf } from "../../bytes.js";
import type { PushRequest } from "../../http.js";
import { type DeviceRequest, encodeRequest } from "../../requests/any.js";
import { QUEUES } from "./data.js";
import { uploads } from "./settings.js";
import { type Fetch, isLegacy, type Question, type Terminal } from "./terminal.js";
import { nextUpload, type Upload } from "./uploads.js";

/** What a request is sent for, so that its answer is understood. */
export type Job =
  | { readonly job: "handshake" | "publickey" | "factors" | "options" | "poll" }
  | { readonly job: "replies"; readonly count: number }
  | { readonly job: "fetch"; readonly fetch: Fetch }
  | { readonly job: "question"; readonly question: Question }
  | { readonly job: "upload"; readonly upload: Upload; readonly again: boolean };

/** A job and the request that it needs. */
export interface Task {
  readonly job: Job;
  readonly request: PushRequest;
}

/** What is most urgent now; `undefined` when nothing is due. */
export const nextTask = (terminal: Terminal, now: number): Task | undefined => {
  const { phase } = terminal;
  switch (phase) {
    case "handshake":
      return { job: { job: phase }, request: handshake(terminal) };
    case "publickey":
    case "factors":
      return { job: { job: phase }, request: exchange(terminal, phase) };
    case "options":
      return { job: { job: phase }, request: options(terminal) };
    case "working":
      return work(terminal, now);
  }
};

/** When to look again, if nothing happens at the terminal before. */
export const wakeAt = (terminal: Terminal, now: number): number => {
  const { settings, data, uploadsNotBefore, pollAt } = terminal;
  if (settings === undefined) return pollAt;
  const waiting = QUEUES.some(
    (queue) =>
      data.queues[queue].acknowledged < data.queues[queue].items.length && uploads(settings, queue),
  );
  if (!waiting) return pollAt;
  if (settings.realtime) return Math.min(pollAt, Math.max(now, uploadsNotBefore));
  const interval =
    settings.intervalMs > 0 ? terminal.checkedAt + settings.intervalMs : now + 60_000;
  return Math.min(pollAt, interval);
};

const encode = ({ codec }: Terminal, message: DeviceRequest): PushRequest =>
  encodeRequest(message, codec);

const handshake = (terminal: Terminal): PushRequest => {
  const { profile, options } = terminal;
  const version = isLegacy(terminal) ? undefined : profile.version;
  return encode(terminal, {
    request: "initialization",
    sn: options.sn,
    ...(version === undefined ? {} : { pushVersion: version }),
    language: profile.language,
    ...(options.commKey === undefined ? {} : { commKey: options.commKey }),
  });
};

const exchange = (terminal: Terminal, phase: "publickey" | "factors"): PushRequest => {
  const { sn, encryption } = terminal.options;
  const provider = encryption!;
  return phase === "publickey"
    ? encode(terminal, { request: phase, sn, body: { publicKey: provider.publicKey() } })
    : encode(terminal, { request: phase, sn, body: { factors: provider.factors() } });
};

const options = (terminal: Terminal): PushRequest => {
  const wanted = terminal.settings?.reply.pushOptions ?? [];
  const extra = wanted.flatMap((key) => {
    const value = terminal.data.options.get(key);
    return value === undefined ? [] : [{ key, value }];
  });
  const { sn } = terminal.options;
  return encode(terminal, {
    request: "options",
    sn,
    options: extra.length === 0 ? {} : { extra },
  });
};

const work = (terminal: Terminal, now: number): Task | undefined => {
  const question = terminal.questions[0];
  if (question !== undefined) {
    return { job: { job: "question", question }, request: ask(terminal, question) };
  }
  const records = [...terminal.replies];
  if (records.length > 0) {
    const request = encode(terminal, { request: "devicecmd", sn: terminal.options.sn, records });
    return { job: { job: "replies", count: records.length }, request };
  }
  const fetch = terminal.fetches[0];
  if (fetch !== undefined) {
    return { job: { job: "fetch", fetch }, request: fetchFile(terminal, fetch) };
  }
  const upload = uploadTask(terminal, now);
  if (upload !== undefined) return upload;
  return now >= terminal.pollAt ? { job: { job: "poll" }, request: poll(terminal) } : undefined;
};

const ask = (terminal: Terminal, { kind, pin }: Question): PushRequest => {
  const { sn } = terminal.options;
  if (kind === "verify") {
    const type = "PostVerifyData";
    return encode(terminal, { request: type, sn, type, data: bytesOf(pin) });
  }
  const table = isLegacy(terminal) ? {} : { table: "RemoteAtt" };
  return encode(terminal, { request: "RemoteAtt", sn, ...table, pin });
};

const fetchFile = (terminal: Terminal, { line, outcome }: Fetch): PushRequest => {
  if (line.command.command === "UPGRADE") {
    return encode(terminal, { request: "file", sn: terminal.options.sn, url: outcome.fetch });
  }
  const path = /^https?:\/\/[^/]*(\/.*)$/.exec(outcome.fetch)?.[1] ?? `/iclock/${outcome.fetch}`;
  return { method: "GET", path, query: "", headers: [], body: new Uint8Array() };
};

const poll = (terminal: Terminal): PushRequest => {
  const { sn } = terminal.options;
  if (!terminal.infoDue) return encode(terminal, { request: "getrequest", sn });
  const { users, queues } = terminal.data;
  return encode(terminal, {
    request: "info",
    sn,
    info: {
      firmware: "Ver 8.0.4.3-20200101",
      users: users.size.toString(),
      fingerprints: "0",
      attendanceRecords: queues.ATTLOG.items.length.toString(),
      address: "127.0.0.1",
      fingerprintVersion: "10",
      faceVersion: "7",
      facePictures: "15",
      faces: "0",
      functions: "111",
    },
  });
};

const uploadTask = (terminal: Terminal, now: number): Task | undefined => {
  const { again, options, settings, data, codec } = terminal;
  if (again !== undefined) {
    return { job: { job: "upload", upload: again, again: true }, request: again.request };
  }
  if (!uploadsDue(terminal, now)) return undefined;
  const { faults = {}, sn } = options;
  const upload = nextUpload(data, {
    sn,
    codec,
    legacy: isLegacy(terminal),
    wanted: (queue) => settings !== undefined && uploads(settings, queue),
    arrange: (batch) => (faults.reorder === true ? [...batch].reverse() : batch),
    extraColumns: faults.extraColumns === true,
  });
  if (upload !== undefined) {
    return { job: { job: "upload", upload, again: false }, request: upload.request };
  }
  terminal.checkedAt = now;
  terminal.checkNow = false;
  return undefined;
};

/** Whether it is time to look for new records: at once, after an interval, or at times of the day. */
const uploadsDue = (terminal: Terminal, now: number): boolean => {
  const { settings, checkedAt, clock } = terminal;
  if (settings === undefined || now < terminal.uploadsNotBefore) return false;
  if (settings.realtime || terminal.checkNow) return true;
  if (settings.intervalMs > 0 && now - checkedAt >= settings.intervalMs) return true;
  return settings.times.some((time) => crossed(time, checkedAt, now, clock.offset));
};

/** Whether a time of the day came by between two moments, by the terminal's clock. */
const crossed = (time: string, from: number, to: number, offset: number): boolean => {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  const day = 86_400_000;
  const at = (hours * 60 + minutes) * 60_000;
  const last = Math.floor((to + offset - at) / day) * day + at;
  return last > from + offset;
};
