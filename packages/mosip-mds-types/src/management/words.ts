import type { DeviceIdentity } from "../device/setup.js";
import type { Environment } from "../vocabulary/terms.js";

/** Status of a device that is registered. */
export const LONG_STATUS = "Ready";

const KINDS = { finger: "Finger", iris: "Iris", face: "Face" } as const;
const SUB_TYPES_OLD = {
  slap: "Slab",
  single: "Single",
  touchless: "Touchless",
  double: "Double",
  "full-face": "Full face",
} as const;

/** Kind and sub type in the words of 0.8.4. */
export const wordsFor = ({ modality, subType }: DeviceIdentity) => ({
  kind: KINDS[modality],
  subTypeOld: SUB_TYPES_OLD[subType],
});

/** Environments in the words of the device servers of 0.8.4 and 0.9.2, which know three. */
export const serverEnv = (env: Environment): "prod" | "development" | "stage" =>
  env === "production" ? "prod" : env === "developer" ? "development" : "stage";

const ENVS = {
  staging: "Staging",
  developer: "Developer",
  "pre-production": "Pre-Production",
  production: "Production",
  none: "Developer",
} as const;

/** Environments in the words of everybody else. */
export const longEnv = (env: Environment) => ENVS[env];
