import { foldWord } from "../fields.js";

/** Looks a word up in a table of folded words, and never finds what the table did not say. */
const meaning =
  <T>(table: Readonly<Record<string, T>>) =>
  (word: string): T | undefined => {
    const folded = foldWord(word);
    return Object.hasOwn(table, folded) ? table[folded] : undefined;
  };

/** What a device is for. 0.8.4 says mosipProcess and knows KYC too. */
export const PURPOSES = ["auth", "kyc", "registration"] as const;
export type Purpose = (typeof PURPOSES)[number];

const PURPOSE_WORDS: Readonly<Record<string, Purpose>> = {
  auth: "auth",
  authentication: "auth",
  kyc: "kyc",
  ekyc: "kyc",
  registration: "registration",
  enrollment: "registration",
  enrolment: "registration",
};

/** The purpose that a word means: E-Kyc is KYC, Enrollment is Registration. */
export const parsePurpose = /* @__PURE__ */ meaning(PURPOSE_WORDS);

/** Where a device works. Device servers of 0.8.4 and 0.9.2 say prod, development, stage. */
export const ENVIRONMENTS = [
  "staging",
  "developer",
  "pre-production",
  "production",
  "none",
] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

const ENVIRONMENT_WORDS: Readonly<Record<string, Environment>> = {
  staging: "staging",
  stage: "staging",
  developer: "developer",
  development: "developer",
  dev: "developer",
  preproduction: "pre-production",
  preprod: "pre-production",
  production: "production",
  prod: "production",
  none: "none",
};

/** The environment that a word means. */
export const parseEnvironment = /* @__PURE__ */ meaning(ENVIRONMENT_WORDS);

export const DEVICE_STATUSES = ["ready", "busy", "not-ready", "not-registered"] as const;
export type DeviceStatus = (typeof DEVICE_STATUSES)[number];

const STATUS_WORDS: Readonly<Record<string, DeviceStatus>> = {
  ready: "ready",
  active: "ready",
  busy: "busy",
  notready: "not-ready",
  inactive: "not-ready",
  notregistered: "not-registered",
  inactiveornotregistered: "not-registered",
};

/** The status that a word means: Active is ready, Inactive not ready. */
export const parseDeviceStatus = /* @__PURE__ */ meaning(STATUS_WORDS);

/** Certification: L0 signs in software on the host, L1 in a trust module of its own. */
export const LEVELS = ["L0", "L1"] as const;
export type Level = (typeof LEVELS)[number];

const LEVEL_WORDS: Readonly<Record<string, Level>> = {
  l0: "L0",
  l1: "L1",
  sbi10: "L0",
  sbi20: "L1",
};

/** The level that a word means: SBI 1.0 is L0, SBI 2.0 is L1. */
export const parseLevel = /* @__PURE__ */ meaning(LEVEL_WORDS);
