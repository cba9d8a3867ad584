/** Words that several versions share, and what others mean by them. */

export const DEVICE_TYPES_OLD = ["Biometric Device", "Fingerprint", "Face", "Iris"] as const;
export const DEVICE_TYPES = ["Biometric Device", "Finger", "Face", "Iris"] as const;
export const KINDS = ["Finger", "Face", "Iris"] as const;

/** Finger for Fingerprint and the reverse: requests of one version reach devices of another. */
export const FINGERPRINT = { Finger: "Fingerprint", "Slab Fingerprint": "Fingerprint" } as const;
export const FINGER = {
  Fingerprint: "Finger",
  "Slab Fingerprint": "Finger",
  FIR: "Finger",
  FMR: "Finger",
  IIR: "Iris",
} as const;

export const SUB_TYPES_OLD = ["Slab", "Single", "Touchless", "Double", "Full face"] as const;
export const SUB_TYPES = ["Slap", "Single", "Touchless", "Double", "Full face"] as const;
export const SLAB = { Slap: "Slab" } as const;
export const SLAP = { Slab: "Slap" } as const;

export const LEVEL_WORDS = ["L0", "L1"] as const;
export const STATUSES = ["Ready", "Busy", "Not Ready", "Not Registered"] as const;

export const ENVS = ["Staging", "Developer", "Pre-Production", "Production"] as const;
/** Unregistered devices say None. */
export const INFO_ENVS = ["None", ...ENVS] as const;
export const ENV_ALIASES = {
  stage: "Staging",
  development: "Developer",
  prod: "Production",
} as const;

export const PROCESSES = ["Auth", "KYC", "Registration"] as const;
export const PROCESS_ALIASES = {
  "E-Kyc": "KYC",
  Enrollment: "Registration",
  Authentication: "Auth",
} as const;
/** Empty while a device is not registered. */
export const PURPOSE_WORDS = ["Auth", "Registration", ""] as const;

export const AUTH_BIO_TYPES_OLD = ["FIR", "IIR", "Face"] as const;
export const BIO_TYPES_OLD = ["FMR", "FIR", "IIR", "Face"] as const;
export const BIO_TYPES = ["Finger", "Iris", "Face"] as const;
export const OLD_BIO_TYPE_ALIASES = { Finger: "FIR", Fingerprint: "FIR", Iris: "IIR" } as const;

export const EXCEPTIONS_OLD = [
  "LF_INDEX",
  "LF_MIDDLE",
  "LF_RING",
  "LF_LITTLE",
  "LF_THUMB",
  "RF_INDEX",
  "RF_MIDDLE",
  "RF_RING",
  "RF_LITTLE",
  "RF_THUMB",
  "L_IRIS",
  "R_IRIS",
] as const;

export const EXCEPTIONS = [
  "Left IndexFinger",
  "Left MiddleFinger",
  "Left RingFinger",
  "Left LittleFinger",
  "Left Thumb",
  "Right IndexFinger",
  "Right MiddleFinger",
  "Right RingFinger",
  "Right LittleFinger",
  "Right Thumb",
  "Left",
  "Right",
] as const;
export const BIO_SUB_TYPES = [...EXCEPTIONS, "UNKNOWN"] as const;

/** UUID of RFC 4122, version 4: the device code that a device server gives. */
export const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
/** Transaction ids since October 2023; shorter, longer and other characters get error 112. */
export const TRANSACTION_ID = /^[A-Za-z0-9-]{4,50}$/;
/** SHA-256 in upper-case hexadecimal: hash and thumbprint. */
export const SHA256_HEX = /^[0-9A-F]{64}$/;
/** A previous hash: none before the first capture. */
export const PREVIOUS_HASH = /^([0-9A-Fa-f]{64})?$/;

/** Longest time-out that a request may ask for, in milliseconds. */
export const MAX_TIMEOUT_MS = 3_600_000;
