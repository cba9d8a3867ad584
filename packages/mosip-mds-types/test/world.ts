import { randomBytes } from "node:crypto";
import {
  type Clock,
  createMdsClient,
  discover,
  type MdsClient,
  type Modality,
  PROFILES,
  type ProfileName,
  type Trust,
} from "@org/mosip-mds-types";
import {
  createDeviceHandler,
  type DeviceHandler,
  type DeviceHandlerOptions,
  handlerSend,
  systemClock,
  withWireFaults,
} from "@org/mosip-mds-types/http";
import {
  createSimulatedDevice,
  type Fault,
  type SimulatedDeviceOptions,
  simulatorTrust,
} from "@org/mosip-mds-types/testing";

export const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

export const PORT = 4501;
export const BASE = `http://127.0.0.1:${PORT}`;

/** A clock that stands still; its sleeps are over at once. */
export const standingClock = (at: Date): Clock => ({
  now: () => at,
  sleep: () => new Promise((resolve) => setImmediate(resolve)),
});

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
