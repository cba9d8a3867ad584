import {
  createServerEngine,
  type ServerEngine,
  type ServerEngineOptions,
  type ServerEvent,
} from "../src/index.js";
import {
  createDeviceEngine,
  createMemoryStore,
  type DeviceEngine,
  type DeviceEngineOptions,
  type DeviceEvent,
  type MemoryStore,
} from "../src/testing.js";

/** A repeatable random source (mulberry32). */
export const seeded = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

export const SN = "0316144680030";
/** 30 July 2015, 07:25:38 UTC. */
export const START = Date.UTC(2015, 6, 30, 7, 25, 38);

export interface Scene {
  readonly store: MemoryStore;
  readonly server: ServerEngine;
  readonly device: DeviceEngine;
  readonly serverEvents: ServerEvent[];
  readonly deviceEvents: DeviceEvent[];
  now: number;
  /** Plays until the time has come, or nothing is left to do before it. */
  play(ms: number): Promise<void>;
}

/** A terminal and a server, joined by nothing but calls, and a clock that the test moves. */
export const createScene = (
  device: Partial<DeviceEngineOptions> = {},
  server: Partial<ServerEngineOptions> = {},
): Scene => {
  const store = createMemoryStore();
  let id = 0;
  const scene: Scene = {
    store,
    server: createServerEngine({
      store,
      pairing: "open",
      timeZone: "+08:00",
      newCommandId: () => `auto${++id}`,
      ...server,
    }),
    device: createDeviceEngine({ sn: SN, random: seeded(1), ...device }),
    serverEvents: [],
    deviceEvents: [],
    now: START,
    async play(ms) {
      const end = scene.now + ms;
      for (let steps = 0; steps < 100_000; steps++) {
        const step = scene.device.next(scene.now);
        if ("wakeAt" in step) {
          if (step.wakeAt > end) break;
          scene.now = Math.max(step.wakeAt, scene.now + 1);
          continue;
        }
        if (step.cutAt !== undefined) {
          scene.now += 5;
          scene.deviceEvents.push(...scene.device.receive(undefined, scene.now));
          continue;
        }
        const { response, events } = await scene.server.handle(step.send, scene.now);
        scene.serverEvents.push(...events);
        scene.now += 5;
        scene.deviceEvents.push(...scene.device.receive(response, scene.now));
      }
      scene.now = end;
    },
  };
  return scene;
};

/** A command for the terminal of a scene, as an administrator gives it. */
export const give = (
  scene: Scene,
  id: string,
  command: Parameters<MemoryStore["enqueue"]>[1][number]["command"],
  terms: Partial<Parameters<MemoryStore["enqueue"]>[1][number]> = {},
): void => {
  scene.store.enqueue(SN, [
    {
      id,
      command,
      guarantee: "atLeastOnce",
      endsBatch: false,
      expiresAt: scene.now + 3_600_000,
      ...terms,
    },
  ]);
};
