import { createHmac } from "node:crypto";
import type { Enrollee, Outcome, Punch } from "../story/index.js";
import { type ClockServer, createClockServer, type DeviceRow } from "./clock-server.js";
import { codeOf, failed, within } from "./station.js";

export interface TimeClockOptions {
  /** Of the server for time clocks, without a path. */
  readonly url: string;
  readonly token: string;
  /** Serial number of the clock; default the first that is approved. */
  readonly terminal?: string;
  /** What PINs are derived with: the same person has the same PIN for as long as it is kept. */
  readonly pinKey: Uint8Array;
  /** How long the clock may take to answer a command; default 20,000 ms. */
  readonly answerMs?: number;
}

/** The time clock, as far as the desk uses it. */
export interface TimeClock {
  /** Asks the clock whether it is there; only then sends the command that enrols, once. */
  enrol(person: Enrollee, signal: AbortSignal): Promise<Outcome>;
  /** Waits for the next punch of a PIN. */
  awaitPunch(pin: string, signal: AbortSignal): Promise<Outcome>;
  /** Tells the clock to forget a person. @returns whether it did. */
  remove(pin: string): Promise<boolean>;
  /** Hears of every punch. */
  onPunch(listener: (pin: string, punch: Punch) => void): () => void;
  /** Commands that enrol anybody that ever left this desk. */
  readonly enrolCommands: number;
  close(): void;
}

export const createTimeClock = (options: TimeClockOptions): TimeClock => {
  const { pinKey, answerMs = 20_000 } = options;
  const server = createClockServer(options);
  let enrolCommands = 0;

  const enrol = async (person: Enrollee, signal: AbortSignal): Promise<Outcome> => {
    const pin = pinOf(person.identity, pinKey);
    let terminal: DeviceRow | undefined;
    let returning: boolean;
    try {
      await within(server.following(), answerMs, signal);
      terminal = await findTerminal(server, options.terminal, signal);
      if (terminal === undefined) return failed("enrolment", "CLOCK_OFFLINE", ["NO_TERMINAL"]);
      // A clock that does not answer a question is not given a person to remember.
      const there = await obey(server, terminal.sn, { command: "INFO" }, answerMs, signal);
      if (there === undefined) return failed("enrolment", "CLOCK_OFFLINE", [terminal.sn]);
      returning = await server.hasPunched(pin, signal);
    } catch (error) {
      signal.throwIfAborted();
      return failed("enrolment", "CLOCK_AWAY", codeOf(error));
    }
    try {
      enrolCommands++;
      const command = {
        command: "DATA UPDATE USERINFO",
        pin,
        name: shortName(person.name),
        privilege: 0,
      };
      const state = await obey(server, terminal.sn, command, answerMs, signal);
      if (state === undefined) return failed("enrolment", "CLOCK_SILENT", [terminal.sn]);
      if (state !== "done") return failed("enrolment", "CLOCK_REFUSED", [state]);
      return { step: "enrolment", enrolment: { pin, terminal: terminal.sn, returning } };
    } catch (error) {
      signal.throwIfAborted();
      return failed("enrolment", "CLOCK_SILENT", codeOf(error));
    }
  };

  const awaitPunch = (pin: string, signal: AbortSignal): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      const stop = server.onPunch((found, punch) => {
        if (found !== pin) return;
        signal.removeEventListener("abort", abort);
        stop();
        resolve({ step: "punch", punch });
      });
      const abort = () => {
        stop();
        reject(signal.reason);
      };
      signal.addEventListener("abort", abort, { once: true });
      if (signal.aborted) abort();
    });

  return {
    enrol,
    awaitPunch,
    async remove(pin) {
      const { signal } = new AbortController();
      try {
        const terminal = await findTerminal(server, options.terminal, signal);
        if (terminal === undefined) return false;
        const command = { command: "DATA DELETE USERINFO", pin };
        return (await obey(server, terminal.sn, command, answerMs, signal)) === "done";
      } catch {
        return false;
      }
    },
    onPunch: server.onPunch,
    get enrolCommands() {
      return enrolCommands;
    },
    close: server.close,
  };
};

/** Nine digits, the most that every terminal shows; the first is never a zero. */
const pinOf = (identity: string, key: Uint8Array): string => {
  const digest = createHmac("sha256", key).update(identity).digest();
  return (100_000_000n + (digest.readBigUInt64BE() % 900_000_000n)).toString();
};

/** Longest name that every terminal keeps. */
const NAME_LENGTH = 24;
const shortName = (name: string): string => name.slice(0, NAME_LENGTH).trim();

const findTerminal = async (
  server: ClockServer,
  sn: string | undefined,
  signal: AbortSignal,
): Promise<DeviceRow | undefined> => {
  const devices = await server.devices(signal);
  return devices.find(
    (device) => device.state === "approved" && (sn === undefined || device.sn === sn),
  );
};

/**
 * Gives a terminal a command and waits until it is settled. A command that is not taken in time expires:
 * nobody is enrolled after the visit is over.
 *
 * @returns what became of it: `done`, `failed`; undefined where nothing did.
 */
const obey = async (
  server: ClockServer,
  sn: string,
  command: object,
  answerMs: number,
  signal: AbortSignal,
): Promise<string | undefined> => {
  const settled = server.watchCommands();
  try {
    const id = await server.give(sn, command, Math.max(1, Math.ceil(answerMs / 1_000)), signal);
    return await within(settled.of(id), answerMs, signal);
  } finally {
    settled.close();
  }
};
