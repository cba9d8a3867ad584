import type { EncryptionProvider } from "../../encryption.js";
import { ZkPushError } from "../../errors.js";
import type { Header, PushRequest, PushResponse } from "../../http.js";
import { onAnswer, onSilence } from "./answers.js";
import { setClock, shown } from "./clock.js";
import type { DeviceData } from "./data.js";
import type { DeviceEvent } from "./events.js";
import { type Job, nextTask, wakeAt } from "./jobs.js";
import type { DeviceEngineOptions } from "./profile.js";
import { createRecorder, type DeviceRecorder } from "./recorder.js";
import { createTerminal, type Terminal } from "./terminal.js";

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

/** Creates a terminal that follows real firmware, and the faults that are switched on. */
export const createDeviceEngine = (options: DeviceEngineOptions): DeviceEngine => {
  const terminal = createTerminal(options);
  const { sn, faults = {}, random } = options;
  const { data, profile, clock } = terminal;
  let underWay: { readonly job: Job; readonly step: DeviceStep } | undefined;
  const time = (now: number): string => shown(clock, now);
  return {
    sn,
    data,
    time,
    recorder: createRecorder({
      data,
      profile,
      sn,
      time,
      ask: (kind, pin) => terminal.questions.push({ kind, pin }),
    }),
    next(now) {
      if (underWay !== undefined) return underWay.step;
      if (now < terminal.notBefore) return { wakeAt: terminal.notBefore };
      const task = nextTask(terminal, now);
      if (task === undefined) return { wakeAt: wakeAt(terminal, now) };
      const send = seal(terminal, task.job, task.request);
      const cut = send.body.length > 1 && random() < (faults.halfSentBodies ?? 0);
      const step: DeviceStep = cut ? { send, cutAt: Math.floor(send.body.length / 2) } : { send };
      underWay = { job: task.job, step };
      return step;
    },
    receive(response, now) {
      const job = underWay?.job;
      underWay = undefined;
      if (job === undefined) return [];
      const lost = response !== undefined && random() < (faults.lostAnswers ?? 0);
      const answer = response === undefined || lost ? undefined : open(terminal, job, response);
      if (answer === undefined) return onSilence(terminal, now);
      const events = onAnswer(terminal, job, answer, now);
      // After the answer was understood: a handshake brings the zone along with the date.
      const set =
        faults.wrongClock === undefined &&
        setClock(clock, answer, now, options.daylightSaving === true);
      return set ? [{ event: "clockSet" }, ...events] : events;
    },
  };
};

/** The provider, where this job is covered by encryption. */
const cipherOf = (terminal: Terminal, job: Job): EncryptionProvider | undefined =>
  terminal.encrypted && job.job !== "handshake" ? terminal.options.encryption : undefined;

const seal = (terminal: Terminal, job: Job, request: PushRequest): PushRequest => {
  const cipher = cipherOf(terminal, job);
  if (cipher === undefined || request.body.length === 0) return request;
  const body = cipher.encrypt(request.body);
  return { ...request, body, headers: withLength(request.headers, body) };
};

const open = (terminal: Terminal, job: Job, response: PushResponse): PushResponse | undefined => {
  const cipher = cipherOf(terminal, job);
  if (cipher === undefined || response.body.length === 0) return response;
  try {
    return { ...response, body: cipher.decrypt(response.body) };
  } catch (error) {
    if (error instanceof ZkPushError) return undefined;
    throw error;
  }
};

const withLength = (headers: readonly Header[], body: Uint8Array): readonly Header[] =>
  headers.map(([name, value]) => [
    name,
    name === "Content-Length" ? body.length.toString() : value,
  ]);
