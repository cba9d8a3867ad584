import type { EncryptionProvider } from "../../encryption.js";

/** Kinds of terminal that differ in what they send. */
export const DEVICE_PROFILES = {
  /** Seven columns, new stamps: what the document describes. */
  standard: { columns: "plain", version: "2.2.14", language: 69, legacy: false },
  /** Eleven columns with mask, temperature and record number. */
  visibleLight: { columns: "extended", version: "2.4.1", language: 69, legacy: false },
  /** Reads identity cards. */
  identityCard: { columns: "identityCard", version: "2.4.0", language: 83, legacy: false },
  /** Old stamps and paths, no version. */
  legacy: { columns: "plain", version: undefined, language: 69, legacy: true },
} as const satisfies Record<string, DeviceProfile>;

export interface DeviceProfile {
  readonly columns: "plain" | "extended" | "identityCard";
  readonly version: string | undefined;
  readonly language: number;
  readonly legacy: boolean;
}

/** Name of a profile. */
export type DeviceProfileName = keyof typeof DEVICE_PROFILES;

/** What can be switched on to go wrong. */
export interface DeviceFaults {
  /** Share of acknowledged uploads that are sent once more. */
  readonly duplicateDelivery?: number;
  /** Records of a batch in another order than they happened. */
  readonly reorder?: boolean;
  /** Milliseconds that the clock is off; it is then never set by the server. */
  readonly wrongClock?: number;
  /** Share of answers that are lost on their way: the server has done its part. */
  readonly lostAnswers?: number;
  /** Share of bodies of which only a part is sent before the connection breaks. */
  readonly halfSentBodies?: number;
  /** Columns that nobody knows, after the last one. */
  readonly extraColumns?: boolean;
  /** Old stamps and paths whatever the profile. */
  readonly legacyStamps?: boolean;
}

/** Names of the faults, for commands that list them. */
export const DEVICE_FAULTS = [
  "duplicateDelivery",
  "reorder",
  "wrongClock",
  "lostAnswers",
  "halfSentBodies",
  "extraColumns",
  "legacyStamps",
] as const satisfies readonly (keyof DeviceFaults)[];

/** What a terminal is made of. */
export interface DeviceEngineOptions {
  readonly sn: string;
  readonly profile?: DeviceProfileName;
  readonly faults?: DeviceFaults;
  readonly commKey?: string;
  /** Uniform in [0, 1): decides faults and random bytes. */
  readonly random: () => number;
  /** MD5 in hexadecimal, to check firmware; without it the checksum is not looked at. */
  readonly md5?: (bytes: Uint8Array) => string;
  readonly encryption?: EncryptionProvider;
  /** Minutes east of UTC that the clock is set to at the factory. Default 480. */
  readonly factoryZone?: number;
  /** Whether the terminal adds an hour to the time it is given. Default false. */
  readonly daylightSaving?: boolean;
  /** Options that it pushes, by key. */
  readonly options?: Readonly<Record<string, string>>;
}
