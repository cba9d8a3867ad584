import { PROFILES, type ProfileName } from "@org/emrtd-core/testing";

/** Every profile of a chip, in the order of the simulator. */
export const PROFILE_NAMES = Object.keys(PROFILES) as ProfileName[];

export const isProfile = (name: string): name is ProfileName => Object.hasOwn(PROFILES, name);
