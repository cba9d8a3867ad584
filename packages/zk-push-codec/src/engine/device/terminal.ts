import { charsetOf } from "../../charset.js";
import type { CommandLine } from "../../command-line.js";
import type { CodecOptions } from "../../context.js";
import type { CommandReply } from "../../replies/replies.js";
import type { DeviceClock } from "./clock.js";
import { createDeviceData, type DeviceData } from "./data.js";
import type { Outcome, Surroundings } from "./outcome.js";
import { DEVICE_PROFILES, type DeviceEngineOptions, type DeviceProfile } from "./profile.js";
import type { Settings } from "./settings.js";
import type { Upload } from "./uploads.js";

/** Where a terminal is on its way to work, in this order; a failure starts it again. */
export type Phase = "handshake" | "publickey" | "factors" | "options" | "working";

/** Something to be fetched before a command can be carried out. */
export interface Fetch {
  readonly line: CommandLine;
  readonly outcome: Extract<Outcome, { fetch: string }>;
}

/** Something that somebody at the terminal waits for. */
export interface Question {
  readonly kind: "person" | "verify";
  readonly pin: string;
}

/** Timing of real firmware. */
export const TIMING = {
  /** Tries before a terminal gives up for a while. */
  tries: 3,
  /** The n-th try comes n times this later. */
  retryStepMs: 300,
  /** A batch that the server keeps refusing. */
  refusedMs: 5_000,
  /** First poll after a command. */
  busyPollMs: 1_000,
  /** Before any server said how long. */
  offlineMs: 30_000,
} as const;

/** All that changes while a terminal runs. */
export interface Terminal {
  readonly options: DeviceEngineOptions;
  readonly profile: DeviceProfile;
  readonly codec: CodecOptions;
  readonly data: DeviceData;
  readonly clock: DeviceClock;
  readonly around: Surroundings;
  phase: Phase;
  settings: Settings | undefined;
  encrypted: boolean;
  /** Nothing is sent before this time. */
  notBefore: number;
  tries: number;
  uploadsNotBefore: number;
  uploadTries: number;
  /** When new records were last looked for. */
  checkedAt: number;
  checkNow: boolean;
  pollAt: number;
  pollEvery: number;
  infoDue: boolean;
  /** A batch to be sent once more: a fault. */
  again: Upload | undefined;
  /** What comes once all replies have gone. */
  afterReplies: "handshake" | "restart" | undefined;
  readonly replies: CommandReply[];
  readonly fetches: Fetch[];
  readonly commands: CommandLine[];
  readonly questions: Question[];
}

export const createTerminal = (options: DeviceEngineOptions): Terminal => {
  const profile: DeviceProfile = DEVICE_PROFILES[options.profile ?? "standard"];
  const codec = { charset: charsetOf(profile.language) };
  const data = createDeviceData();
  for (const [key, value] of Object.entries(options.options ?? {})) data.options.set(key, value);
  const zone = options.factoryZone ?? 480;
  const { random } = options;
  return {
    options,
    profile,
    codec,
    data,
    clock: { offset: zone * 60_000 + (options.faults?.wrongClock ?? 0), zone },
    around: {
      codec,
      random: (length) => Uint8Array.from({ length }, () => Math.floor(random() * 256)),
      md5: options.md5,
    },
    phase: "handshake",
    settings: undefined,
    encrypted: false,
    notBefore: 0,
    tries: 0,
    uploadsNotBefore: 0,
    uploadTries: 0,
    checkedAt: 0,
    checkNow: false,
    pollAt: 0,
    pollEvery: 0,
    infoDue: true,
    again: undefined,
    afterReplies: undefined,
    replies: [],
    fetches: [],
    commands: [],
    questions: [],
  };
};

/** Whether the terminal uses old stamps and paths. */
export const isLegacy = ({ profile, options, settings }: Terminal): boolean =>
  profile.legacy || options.faults?.legacyStamps === true || settings?.legacy === true;
