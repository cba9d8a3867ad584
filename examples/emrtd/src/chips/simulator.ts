import { CommandError } from "@org/command";
import { nodeCrypto } from "@org/emrtd-core/node";
import {
  createVirtualChip,
  PROFILES,
  type ProfileName,
  type ProfilePersonalisation,
  personalise,
  transceiveWith,
} from "@org/emrtd-core/testing";
import { platformRandom } from "../random.js";
import { simulatorTrust } from "../trust.js";
import type { OpenChip } from "./index.js";

export const DEFAULT_PROFILE: ProfileName = "bac-rsa";

export const personaliseProfile = async (profile: ProfileName): Promise<ProfilePersonalisation> =>
  personalise(profile, { crypto: nodeCrypto });

export const openSimulator = async (name: string): Promise<OpenChip> => {
  const profile = name === "" ? DEFAULT_PROFILE : checkProfile(name);
  const personalisation = await personaliseProfile(profile);
  const chip = createVirtualChip(personalisation, { crypto: nodeCrypto, random: platformRandom });
  return {
    label: `the simulator's profile ${profile}`,
    transceive: transceiveWith(chip),
    random: platformRandom,
    password: personalisation.password,
    trust: simulatorTrust(),
    ...(personalisation.terminal ? { terminal: personalisation.terminal } : {}),
    close: async () => {},
  };
};

/** @throws CommandError `USAGE` with the profiles that exist. */
export const checkProfile = (name: string): ProfileName => {
  if (Object.hasOwn(PROFILES, name)) return name as ProfileName;
  throw new CommandError(
    "USAGE",
    `expected one of ${Object.keys(PROFILES).join(", ")} for the profile, found ${JSON.stringify(name)}`,
  );
};
