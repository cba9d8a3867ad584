export {
  createEmrtdClientChip,
  type EmrtdClientChipOptions,
  readChipLengths,
} from "./client-chip.js";
export { type PassportOptions, passportOf } from "./passport-of.js";
export type { ToJpeg } from "./photos.js";
export type { EmrtdProof } from "./proof.js";
export { createEmrtdServerChip, type EmrtdServerChipOptions } from "./server-chip.js";
export { sessionInfo, sessionOf } from "./session-keys.js";
