import { createTrustStore, type TrustStore } from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import { type ProfileName, simulatorAnchors } from "@org/emrtd-core/testing";
import { loadJpeg2000Wasm } from "@org/mosip-mds-types/node";
import { parseFaults } from "@org/mosip-mds-types/testing";
import type { VpcdCard } from "@org/transports/node/vpcd";
import type { PageFault, WorldFault } from "../faults.js";
import { chipOf, sizeOf } from "./chip.js";
import { layChip } from "./chip-card.js";
import { type ClockService, startClockService } from "./clock-service.js";
import { type DeviceService, startDeviceService } from "./device-service.js";
import { documentOf } from "./document.js";
import { type ReaderService, startReaderService } from "./reader-service.js";
import { type SimulatedVisitor, VISITORS } from "./visitors.js";

export interface WorldOptions {
  readonly modality: "face" | "finger";
  /** Which of the devices are simulated; the others are real. */
  readonly reader: boolean;
  readonly device: boolean;
  readonly clock: boolean;
}

/** What is laid on the reader. */
export interface Laying {
  readonly visitor: string;
  /** Absent: the document has no chip. */
  readonly profile?: ProfileName;
  readonly fault?: PageFault;
}

/** Devices that are not there, each on a socket of its own, and a visitor who uses them. */
export interface World {
  readonly reader?: ReaderService;
  readonly device?: DeviceService;
  readonly clock?: ClockService;
  /** Lays a document on the reader, and its chip into the card reader at this port. */
  lay(laying: Laying, cardPort: number | undefined): Promise<void>;
  takeAway(): Promise<void>;
  fault(fault: WorldFault, on: boolean): void;
  readonly faults: ReadonlySet<WorldFault>;
  close(): Promise<void>;
}

/** Whom the simulated passports are signed under. */
export const simulatorTrustStore = (): TrustStore =>
  createTrustStore(
    simulatorAnchors(nodeCrypto).map((bytes) => ({
      type: "certificate",
      bytes,
      origin: "simulator",
    })),
    { crypto: nodeCrypto },
  );

export const startWorld = async (options: WorldOptions): Promise<World> => {
  const encoder = await loadJpeg2000Wasm();
  let visitor: SimulatedVisitor = VISITORS[0]!;
  const [reader, device, clock] = await Promise.all([
    options.reader ? startReaderService() : undefined,
    options.device
      ? startDeviceService({ modality: options.modality, encoder, visitor: () => visitor })
      : undefined,
    options.clock ? startClockService() : undefined,
  ]);
  const faults = new Set<WorldFault>();
  let card: VpcdCard | undefined;

  const takeAway = async (): Promise<void> => {
    reader?.simulator.takeAway();
    await card?.close();
    card = undefined;
  };
  return {
    ...(reader ? { reader } : {}),
    ...(device ? { device } : {}),
    ...(clock ? { clock } : {}),
    faults,
    takeAway,
    async lay({ visitor: id, profile, fault }, cardPort) {
      await takeAway();
      visitor = VISITORS.find((known) => known.id === id) ?? VISITORS[0]!;
      if (profile !== undefined && cardPort !== undefined) {
        card = await layChip(chipOf(visitor, profile, encoder), cardPort);
      }
      const size = profile === undefined ? "TD3" : sizeOf(profile);
      reader?.simulator.lay(documentOf(visitor, size, fault));
    },
    fault(fault, on) {
      if (on) faults.add(fault);
      else faults.delete(fault);
      if (fault === "reader-unplugged") reader?.simulator[on ? "unplug" : "plug"]();
      if (fault === "clock-offline" && clock) clock.terminal.online = !on;
      const [lowScore] = parseFaults(["low-score"]);
      if (fault === "low-quality") device?.faults[on ? "add" : "delete"](lowScore!);
    },
    async close() {
      await takeAway();
      await Promise.all([reader?.close(), device?.close(), clock?.close()]);
    },
  };
};
