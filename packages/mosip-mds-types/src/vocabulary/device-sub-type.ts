import { foldWord } from "../fields.js";
import type { Modality } from "./modality.js";

/** How a device is built, free of any version's spelling ("Slab" became "Slap" in 0.9.5). */
export const DEVICE_SUB_TYPES = ["slap", "single", "touchless", "double", "full-face"] as const;
export type DeviceSubType = (typeof DEVICE_SUB_TYPES)[number];

/** Which sub types a kind of device can have. */
export const SUB_TYPES_OF: Readonly<Record<Modality, readonly DeviceSubType[]>> = {
  finger: ["slap", "single", "touchless"],
  iris: ["single", "double"],
  face: ["full-face"],
};

/** The sub type that a word of any version means, or `undefined`. */
export const parseDeviceSubType = (word: string): DeviceSubType | undefined => {
  const folded = foldWord(word);
  if (folded.includes("slab") || folded.includes("slap")) {
    return "slap";
  }
  if (folded.includes("fullface")) {
    return "full-face";
  }
  return DEVICE_SUB_TYPES.find((subType) => subType === folded);
};
