import { MdsError } from "../errors.js";
import { MDS_0_8_4 } from "./mds-0.8.4/profile.js";
import { MDS_0_9_2 } from "./mds-0.9.2/profile.js";
import { MDS_0_9_5 } from "./mds-0.9.5/profile.js";
import { PROFILE_NAMES, type Profile, type ProfileName } from "./profile.js";
import { SBI_1_0 } from "./sbi-1.0/profile.js";
import { SBI_DRAFT_1 } from "./sbi-draft-1/profile.js";

/** Every profile by its name, oldest first. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  "0.8.4": MDS_0_8_4,
  "0.9.2": MDS_0_9_2,
  "0.9.5": MDS_0_9_5,
  "sbi-1.0": SBI_1_0,
  "sbi-draft-1": SBI_DRAFT_1,
};

/** The profile of a name. @throws MdsError `PROFILE_UNKNOWN`. */
export const profileNamed = (name: string): Profile => {
  if (!Object.hasOwn(PROFILES, name)) {
    throw new MdsError(
      "PROFILE_UNKNOWN",
      `expected one of ${PROFILE_NAMES.join(", ")}, found another name`,
    );
  }
  return PROFILES[name as ProfileName];
};
