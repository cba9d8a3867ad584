import { randomBytes } from "node:crypto";
import {
  type CaptureSource,
  type Clock,
  createMdsClient,
  discover,
  type MdsClient,
  type Modality,
  PROFILES,
  type ProfileName,
  type Send,
  type Trust,
} from "@org/mosip-mds-types";
import {
  createDeviceHandler,
  type DeviceHandler,
  type DeviceHandlerOptions,
  handlerSend,
  systemClock,
  verbSend as verbSendOver,
  withWireFaults,
} from "@org/mosip-mds-types/http";
import { FINGER_COMPRESSION, makeFingerRecord } from "@org/mosip-mds-types/records";
import {
  createSimulatedDevice,
  type Fault,
  type SimulatedDeviceOptions,
  simulatorTrust,
} from "@org/mosip-mds-types/testing";
import { requestVerb } from "@org/transports/node/http-verbs";

export const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

export const PORT = 4501;
export const BASE = `http://127.0.0.1:${PORT}`;

/** A clock that stands still; its sleeps are over at once. */
export const standingClock = (at: Date): Clock => ({
  now: () => at,
  sleep: () => new Promise((resolve) => setImmediate(resolve)),
});

const quickRecord = makeFingerRecord(
  "unknown",
  { bytes: new Uint8Array(64), width: 8, height: 8, coding: FINGER_COMPRESSION.none },
  { time: new Date(), quality: 90 },
);

/** A sensor that takes no time: one small record for whatever it is asked. */
export const quickSource: CaptureSource = {
  async *attempts({ positions, modality, signal }) {
    while (!signal.aborted) {
      yield positions.map((subType) => ({
        ...(modality === "face" ? {} : { subType }),
        quality: 90,
        record: quickRecord,
        image: Uint8Array.of(0xff, 0xd8, 0xff, 0xd9),
      }));
      await systemClock.sleep(20, signal);
    }
  },
  async *preview(_subId, signal) {
    while (!signal.aborted) {
      yield { image: { width: 16, height: 16, pixels: new Uint8Array(256) }, score: 50 };
    }
  },
};

export interface World {
  readonly handler: DeviceHandler;
  readonly client: MdsClient;
  readonly faults: Set<Fault>;
  readonly service: Awaited<ReturnType<typeof createSimulatedDevice>>;
}

/** A simulated device service and a client for it, without a network between them. */
export const createWorld = async (
  name: ProfileName,
  modality: Modality = "finger",
  options: {
    readonly device?: Partial<SimulatedDeviceOptions>;
    readonly handler?: Partial<DeviceHandlerOptions>;
    readonly trust?: Trust;
  } = {},
): Promise<World> => {
  const faults = new Set<Fault>();
  const profile = PROFILES[name];
  const service = await createSimulatedDevice({
    profile,
    modality,
    clock: systemClock,
    random,
    faults,
    source: quickSource,
    ...options.device,
  });
  const handler = withWireFaults(
    createDeviceHandler({ service, baseUrl: BASE, ...options.handler }),
    faults,
  );
  const { trust } = await simulatorTrust();
  const client = createMdsClient({
    send: handlerSend(handler),
    clock: options.device?.clock ?? systemClock,
    profile,
    baseUrl: BASE,
    trust: options.trust ?? trust,
    appName: "test",
  });
  return { handler, client, faults, service };
};

/** What a handler answers to discovery, as the client sees it. */
export const discoverIn = async (handler: DeviceHandler, profile?: ProfileName) => {
  const found = discover(handlerSend(handler), {
    clock: systemClock,
    ports: [PORT],
    ...(profile === undefined ? {} : { profile }),
  });
  const { value } = await found.next();
  return value!;
};

/** Sends with the verb client of the transports: any method, and raw where a peer counts characters. */
export const verbSend = (options: { readonly raw?: boolean } = {}): Send =>
  verbSendOver(requestVerb, options);
