export type { SimulatedDevice } from "./testing/answer.js";
export { createFakeClock, type FakeClock } from "./testing/fake-clock.js";
export type { FragmentingChannel } from "./testing/fragmenting-channel.js";
export { createChannelPair } from "./testing/memory-channel.js";
export { mosaicJpeg } from "./testing/mosaic.js";
export { parseQuirks, QUIRKS, type QuirkName, type Quirks } from "./testing/quirks.js";
export type { ServiceLocale } from "./testing/reading.js";
export {
  createServiceMachine,
  type ServiceInput,
  type ServiceMachine,
  type ServiceOptions,
  type ServiceStep,
} from "./testing/service-machine.js";
export { documentFromFiles, type SimulatedDocument } from "./testing/simulated-document.js";
export { createSimulator, type Simulator, type SimulatorOptions } from "./testing/simulator.js";
export { type Holder, specimenPassport } from "./testing/specimen.js";
