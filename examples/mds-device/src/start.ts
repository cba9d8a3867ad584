import { randomBytes } from "node:crypto";
import {
  allPorts,
  type Level,
  MODALITIES,
  type Modality,
  PROFILES,
  type ProfileName,
} from "@org/mosip-mds-types";
import { createDeviceHandler, systemClock, withWireFaults } from "@org/mosip-mds-types/http";
import { loadJpeg2000Wasm, readTrust } from "@org/mosip-mds-types/node";
import {
  createSimulatedDevice,
  type Fault,
  type SimulatedDevice,
  simulatorTrust,
  type TestTrust,
} from "@org/mosip-mds-types/testing";
import { listenVerbsFetch, type VerbListener } from "@org/transports/node/http-verbs";
import { type Enrolment, enrol } from "./enrol.js";
import { readSources } from "./image-folder.js";

export interface MdsDeviceOptions {
  /** 0.9.5 by default. */
  readonly spec?: ProfileName;
  /** All kinds by default, or those that {@link images} has. */
  readonly modalities?: readonly Modality[];
  readonly level?: Level;
  /** 127.0.0.1 by default. */
  readonly host?: string;
  /** The first free of 4501 to 4600 by default; 0 for any. */
  readonly port?: number;
  /** Folder with records or images; without it, images are drawn. */
  readonly images?: string;
  /** Pages that may ask. */
  readonly allowOrigins?: readonly string[];
  /** Read at every answer: faults may come and go while the device runs. */
  readonly faults?: ReadonlySet<Fault>;
  /** A folder of keys; the public test keys by default. */
  readonly keys?: string;
  /** Device server to register with. */
  readonly server?: string;
  readonly onRequest?: (entry: RequestEntry) => void;
  readonly signal?: AbortSignal;
}

export interface RequestEntry {
  readonly verb: string;
  readonly path: string;
  readonly status: number;
  readonly ms: number;
}

/** A device service that listens. */
export interface RunningMdsDevice {
  readonly port: number;
  readonly url: string;
  readonly service: SimulatedDevice;
  /** What a client must believe, and what opens its captures. */
  readonly trust: TestTrust;
  /** What the device server gave, where there is one. */
  readonly registered: readonly Enrolment[];
  /** Leaves the device server, finishes what was asked, and ends. */
  close(): Promise<void>;
}

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

/** Time that a capture under way has when the service ends. */
const LAST_ANSWERS_MS = 2_000;

/** Starts a simulated device service on a socket of its own. */
export const startMdsDevice = async (options: MdsDeviceOptions = {}): Promise<RunningMdsDevice> => {
  const { spec = "0.9.5", host = "127.0.0.1", faults = new Set<Fault>(), server, signal } = options;
  const profile = PROFILES[spec];
  const trust = options.keys === undefined ? await simulatorTrust() : await readTrust(options.keys);
  const jpeg2000 = await loadJpeg2000Wasm();
  const sources =
    options.images === undefined
      ? undefined
      : await readSources(options.images, options.modalities, jpeg2000);
  const service = await createSimulatedDevice({
    profile,
    modality: sources?.modalities ?? options.modalities ?? MODALITIES,
    level: options.level ?? "L1",
    clock: systemClock,
    random,
    trust,
    faults,
    jpeg2000,
    registered: server === undefined,
    ...(sources === undefined ? {} : { source: sources.of }),
  });
  const enrolment =
    server === undefined ? undefined : await enrol(service, { server, trust, signal });
  const handler = withWireFaults(
    createDeviceHandler({
      service,
      allowOrigins: options.allowOrigins ?? [],
      allowHosts: [host.toLowerCase()],
    }),
    faults,
  );
  const listener = await listenOnFirst(options.port === undefined ? allPorts() : [options.port], {
    host,
    handler: told(handler, options.onRequest),
  });
  return {
    port: listener.port,
    url: listener.url,
    service,
    trust,
    registered: enrolment?.registered ?? [],
    async close() {
      await listener.close(LAST_ANSWERS_MS);
      await enrolment?.leave();
    },
  };
};

type Handler = (request: Request) => Promise<Response>;

/** Listens on the first port that is free. */
const listenOnFirst = async (
  ports: readonly number[],
  { host, handler }: { readonly host: string; readonly handler: Handler },
): Promise<VerbListener> => {
  const [port, ...further] = ports;
  try {
    return await listenVerbsFetch(handler, { host, port: port! });
  } catch (error) {
    const { code } = (error as { cause?: NodeJS.ErrnoException }).cause ?? {};
    if (code !== "EADDRINUSE" || further.length === 0) throw error;
    return listenOnFirst(further, { host, handler });
  }
};

const told =
  (handler: Handler, onRequest: MdsDeviceOptions["onRequest"]): Handler =>
  async (request) => {
    const started = performance.now();
    const response = await handler(request);
    onRequest?.({
      verb: request.method,
      path: new URL(request.url).pathname,
      status: response.status,
      ms: Math.round(performance.now() - started),
    });
    return response;
  };
