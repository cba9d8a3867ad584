export { CHIP_FAULTS, type ChipFault, type ChipFaultName, parseChipFault } from "./faults.js";
export type { ChipPersonalisation } from "./personalisation.js";
export {
  type PersonaliseFromFilesOptions,
  personaliseFromFiles,
} from "./personalise-from-files.js";
export { HOLDER_CAN, HOLDER_PASSWORD } from "./profiles/holder.js";
export { type ProfilePersonalisation, personalise } from "./profiles/personalise.js";
export { PROFILES, type Profile, type ProfileName } from "./profiles/profiles.js";
export { transceiveWith } from "./transceive.js";
export { createVirtualChip, type VirtualChip, type VirtualChipOptions } from "./virtual-chip.js";
