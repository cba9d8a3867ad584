import { decodeBase64, encodeBase64, encodeBase64Url } from "../base64.js";
import { equalText, type RandomBytes, utf8 } from "../bytes.js";
import { signedDigitalId } from "../device/answer.js";
import type { DeviceIdentity, Registration } from "../device/setup.js";
import { MdsError } from "../errors.js";
import type { Profile } from "../profiles/profile.js";
import { parseToken, signToken } from "../signature/jws.js";
import type { Signer } from "../signature/signer.js";
import { judgeToken, signerCache } from "../verification/signed-part.js";
import { parseTrust, type Trust } from "../verification/trust.js";
import { formatMilliseconds, parseTime } from "../vocabulary/time.js";
import {
  MANAGEMENT_COMMANDS,
  type ManagementCommand,
  ManagementReply,
  ManagementRequest,
} from "./messages.js";
import type { SyncedClock } from "./synced-clock.js";

/** Makes a key pair inside the device and says its public half; the private one stays where it is. */
export interface KeyMaker {
  create(): Promise<{
    /** SubjectPublicKeyInfo, DER. */
    readonly publicKey: Uint8Array;
    /** A signer of the new key, once there are certificates for it. */
    signer(certificates: readonly Uint8Array[]): Promise<Signer>;
  }>;
}

export interface ManagedDeviceOptions {
  readonly profile: Profile;
  readonly identity: DeviceIdentity;
  readonly trustModule?: Signer;
  /** Signs until the first certificate comes, where there is no trust module. */
  readonly initialKey?: Signer;
  readonly keys: KeyMaker;
  readonly clock: SyncedClock;
  readonly random: RandomBytes;
  /** Whose management server is believed. */
  readonly server: Trust;
}

/** What an exchange changed. */
export interface ManagementOutcome {
  /** A new device key, with its certificates. */
  readonly signer?: Signer;
  readonly deviceCode?: string;
  /** To be done, and reported with the next exchange where they ask for something. */
  readonly commands: readonly ManagementCommand[];
  readonly refused?: string;
}

/** The device's side of management: question and answer, without a transport. */
export interface ManagedDevice {
  /** The next question. @param registration what the device has so far. */
  ask(options: {
    readonly registration?: Registration;
    /** Ask for a certificate: at first, and after `rotate-key`. */
    readonly newKey?: boolean;
    readonly info?: { readonly status: string; readonly certificateExpiry?: string };
  }): Promise<string>;
  /**
   * The server's answer to the last question.
   *
   * @throws MdsError `JWS_MALFORMED`, `MESSAGE_INVALID`; `KEY_INVALID` when the server is not the one that
   * is believed, or the answer is to another question. Nothing changes then, least of all the time.
   */
  receive(reply: string): Promise<ManagementOutcome>;
}

export const createManagedDevice = (options: ManagedDeviceOptions): ManagedDevice => {
  const { clock, profile, random } = options;
  let pending:
    | {
        readonly nonce: string;
        readonly sentAt: Date;
        readonly key?: Awaited<ReturnType<KeyMaker["create"]>>;
      }
    | undefined;

  return {
    ask: async ({ registration, newKey = false, info }) => {
      const nonce = encodeBase64Url(random(18));
      const key = newKey ? await options.keys.create() : undefined;
      const now = clock.now();
      const byDevice = registration?.signer ?? options.initialKey;
      const signer = options.identity.level === "L1" ? options.trustModule : byDevice;
      if (signer === undefined) {
        throw new MdsError("KEY_INVALID", "expected a trust module, or a first key for L0");
      }
      const request = ManagementRequest.encode({
        digitalId: await signedDigitalId(
          { identity: options.identity, trustModule: signer },
          registration ?? { deviceCode: "", purpose: "auth", env: "none", signer },
          profile,
          now,
        ),
        timestamp: formatMilliseconds(now),
        nonce,
        ...(key === undefined ? {} : { publicKey: encodeBase64(key.publicKey) }),
        ...(info === undefined
          ? {}
          : {
              info: {
                firmware: options.identity.firmware,
                serviceVersion: profile.specVersion,
                ...info,
              },
            }),
      });
      pending = { nonce, sentAt: now, ...(key === undefined ? {} : { key }) };
      return signToken(utf8(request), signer, profile.jwsType);
    },

    receive: async (text) => {
      const asked = pending;
      const receivedAt = clock.now();
      const token = parseToken(text);
      const { anchors, devices } = parseTrust(options.server);
      const reply = ManagementReply.decode(token.json);
      const time = parseTime(reply.time);
      // The device may not know the time yet: the server's certificate is judged at the server's time.
      const part = await judgeToken(token, anchors, devices, time, time, signerCache());
      if (part.signature.status !== "passed" || part.chain.status !== "passed") {
        throw new MdsError("KEY_INVALID", "expected an answer of the management server");
      }
      if (asked === undefined || !equalText(reply.nonce, asked.nonce)) {
        throw new MdsError("KEY_INVALID", "expected an answer to the last question");
      }
      pending = undefined;
      clock.sync(time, asked.sentAt, receivedAt);
      const certificates = (reply.certificates ?? []).map(decodeBase64);
      const signer =
        asked.key !== undefined && certificates.length > 0
          ? await asked.key.signer(certificates)
          : undefined;
      return {
        ...(signer === undefined ? {} : { signer }),
        ...(reply.deviceCode === undefined ? {} : { deviceCode: reply.deviceCode }),
        commands: MANAGEMENT_COMMANDS.filter((command) => reply.commands.includes(command)),
        ...(reply.refused === undefined ? {} : { refused: reply.refused }),
      };
    },
  };
};
