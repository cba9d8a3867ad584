import { createServerEngine, type Store } from "../src/index.js";
import {
  createDeviceEngine,
  DEVICE_PROFILES,
  type DeviceEngine,
  type DeviceFaults,
  type DeviceProfileName,
} from "../src/testing.js";
import { seeded } from "./play.js";

export interface FleetReport {
  /** `sn pin` of every punch that terminals count as acknowledged. */
  readonly acknowledged: ReadonlySet<string>;
  readonly punches: number;
  /** Simulated requests. */
  readonly requests: number;
}

const FAULTS: readonly DeviceFaults[] = [
  {},
  { duplicateDelivery: 0.2 },
  { reorder: true },
  { lostAnswers: 0.1 },
  { halfSentBodies: 0.1 },
  { extraColumns: true },
  { legacyStamps: true, lostAnswers: 0.05 },
];

/**
 * Many terminals against one server by a clock that jumps from one thing to do to the next: people
 * punch for most of the time, and the rest is for what waits.
 */
export const playFleet = async (
  store: Store,
  terminals: number,
  minutes: number,
): Promise<FleetReport> => {
  let id = 0;
  const server = createServerEngine({
    store,
    pairing: "open",
    timeZone: "+00:00",
    newCommandId: () => `f${++id}`,
    handshake: { errorDelay: 30, delay: 30 },
  });
  const start = Date.UTC(2026, 0, 5, 8);
  const end = start + minutes * 60_000;
  const lastPunch = start + minutes * 60_000 * 0.7;
  const profiles = Object.keys(DEVICE_PROFILES) as DeviceProfileName[];
  const random = seeded(42);
  const devices = Array.from(
    { length: terminals },
    (_, i): DeviceEngine =>
      createDeviceEngine({
        sn: `CGKK${100_000 + i}`,
        profile: profiles[i % profiles.length]!,
        faults: FAULTS[i % FAULTS.length]!,
        random: seeded(i),
      }),
  );
  const agenda = devices.map((device) => ({ device, at: start + random() * 30_000, punches: 0 }));
  let requests = 0;
  for (let now = start; now < end; now += 1_000) {
    const due = agenda.filter(({ at }) => at <= now);
    await Promise.all(
      due.map(async (entry) => {
        const { device } = entry;
        if (now < lastPunch && random() < 0.2) {
          device.recorder.punch(now, { pin: `p${entry.punches++}` });
        }
        const step = device.next(now);
        if ("wakeAt" in step) {
          // Somebody comes by sooner or later.
          entry.at = Math.min(step.wakeAt, now + 5_000);
          return;
        }
        requests++;
        const answer =
          step.cutAt === undefined ? (await server.handle(step.send, now)).response : undefined;
        device.receive(answer, now);
        entry.at = now;
      }),
    );
  }
  const acknowledged = new Set(
    devices.flatMap(({ sn, data }) => {
      const { items, acknowledged: count } = data.queues.ATTLOG;
      return items.slice(0, count).map(({ pin }) => `${sn} ${pin}`);
    }),
  );
  return { acknowledged, requests, punches: agenda.reduce((sum, { punches }) => sum + punches, 0) };
};
