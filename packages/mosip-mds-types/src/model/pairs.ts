import { decodeBase64, encodeBase64, encodeBase64Url } from "../base64.js";
import type { Open } from "../fields.js";
import {
  type BioSubType,
  LONG_NAMES,
  OLD_SEGMENT_NAMES,
  parseBioSubType,
  SHORT_NAMES,
} from "../vocabulary/bio-sub-type.js";
import { type DeviceSubType, parseDeviceSubType } from "../vocabulary/device-sub-type.js";
import type { DeviceError } from "../vocabulary/error-code.js";
import { ANY_DEVICE, type Modality, parseModality } from "../vocabulary/modality.js";
import {
  type DeviceStatus,
  type Environment,
  type Level,
  type Purpose,
  parseDeviceStatus,
  parseEnvironment,
  parseLevel,
  parsePurpose,
} from "../vocabulary/terms.js";
import { formatMilliseconds, formatSeconds, tryParseTime } from "../vocabulary/time.js";
import type { Pair } from "./mapping.js";
import type { Wanted } from "./types.js";

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** Words of a version, and what a word of any version means. */
const spelt = <Value extends string>(
  words: Readonly<Partial<Record<Value, string>>>,
  parse: (word: string) => Value | undefined,
  instead?: Readonly<Partial<Record<Value, string>>>,
): Pair<Value> => ({
  write: (value, lose) => {
    const word = own(words as Readonly<Record<string, string>>, value);
    if (word !== undefined) {
      return word;
    }
    lose(`=${value}`);
    return own((instead ?? {}) as Readonly<Record<string, string>>, value);
  },
  read: (wire) => (typeof wire === "string" ? parse(wire) : undefined),
});

export const text: Pair<string> = {
  write: (value) => value,
  read: (wire) => (typeof wire === "string" ? wire : undefined),
};

/** Text that stands empty where there is none. */
export const textOrEmpty: Pair<string> = {
  write: (value) => value,
  read: (wire) => (typeof wire === "string" && wire !== "" ? wire : undefined),
};

/** Text of a form; what has another cannot be said. */
export const textLike = (form: RegExp): Pair<string> => ({
  write: (value) => (form.test(value) ? value : undefined),
  read: textOrEmpty.read,
});

export const number: Pair<number> = {
  write: (value) => value,
  read: (wire) => (typeof wire === "number" ? wire : undefined),
};

export const numbers: Pair<readonly number[]> = {
  write: (value) => value,
  read: (wire) => (Array.isArray(wire) ? (wire as readonly number[]) : undefined),
};

export const texts: Pair<readonly string[]> = {
  write: (value) => value,
  read: (wire) => (Array.isArray(wire) ? (wire as readonly string[]) : undefined),
};

export const record: Pair<Readonly<Record<string, unknown>>> = {
  write: (value) => value,
  read: (wire) =>
    typeof wire === "object" && wire !== null ? (wire as Record<string, unknown>) : undefined,
};

const subMillisecond = (time: Date): boolean => time.getTime() % 1000 !== 0;

/** Whole seconds in UTC. */
export const seconds: Pair<Date> = {
  write: (value, lose) => {
    if (subMillisecond(value)) {
      lose(".milliseconds");
    }
    return formatSeconds(value);
  },
  read: (wire) => (typeof wire === "string" ? tryParseTime(wire) : undefined),
};

/** Milliseconds, with a zone. */
export const milliseconds: Pair<Date> = {
  write: (value) => formatMilliseconds(value),
  read: (wire) => (typeof wire === "string" ? tryParseTime(wire) : undefined),
};

const bytes = (encode: (value: Uint8Array) => string): Pair<Uint8Array> => ({
  write: (value) => encode(value),
  read: (wire) => {
    try {
      return typeof wire === "string" ? decodeBase64(wire) : undefined;
    } catch {
      return undefined;
    }
  },
});
export const base64 = /* @__PURE__ */ bytes(encodeBase64);
export const base64Url = /* @__PURE__ */ bytes(encodeBase64Url);

/** `Fingerprint` in requests up to 0.9.2, `Finger` elsewhere. */
export const modality = (finger: string): Pair<Modality> =>
  spelt({ finger, iris: "Iris", face: "Face" }, parseModality);

/** In a list, as digital ids of 0.8.4 have it. */
export const modalityInList = (finger: string): Pair<Modality> => ({
  write: (value) => [value === "finger" ? finger : value === "iris" ? "Iris" : "Face"],
  read: (wire) =>
    Array.isArray(wire) && typeof wire[0] === "string" ? parseModality(wire[0]) : undefined,
});

/** The type of a request for discovery: any device where no kind is asked for. */
export const ANY = ANY_DEVICE;

/** FIR, IIR, Face; FMR too where the message has it. */
export const wantedOld = (minutiae: boolean): Pair<Wanted> =>
  spelt<Wanted>(
    {
      finger: "FIR",
      iris: "IIR",
      face: "Face",
      ...(minutiae ? { minutiae: "FMR" } : {}),
    },
    (word) => (word.toUpperCase() === "FMR" ? "minutiae" : parseModality(word)),
    { minutiae: "FIR" },
  );

