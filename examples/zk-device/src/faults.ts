import { CommandError } from "@org/command";
import {
  DEVICE_FAULTS,
  DEVICE_PROFILES,
  type DeviceFaults,
  type DeviceProfileName,
} from "@org/zk-push-codec/testing";

/** `lostAnswers` as it is typed: `lost-answers`. */
const typed = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);

const byTypedName = <N extends string>(names: readonly N[]): ReadonlyMap<string, N> =>
  new Map(names.map((name) => [typed(name), name]));

const FAULTS = byTypedName(DEVICE_FAULTS);
const PROFILES = byTypedName(Object.keys(DEVICE_PROFILES) as DeviceProfileName[]);

/** Profiles and faults, as they are typed. */
export const PROFILE_NAMES: readonly string[] = [...PROFILES.keys()];
export const FAULT_NAMES: readonly string[] = [...FAULTS.keys()];

export const profileOf = (name: string): DeviceProfileName => PROFILES.get(name)!;

/** What a fault is without a value: a share, or an hour. */
const SHARE = 0.1;
const WRONG_CLOCK_S = 3_600;

/** Reads `NAME` and `NAME=VALUE`. */
export const parseFaults = (words: readonly string[]): DeviceFaults =>
  Object.fromEntries(words.map(parseFault));

const parseFault = (word: string): [keyof DeviceFaults, number | boolean] => {
  const [name = "", value, ...rest] = word.split("=");
  const fault = FAULTS.get(name);
  if (fault === undefined || rest.length > 0) {
    throw wrong(`one of ${FAULT_NAMES.join(", ")}`, word);
  }
  switch (fault) {
    case "duplicateDelivery":
    case "lostAnswers":
    case "halfSentBodies": {
      const share = value === undefined ? SHARE : Number(value || Number.NaN);
      // At 1 nothing would ever get through.
      if (!(share > 0 && share < 1)) throw wrong(`${name}=SHARE above 0 and below 1`, word);
      return [fault, share];
    }
    case "wrongClock": {
      const seconds = value === undefined ? WRONG_CLOCK_S : Number(value || Number.NaN);
      if (!Number.isInteger(seconds)) throw wrong(`${name}=SECONDS`, word);
      return [fault, seconds * 1_000];
    }
    case "reorder":
    case "extraColumns":
    case "legacyStamps":
      if (value !== undefined) throw wrong(`${name} without a value`, word);
      return [fault, true];
  }
};

const wrong = (expected: string, found: string): CommandError =>
  new CommandError("USAGE", `expected ${expected} for --fault, found ${JSON.stringify(found)}`);
