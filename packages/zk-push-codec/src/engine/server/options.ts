import { WANTED_OPTIONS } from "../../device-options.js";
import type { EncryptionProvider } from "../../encryption.js";
import type { MultiBio } from "../../multi-bio.js";
import type { Store } from "../../store.js";
import { type TransFlag, transFlagOf } from "../../trans-flag.js";

/** A file that a terminal may fetch. */
export interface ServedFile {
  readonly content: Uint8Array;
  /** UPGRADE method 1 wants base64; everything else the bytes. */
  readonly base64: boolean;
}

/** A question of background verification (12.8.3). */
export interface VerifyQuestion {
  readonly sn: string;
  readonly pin: string;
  /** How the person was recognised, where the terminal says so. */
  readonly authType?: string;
}

/** What a server engine is made of. */
export interface ServerEngineOptions {
  readonly store: Store;
  /**
   * Terminals that were never seen: `approve` remembers and refuses them until somebody approves,
   * `open` serves them, `closed` refuses them and remembers nothing. Default `approve`.
   */
  readonly pairing?: "approve" | "open" | "closed";
  /** Zone of terminals that have none of their own: IANA, or an offset. Default `+00:00`. */
  readonly timeZone?: string;
  /** The shared secret of a terminal, if it has one: compared with `pushcommkey`. */
  readonly commKey?: (sn: string) => string | undefined;
  /** What terminals are told in the handshake. */
  readonly handshake?: HandshakeOptions;
  /** Milliseconds to wait for a reply before a command is given again. Default 60,000. */
  readonly leaseMs?: number;
  /** Commands in one answer. Default 16. */
  readonly batch?: number;
  /** Whether somebody may pass; default: nobody is let through by this server. */
  readonly verify?: (question: VerifyQuestion) => Promise<boolean>;
  /** Whether people are given to terminals for remote attendance (chapter 14). Default false. */
  readonly remoteAttendance?: boolean;
  /** The file of a token; the token stands in the path or the address that a terminal shows. */
  readonly file?: (
    token: string,
    sn: string | undefined,
    now: number,
  ) => Promise<ServedFile | undefined>;
  /** One provider for each terminal, when encrypted traffic is wanted: see `EncryptionProvider`. */
  readonly encryption?: (sn: string) => EncryptionProvider;
  /** A command id that was never used: 1 to 16 letters and digits. */
  readonly newCommandId: () => string;
  /** Answers to large uploads of old records wait this long, so that others get their turn. */
  readonly backlogDelayMs?: number;
}

/** What terminals are told in the handshake (chapter 5). */
export interface HandshakeOptions {
  /** Seconds before another try after a failure. Default 30. */
  readonly errorDelay?: number;
  /** Seconds between polls. Default 10. */
  readonly delay?: number;
  readonly transTimes?: readonly string[];
  /** Minutes. Default 1. */
  readonly transInterval?: number;
  readonly transFlag?: TransFlag;
  /** Default true. */
  readonly realtime?: boolean;
  /** Version of the protocol that is announced. Default 2.4.1; 2.3.0 and less never encrypts. */
  readonly version?: string;
  readonly pushOptions?: readonly string[];
  readonly attPhotoBase64?: boolean;
  readonly multiBioDataSupport?: MultiBio;
  readonly multiBioPhotoSupport?: MultiBio;
}

/** {@link HandshakeOptions} with every choice made. */
export type HandshakeSettings = ReturnType<typeof handshakeDefaults>;

export const handshakeDefaults = (options: HandshakeOptions = {}) => ({
  errorDelay: options.errorDelay ?? 30,
  delay: options.delay ?? 10,
  transTimes: options.transTimes ?? ["00:00", "14:05"],
  transInterval: options.transInterval ?? 1,
  transFlag:
    options.transFlag ??
    transFlagOf(
      "AttLog",
      "OpLog",
      "AttPhoto",
      "EnrollUser",
      "ChgUser",
      "EnrollFP",
      "ChgFP",
      "FACE",
      "UserPic",
      "WORKCODE",
      "BioPhoto",
    ),
  realtime: options.realtime ?? true,
  version: options.version ?? "2.4.1",
  pushOptions: options.pushOptions ?? WANTED_OPTIONS,
  attPhotoBase64: options.attPhotoBase64 ?? false,
  multiBioDataSupport: options.multiBioDataSupport ?? "0:1:1:0:0:0:1:1:1:1".split(":"),
  multiBioPhotoSupport: options.multiBioPhotoSupport ?? "0:0:1:0:0:0:0:0:0:1".split(":"),
});
