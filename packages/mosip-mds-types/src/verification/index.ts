export * from "./capture.js";
export * from "./device-info.js";
export type { CaptureKind } from "./open-segment.js";
export {
  CHECK_IDS,
  type Check,
  type CheckId,
  type CheckReason,
  type CheckStatus,
  type Report,
  type Verdict,
  verdictOf,
} from "./report.js";
export type { Trust } from "./trust.js";
