import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import type { Frame } from "../src/channel.js";
import { createServerSession } from "../src/server/create-session.js";
import { CA_HANDOVER, FINISH, file, MONITORING, START, START_1 } from "./support/frames.js";
import { serverOptions } from "./support/run.js";
import { scriptedChip } from "./support/scripted-chip.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const options = { ...serverOptions(), chip: scriptedChip() } as never;

/** What clients do that a server would rather not see; each leaves a session in another state. */
const HOSTILE: readonly (readonly Frame[])[] = [
  [],
  [START],
  [START, ...Array.from({ length: 50 }, () => MONITORING)],
  [START, file("dg14", ...new Array(5_000).fill(1)), CA_HANDOVER],
  [
    START,
    file("dg14", 1),
    CA_HANDOVER,
    Uint8Array.of(2, 0x90, 0),
    file("dg2", ...new Array(20_000).fill(2)),
  ],
  [START, file("sod", 1), file("dg1", 1), FINISH],
  [START, "x".repeat(200_000)],
  [START, '{"type":"START","__proto__":{"polluted":true}}'],
  [START, file("__proto__", 1)],
];

const storm = (sessions: number) => {
  for (let i = 0; i < sessions; i++) {
    const kind =
      i % 3 === 0 ? { version: 1 as const, returnResult: true } : { version: 2 as const };
    const session = createServerSession(kind, options, i);
    const frames = kind.version === 1 ? [START_1] : HOSTILE[i % HOSTILE.length]!;
    for (const frame of frames) session.receive({ kind: "frame", frame }, i);
  }
};

const heapAfter = (work: () => void): number => {
  work();
  collect();
  return process.memoryUsage().heapUsed;
};

test("nothing is left of sessions that hostile clients began", () => {
  const warm = heapAfter(() => storm(500));
  const after = heapAfter(() => storm(5_000));
  // 5,000 sessions that held their files would be some 15 MB.
  expect(after - warm).toBeLessThan(2_000_000);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
