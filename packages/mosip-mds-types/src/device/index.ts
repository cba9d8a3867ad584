export * from "./answer.js";
export * from "./machine.js";
export {
  DEFAULT_STREAM_MS,
  encodeFrame,
  FRAME_INTERVAL_MS,
  STREAM_BOUNDARY,
} from "./preview.js";
export { type CapturePlan, planCapture, type RuledDevice, reachable } from "./rules.js";
export * from "./service.js";
export * from "./setup.js";
export * from "./source.js";
