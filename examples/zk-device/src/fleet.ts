import { createHash } from "node:crypto";
import { setMaxListeners } from "node:events";
import { CommandError } from "@org/command";
import { isSerialNumber } from "@org/zk-push-codec";
import {
  createDeviceEngine,
  type DeviceFaults,
  type DeviceProfileName,
} from "@org/zk-push-codec/testing";
import { enrolPeople } from "./people.js";
import { createTally, type Tally } from "./tally.js";
import { runTerminal } from "./terminal.js";

/** What a fleet of terminals is to do. */
export interface FleetPlan {
  readonly server: URL;
  /** One for each terminal. */
  readonly serialNumbers: readonly string[];
  readonly users: number;
  /** Punches of each terminal. */
  readonly records: number;
  /** Punches a second of all terminals together; `undefined`: all are in the logs at once. */
  readonly rate: number | undefined;
  /** Seconds after which it ends, whatever is left to do. */
  readonly duration: number | undefined;
  readonly profile: DeviceProfileName;
  readonly faults: DeviceFaults;
  /** Decides where faults fall, and what templates hold. */
  readonly seed: string;
}

/** A fleet on its way. */
export interface Fleet {
  readonly tally: Tally;
  /** Resolves when all is acknowledged, or at the duration. */
  readonly ended: Promise<void>;
}

/** How long requests that are under way at the end may take. */
const LAST_REQUESTS_MS = 2_000;

/** Sets terminals to work until every punch is acknowledged. */
export const startFleet = (plan: FleetPlan, signal: AbortSignal): Fleet => {
  const { rate, duration } = plan;
  const count = plan.serialNumbers.length;
  const tally = createTally();
  const stop = new AbortController();
  const cut = new AbortController();
  setMaxListeners(0, stop.signal, cut.signal);
  let done = 0;
  const terminals = plan.serialNumbers.map((sn, index) => {
    const random = drawnFrom(`${plan.seed} ${sn}`);
    const device = createDeviceEngine({
      sn,
      profile: plan.profile,
      faults: plan.faults,
      random,
      md5: (bytes) => createHash("md5").update(bytes).digest("hex"),
      options: { "~DeviceName": "Simulated", "~Platform": "zk-device", "~SerialNumber": sn },
    });
    enrolPeople(device, plan.users, random);
    return runTerminal({
      device,
      server: plan.server,
      users: plan.users,
      cards: plan.profile === "identityCard",
      records: plan.records,
      // The terminals take turns.
      punchAfter: rate === undefined ? undefined : (n) => ((n * count + index) / rate) * 1_000,
      tally,
      stop: stop.signal,
      signal: cut.signal,
      onDone: () => {
        if (++done === count) stop.abort();
      },
    });
  });
  const timer =
    duration === undefined ? undefined : setTimeout(() => stop.abort(), duration * 1_000);
  let last: NodeJS.Timeout | undefined;
  stop.signal.addEventListener("abort", () => {
    last = setTimeout(() => cut.abort(), LAST_REQUESTS_MS);
  });
  const interrupt = (): void => {
    stop.abort();
    cut.abort();
  };
  signal.addEventListener("abort", interrupt, { once: true });
  if (signal.aborted) interrupt();
  const ended = Promise.all(terminals).then(() => {
    clearTimeout(timer);
    clearTimeout(last);
    signal.removeEventListener("abort", interrupt);
  });
  return { tally, ended };
};

/** `ZK000007`, `ZK000008`, …: the number at the end counts on. */
export const serialNumbers = (first: string, count: number): readonly string[] => {
  if (!isSerialNumber(first)) {
    throw new CommandError("USAGE", "expected 6 to 32 letters, digits or - for --sn");
  }
  if (count === 1) return [first];
  const digits = /\d+$/.exec(first)?.[0] ?? "";
  const head = first.slice(0, first.length - digits.length);
  const numbers = Array.from(
    { length: count },
    (_, index) =>
      head + (BigInt(digits || "1") + BigInt(index)).toString().padStart(digits.length, "0"),
  );
  if (!isSerialNumber(numbers.at(-1)!)) {
    throw new CommandError("USAGE", `expected room for ${count} serial numbers after --sn`);
  }
  return numbers;
};

/** Numbers from 0 to below 1, the same for the same seed. */
const drawnFrom = (seed: string): (() => number) => {
  let draws = 0;
  return () => createHash("sha256").update(`${seed} ${draws++}`).digest().readUInt32BE() / 2 ** 32;
};