/** Finger, Iris, Face: nobody asks for minutiae any more. */
export const wanted: Pair<Wanted> = /* @__PURE__ */ spelt<Wanted>(
  { finger: "Finger", iris: "Iris", face: "Face" },
  parseModality,
  { minutiae: "Finger" },
);

export const modalityOfBlockOld: Pair<Modality> = /* @__PURE__ */ spelt(
  { finger: "FIR", iris: "IIR", face: "Face" },
  parseModality,
);

const DEVICE_SUB_TYPE_WORDS = { single: "Single", touchless: "Touchless", double: "Double" };
export const deviceSubType = (slap: "Slab" | "Slap"): Pair<DeviceSubType> =>
  spelt({ ...DEVICE_SUB_TYPE_WORDS, slap, "full-face": "Full face" }, parseDeviceSubType);

export const level: Pair<Level> = /* @__PURE__ */ spelt({ L0: "L0", L1: "L1" }, parseLevel);
export const levelSbi: Pair<Level> = /* @__PURE__ */ spelt(
  { L0: "SBI 1.0", L1: "SBI 2.0" },
  parseLevel,
);

export const status: Pair<DeviceStatus> = /* @__PURE__ */ spelt(
  {
    ready: "Ready",
    busy: "Busy",
    "not-ready": "Not Ready",
    "not-registered": "Not Registered",
  },
  parseDeviceStatus,
);
/** Statuses of a version that has fewer of them. */
export const fewerStatuses = (
  words: Readonly<Partial<Record<DeviceStatus, string>>>,
  instead: Readonly<Partial<Record<DeviceStatus, string>>>,
): Pair<DeviceStatus> => spelt(words, parseDeviceStatus, instead);

const ENV_WORDS = {
  staging: "Staging",
  developer: "Developer",
  "pre-production": "Pre-Production",
  production: "Production",
} as const;
export const env: Pair<Environment> = /* @__PURE__ */ spelt(ENV_WORDS, parseEnvironment);
export const envOrNone: Pair<Environment> = /* @__PURE__ */ spelt(
  { ...ENV_WORDS, none: "None" },
  parseEnvironment,
);

/** Auth, KYC, Registration: 0.8.4. */
export const process: Pair<Purpose> = /* @__PURE__ */ spelt(
  { auth: "Auth", kyc: "KYC", registration: "Registration" },
  parsePurpose,
);
/** Auth, Registration: later, where KYC is an authentication too. */
export const purpose: Pair<Purpose> = /* @__PURE__ */ spelt<Purpose>(
  { auth: "Auth", registration: "Registration" },
  parsePurpose,
  { kyc: "Auth" },
);

/**
 * What stands where there is no finger or eye to name: MOSIP's tool kit asks faces for "null", devices
 * call them "Face".
 */
const NO_SUB_TYPE: readonly unknown[] = ["", "null", "face"];
const namesNone = (word: unknown): boolean =>
  NO_SUB_TYPE.includes(typeof word === "string" ? word.toLowerCase() : word);

const subTypeList = (
  names: Readonly<Partial<Record<BioSubType, string>>>,
): Pair<readonly BioSubType[]> => ({
  write: (value, lose) =>
    value.flatMap((subType) => {
      const name = own(names as Readonly<Record<string, string>>, subType);
      if (name === undefined) {
        lose(`=${subType}`);
        return [];
      }
      return [name];
    }),
  read: (wire, lose) =>
    Array.isArray(wire)
      ? wire.flatMap((word) => {
          if (namesNone(word)) {
            return [];
          }
          const meant = typeof word === "string" ? parseBioSubType(word) : undefined;
          if (meant === undefined) {
            lose(`=${word}`);
            return [];
          }
          return [meant];
        })
      : undefined,
});
export const subTypes = /* @__PURE__ */ subTypeList(LONG_NAMES);
export const exceptionsOld = /* @__PURE__ */ subTypeList(SHORT_NAMES);

/** Segment names of 0.9.5 and later: a closed list. */
export const subType: Pair<Open<BioSubType>> = {
  write: (value, lose) => {
    const name = own(LONG_NAMES as Readonly<Record<string, string>>, value);
    if (name === undefined) {
      lose(`=${value}`);
      return "UNKNOWN";
    }
    return name;
  },
  read: (wire) =>
    typeof wire === "string" && !namesNone(wire) ? (parseBioSubType(wire) ?? wire) : undefined,
};

/** Segment names of 0.8.4 and 0.9.2: any word. */
export const subTypeOld: Pair<Open<BioSubType>> = {
  write: (value) => own(OLD_SEGMENT_NAMES as Readonly<Record<string, string>>, value) ?? value,
  read: subType.read,
};

const errorPair = (code: string, info: string): Pair<DeviceError> => ({
  write: (value) => ({ [code]: value.code, [info]: value.info }),
  read: (wire) => {
    const found = wire as Readonly<Record<string, string>>;
    return { code: found[code] ?? "", info: found[info] ?? "" };
  },
});
/** errorcode, errorinfo. */
export const errorOld = /* @__PURE__ */ errorPair("errorcode", "errorinfo");
/** errorCode, errorInfo. */
export const error = /* @__PURE__ */ errorPair("errorCode", "errorInfo");
