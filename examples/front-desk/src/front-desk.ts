import { randomBytes } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { importVerificationKey, type VerificationKey } from "@org/docval-protocol/server";
import type { TrustStore } from "@org/emrtd-core";
import { loadJpeg2000 } from "@org/emrtd-core/images";
import type { Trust } from "@org/mosip-mds-types";
import { simulatorTrust } from "@org/mosip-mds-types/testing";
import { toNodeListener } from "@org/transports/node/http-verbs";
import { type ChipPlace, openCardReader } from "./card-reader.js";
import { type Desk, openDesk } from "./desk.js";
import { RESULT_PATH } from "./result-path.js";
import { startDocvalService } from "./simulate/docval-service.js";
import { VISITORS } from "./simulate/visitors.js";
import { startWorld, type World } from "./simulate/world.js";
import { createBiometricCapture } from "./stations/biometric-capture.js";
import { createChipProver } from "./stations/chip-prover.js";
import { openPageReader } from "./stations/page-reader.js";
import { createResultDesk } from "./stations/result-desk.js";
import { createTimeClock } from "./stations/time-clock.js";
import { createApp } from "./web/app.js";

/** A DocVal server somewhere else, which posts its results to this desk. */
export interface RemoteDocval {
  /** Of version 2. */
  readonly url: string;
  readonly clientId: string;
  readonly authorization?: string;
  /** What it signs its results with: the public half, PEM, and what it is called. */
  readonly verificationKey: string;
  readonly keyId: string;
}

export interface FrontDeskOptions {
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port?: number;
  /** URL under which a DocVal server reaches this desk, where that is not the desk's own. */
  readonly publicUrl?: string;
  readonly chip: ChipPlace;
  /** The reader's service; absent: a simulated one. */
  readonly sinosecu?: string;
  /** Absent: one of our own, that trusts `trust`. */
  readonly docval?: RemoteDocval;
  readonly trust: TrustStore;
  /** Absent: a simulated server and clock. */
  readonly zk?: { readonly url: string; readonly token: string; readonly terminal?: string };
  /** Absent: a simulated device. */
  readonly mds?: { readonly ports: readonly number[]; readonly trust: Trust };
  /** Of the simulated device. */
  readonly modality?: "face" | "finger";
  /** Secret from which PINs are derived; default one of this run's own. */
  readonly pinKey?: Uint8Array;
  readonly idleMs?: number;
  /** How long devices may take, in milliseconds. */
  readonly patience?: {
    readonly captureMs?: number;
    readonly answerMs?: number;
    readonly chipMs?: number;
  };
  readonly warn?: (text: string) => void;
}

/** A front desk that is open, at its URL. */
export interface FrontDesk {
  /** Without a path. */
  readonly url: string;
  readonly desk: Desk;
  /** The simulated devices among those that it uses. */
  readonly world: World;
  /** Where a virtual card dials in. */
  readonly cardPort: number | undefined;
  /** Commands that enrol anybody that left this desk. */
  readonly enrolCommands: () => number;
  close(): Promise<void>;
}

/** The simulated reader sends text and pictures together. */
const SIMULATED_SETTLE_MS = 400;
const CLIENT_ID = "front-desk";

/** Opens a desk: its page, its stations, and whatever of the devices is simulated, each on a socket. */
export const openFrontDesk = async (options: FrontDeskOptions): Promise<FrontDesk> => {
  const { warn = () => {}, patience = {}, host = "127.0.0.1" } = options;
  const closers: (() => unknown)[] = [];
  const close = async (): Promise<void> => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  try {
    // Who asks before the desk is open is told so.
    let serve: RequestListener = (_, response) => {
      response.writeHead(503, { "Retry-After": "1", Connection: "close" }).end();
    };
    const server = createServer((request, response) => serve(request, response));
    const url = await listenOn(server, host, options.port ?? 0);
    closers.push(() => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    });
    const resultUrl = `${options.publicUrl ?? url}${RESULT_PATH}`;
    const [world, card, decoder] = await Promise.all([
      startWorld({
        modality: options.modality ?? "face",
        reader: options.sinosecu === undefined,
        device: options.mds === undefined,
        clock: options.zk === undefined,
      }),
      openCardReader(options.chip),
      loadJpeg2000(),
    ]);
    closers.push(
      () => world.close(),
      () => card.close(),
    );
    // A reader that is not ours has no hands here: the simulated chip lies there for good.
    if (options.chip.kind === "sim" && options.sinosecu !== undefined) {
      await world.lay({ visitor: VISITORS[0]!.id, profile: options.chip.profile }, card.port);
    }
    const docval = options.docval ?? (await ownDocval(options.trust, resultUrl, closers));
    const key: VerificationKey = await importVerificationKey(docval.verificationKey, {
      keyId: docval.keyId,
    });
    const results = createResultDesk({ keys: [key], targetUri: resultUrl });
    const page = openPageReader(
      options.sinosecu === undefined
        ? { url: world.reader!.url, settleMs: SIMULATED_SETTLE_MS }
        : { url: options.sinosecu },
    );
    closers.push(() => page.close());
    const zk = options.zk ?? {
      url: world.clock!.url,
      token: world.clock!.token,
      terminal: world.clock!.terminal.sn,
    };
    const clock = createTimeClock({
      ...zk,
      pinKey: options.pinKey ?? new Uint8Array(randomBytes(32)),
      ...(patience.answerMs === undefined ? {} : { answerMs: patience.answerMs }),
    });
    closers.push(() => clock.close());
    const mds = options.mds ?? {
      ports: [world.device!.port],
      trust: (await simulatorTrust()).trust,
    };
    const desk = openDesk({
      stations: {
        page,
        chip: createChipProver({
          card: () => card.transport(),
          url: docval.url,
          clientId: docval.clientId,
          ...(docval.authorization === undefined ? {} : { authorization: docval.authorization }),
          results,
          decoder,
          ...(patience.chipMs === undefined ? {} : { chipMs: patience.chipMs }),
        }),
        capture: createBiometricCapture({
          ...mds,
          decoder,
          ...(patience.captureMs === undefined ? {} : { captureMs: patience.captureMs }),
        }),
        clock,
      },
      warn,
      ...(options.idleMs === undefined ? {} : { idleMs: options.idleMs }),
    });
    closers.push(() => desk.close());
    const app = createApp({ desk, world, results, url, chip: options.chip, cardPort: card.port });
    serve = toNodeListener(app.fetch, { onError: () => warn("a request failed") });
    return {
      url,
      desk,
      world,
      cardPort: card.port,
      enrolCommands: () => clock.enrolCommands,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

/** A DocVal server for this desk alone. */
const ownDocval = async (
  trust: TrustStore,
  resultUrl: string,
  closers: (() => unknown)[],
): Promise<RemoteDocval> => {
  const service = await startDocvalService({ trust, clientId: CLIENT_ID, resultUrl });
  closers.push(() => service.close());
  return { ...service, clientId: CLIENT_ID };
};

const listenOn = async (
  server: ReturnType<typeof createServer>,
  host: string,
  port: number,
): Promise<string> => {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => resolve());
  });
  const { port: taken } = server.address() as AddressInfo;
  return `http://${host.includes(":") ? `[${host}]` : host}:${taken}`;
};
