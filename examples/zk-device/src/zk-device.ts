import { randomBytes } from "node:crypto";
import { CommandError, command, EXIT, type ExitCode, type Output, table } from "@org/command";
import { FAULT_NAMES, PROFILE_NAMES, parseFaults, profileOf } from "./faults.js";
import { type FleetPlan, serialNumbers, startFleet } from "./fleet.js";
import { knock } from "./send.js";
import { type Summary, summaryOf, type Tally } from "./tally.js";

const PROGRESS_MS = 250;
/** Punches of a terminal, and of all terminals in a second, when nothing is said: a minute to look at. */
const EASY = { records: 60, ratePerTerminal: 1 } as const;
/** Before the end of a run without a number of punches, so that the last can be acknowledged. */
const TAIL_S = 2;

export const zkDevice = command({
  name: "zk-device",
  summary: "Plays ZKTeco attendance terminals against a server, until all punches are acknowledged",
  details: `
faults: ${FAULT_NAMES.join(", ")}
duplicate-delivery, lost-answers and half-sent-bodies take a share as in lost-answers=0.2 (else 0.1),
wrong-clock takes seconds (else 3600).

  zk-device --count 50                            a minute of punches, one a second at each terminal
  zk-device --records 5000                        a full log, as fast as the server takes it
  zk-device --count 1000 --rate 200 --duration 60 load
  zk-device --fault lost-answers=0.3 --fault reorder

Exit 0 when every punch was acknowledged, 1 when some were not at the end of the duration, 3 when
no server answers.`,
  flags: {
    server: {
      type: "text",
      value: "URL",
      default: "http://127.0.0.1:8080",
      help: "the server under test",
    },
    sn: { type: "text", value: "SN", default: "ZKSIM00001", help: "serial number of the first" },
    count: { type: "number", value: "N", min: 1, max: 100_000, default: 1, help: "terminals" },
    users: {
      type: "number",
      value: "N",
      min: 1,
      max: 10_000,
      default: 10,
      help: "people on each terminal, each with a fingerprint",
    },
    records: {
      type: "number",
      value: "N",
      max: 1_000_000,
      help: "punches of each terminal; without --rate they are in the log from the start",
    },
    rate: {
      type: "number",
      value: "R",
      min: 0.001,
      max: 1_000_000,
      fraction: true,
      help: "punches a second of all terminals together",
    },
    duration: {
      type: "number",
      value: "S",
      min: 0.1,
      max: 10_000_000,
      fraction: true,
      help: "seconds after which it ends in any case",
    },
    profile: {
      type: "text",
      value: "P",
      choices: PROFILE_NAMES,
      default: "standard",
      help: "kind of terminal",
    },
    fault: { type: "text", value: "F", many: true, help: "what goes wrong, see below" },
    seed: {
      type: "text",
      value: "TEXT",
      help: "where faults fall; the same text draws the same again (default: another each time)",
    },
  },
  async run({ flags, output, signal }) {
    const { sn, count, users, duration } = flags;
    const seed = flags.seed ?? randomBytes(4).toString("hex");
    const plan: FleetPlan = {
      server: parseServer(flags.server),
      serialNumbers: serialNumbers(sn, count),
      users,
      duration,
      profile: profileOf(flags.profile),
      faults: parseFaults(flags.fault),
      seed,
      ...workOf(flags),
    };
    await knock(plan.server);
    if (flags.fault.length > 0) output.note(`faults fall as with --seed ${seed}`);
    const { tally, ended } = startFleet(plan, signal);
    const timer = setInterval(() => output.progress(progressOf(tally, plan)), PROGRESS_MS);
    await ended.finally(() => clearInterval(timer));
    const summary = summaryOf(tally);
    output.result(summary, summaryText(summary));
    return exitOf(tally, plan, signal, output);
  },
});

const parseServer = (text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.pathname !== "/") {
    throw new CommandError("USAGE", "expected http://HOST:PORT for --server");
  }
  return url;
};

/** How many punches, and how fast. */
const workOf = (flags: {
  readonly count: number;
  readonly records: number | undefined;
  readonly rate: number | undefined;
  readonly duration: number | undefined;
}): Pick<FleetPlan, "records" | "rate"> => {
  const { count, records, duration } = flags;
  if (records !== undefined) return { records, rate: flags.rate };
  const rate = flags.rate ?? EASY.ratePerTerminal * count;
  if (duration === undefined) return { records: EASY.records, rate };
  const seconds = Math.max(duration / 2, duration - TAIL_S);
  return { records: Math.max(1, Math.floor((rate * seconds) / count)), rate };
};

const progressOf = ({ connected, acknowledged, commands }: Tally, plan: FleetPlan): string =>
  `${connected.size} of ${plan.serialNumbers.length} terminals connected, ` +
  `${acknowledged} of ${plan.records * plan.serialNumbers.length} punches acknowledged, ${commands} commands`;

const summaryText = ({ latencyMs: { p50, p99 }, ...counts }: Summary): string =>
  table([
    ["sent", counts.sent.toString(), "punches"],
    ["acknowledged", counts.acknowledged.toString()],
    ["rejected", counts.rejected.toString(), "in uploads that the server refused"],
    ["resent", counts.resent.toString()],
    ["commands", counts.commands.toString()],
    ["latency", p50 === null ? "none" : `${p50} ms`, p99 === null ? "" : `99% within ${p99} ms`],
  ]);

const exitOf = (
  { connected, acknowledged }: Tally,
  { serialNumbers: { length: count }, records }: FleetPlan,
  signal: AbortSignal,
  output: Output,
): ExitCode => {
  if (signal.aborted) return EXIT.interrupted;
  if (connected.size < count) {
    output.note(`${count - connected.size} of ${count} terminals were never let in`);
  }
  return acknowledged >= records * count ? EXIT.yes : EXIT.no;
};
