import { setTimeout } from "node:timers/promises";
import type { PushRequest } from "@org/zk-push-codec";
import type { DeviceEngine, DeviceEvent } from "@org/zk-push-codec/testing";
import { punch } from "./people.js";
import { send } from "./send.js";
import type { Tally } from "./tally.js";

/** A simulated terminal and what is to happen at it. */
export interface TerminalPlan {
  readonly device: DeviceEngine;
  readonly server: URL;
  readonly users: number;
  /** Whether people show identity cards. */
  readonly cards: boolean;
  /** Punches in all. */
  readonly records: number;
  /** Milliseconds from the start to the n-th punch; `undefined`: all are old, in the log at once. */
  readonly punchAfter: ((n: number) => number) | undefined;
  readonly tally: Tally;
  /** Polls no more; what is begun is brought to its end. */
  readonly stop: AbortSignal;
  /** Ends at once. */
  readonly signal: AbortSignal;
  /** Told once, when every punch was acknowledged. */
  readonly onDone: () => void;
}

const LONGEST_SLEEP_MS = 1_000;
const SHORTEST_SLEEP_MS = 20;

/** Plays a terminal until a signal ends it. */
export const runTerminal = async (plan: TerminalPlan): Promise<void> => {
  const { device, server, records, tally, stop, signal } = plan;
  const log = device.data.queues.ATTLOG;
  const counter = createCounter(plan);
  const people = createPeople(plan);
  let done = false;
  while (!signal.aborted) {
    const nextPunch = people.act(Date.now());
    const step = device.next(Date.now());
    if ("wakeAt" in step) {
      if (!done && people.punches === records && log.acknowledged === log.items.length) {
        done = true;
        plan.onDone();
      }
      if (stop.aborted) return;
      const wait = Math.min(step.wakeAt, nextPunch) - Date.now();
      await sleep(Math.min(LONGEST_SLEEP_MS, Math.max(SHORTEST_SLEEP_MS, wait)), stop);
      continue;
    }
    if (stop.aborted && isPoll(step.send)) return;
    const settle = counter.sent(step.send);
    const response = await send(server, step.send, step.cutAt, signal);
    if (signal.aborted) return;
    const events = device.receive(response, Date.now());
    settle(response !== undefined);
    for (const event of events) {
      if (event.event === "connected") tally.connected.add(device.sn);
      counter.happened(event);
    }
  }
};

const sleep = (ms: number, stop: AbortSignal): Promise<void> =>
  setTimeout(ms, undefined, { signal: stop }).catch(() => {});

const isPoll = ({ path }: PushRequest): boolean => path.endsWith("/getrequest");

/** What people do at a terminal once it knows the time: before its first handshake it does not. */
const createPeople = ({ device, users, cards, records, punchAfter, tally }: TerminalPlan) => {
  let started: number | undefined;
  const people = {
    punches: 0,
    /** Makes the punches that are due, and says when the next one is. */
    act(now: number): number {
      if (started === undefined) {
        if (!tally.connected.has(device.sn)) return Number.POSITIVE_INFINITY;
        started = now;
      }
      for (; people.punches < records; people.punches++) {
        const n = people.punches;
        const at =
          punchAfter === undefined ? started - (records - n) * 1_000 : started + punchAfter(n);
        if (at > now) return at;
        punch(device, n, at, { users, cards });
      }
      return Number.POSITIVE_INFINITY;
    },
  };
  return people;
};

/** Counts punches on their way: the engine says what became of an upload, not what was in it. */
const createCounter = ({ device, tally }: TerminalPlan) => {
  const log = device.data.queues.ATTLOG;
  /** Punches before this one went out. */
  let reached = 0;
  let acknowledged = 0;
  let last: PushRequest | undefined;
  return {
    sent(request: PushRequest): (answered: boolean) => void {
      if (!/[?&]table=ATTLOG(?:&|$)/.test(`?${request.query}`)) return () => {};
      const lines = Buffer.from(request.body).toString("latin1").split("\n").length - 1;
      const again = request === last || device.data.asked.ATTLOG.length > 0;
      const end = again ? reached : log.acknowledged + lines;
      const fresh = Math.max(0, end - reached);
      tally.sent += fresh;
      tally.resent += lines - fresh;
      reached = Math.max(reached, end);
      last = request;
      const began = performance.now();
      return (answered) => {
        if (answered) tally.latencies.push(performance.now() - began);
      };
    },
    happened(event: DeviceEvent): void {
      if (event.event === "executed") tally.commands++;
      if (event.event === "rejected" && event.queue === "ATTLOG") tally.rejected += event.count;
      if (event.event === "executed" && /^CLEAR (?:LOG|DATA)$/.test(event.command)) {
        reached = 0;
        acknowledged = 0;
      }
      tally.acknowledged += Math.max(0, log.acknowledged - acknowledged);
      acknowledged = Math.max(acknowledged, log.acknowledged);
    },
  };
};
