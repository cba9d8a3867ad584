import { type CaptureSource, PROFILES } from "@org/mosip-mds-types";
import { createDeviceHandler, systemClock, systemRandom } from "@org/mosip-mds-types/http";
import { FACE_DATA_TYPE, makeFaceRecord } from "@org/mosip-mds-types/records";
import { createDrawnSource, createSimulatedDevice, type Fault } from "@org/mosip-mds-types/testing";
import { listenVerbsFetch } from "@org/transports/node/http-verbs";
import type { PictureEncoder } from "./chip.js";
import { drawFace } from "./face.js";
import type { SimulatedVisitor } from "./visitors.js";

export interface DeviceServiceOptions {
  readonly modality: "face" | "finger";
  readonly encoder: PictureEncoder;
  /** Who stands before the camera. */
  readonly visitor: () => SimulatedVisitor;
}

/** A biometric device on a port of its own. */
export interface DeviceService {
  readonly port: number;
  /** Faults that are switched on; read at every answer. */
  readonly faults: Set<Fault>;
  close(): Promise<void>;
}

/** Starts a simulated MDS device; a camera sees the visitor's own drawn face. */
export const startDeviceService = async (options: DeviceServiceOptions): Promise<DeviceService> => {
  const faults = new Set<Fault>();
  const { modality, encoder } = options;
  const drawn = createDrawnSource({
    modality,
    random: systemRandom,
    clock: systemClock,
    jpeg2000: encoder,
  });
  const service = await createSimulatedDevice({
    profile: PROFILES["0.9.5"],
    modality,
    clock: systemClock,
    random: systemRandom,
    faults,
    source: modality === "face" ? cameraOn(options, drawn) : drawn,
  });
  const listener = await listenVerbsFetch(createDeviceHandler({ service }), { port: 0 });
  return { port: listener.port, faults, close: () => listener.close() };
};

/** Looks at whoever stands there; the picture gets better as the person settles. */
const cameraOn = (
  { encoder, visitor }: DeviceServiceOptions,
  { preview }: CaptureSource,
): CaptureSource => ({
  preview,
  async *attempts({ signal }) {
    const { width, height, pixels } = drawFace(visitor().face);
    const bytes = encoder.encode({ width, height, components: 3, pixels });
    for (const quality of [62, 78, 91]) {
      if (signal.aborted) return;
      const coding = FACE_DATA_TYPE.jpeg2000;
      const image = { width, height, bytes, coding, components: 3 as const };
      const record = makeFaceRecord(image, { time: systemClock.now(), quality });
      yield [{ quality, record, image: bytes }];
      await systemClock.sleep(60, signal);
    }
    await systemClock.sleep(60_000, signal);
  },
});
