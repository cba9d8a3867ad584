import type { RandomBytes } from "../bytes.js";
import type { Clock } from "../clock.js";
import { createDeviceService, type DeviceService } from "../device/service.js";
import type { DeviceIdentity, DeviceSetup, Registration } from "../device/setup.js";
import type { CaptureSource } from "../device/source.js";
import type { HashRule } from "../hash-chain/rule.js";
import type { Profile } from "../profiles/profile.js";
import type { Signer } from "../signature/signer.js";
import type { DeviceSubType } from "../vocabulary/device-sub-type.js";
import type { Modality } from "../vocabulary/modality.js";
import type { Level } from "../vocabulary/terms.js";
import { createDrawnSource, type LosslessEncoder } from "./drawn-source.js";
import type { Fault } from "./faults.js";
import { simulatorTrust, type TestTrust } from "./trust.js";

export interface SimulatedDeviceOptions {
  readonly profile: Profile;
  readonly modality: Modality;
  readonly level?: Level;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** The shared one by default. */
  readonly trust?: TestTrust;
  readonly jpeg2000?: LosslessEncoder;
  /** What captures instead of the drawing. */
  readonly source?: CaptureSource;
  /** Read at every answer, so that faults can come and go while the device runs. */
  readonly faults?: ReadonlySet<Fault>;
  /** `false`: both devices wait to be registered. */
  readonly registered?: boolean;
}

/** Ids of the two devices of the simulated service. */
export const AUTH_DEVICE_ID = "1";
export const REGISTRATION_DEVICE_ID = "2";

const SKEW_MS = 600_000;
const SLOW_MS = 3_600_000;
const LOW = 9;
const DEVICE_CODES = {
  auth: "b2f3c7a1-6a35-4b0c-9a3e-0f5d7c1e9a01",
  registration: "b2f3c7a1-6a35-4b0c-9a3e-0f5d7c1e9a02",
} as const;

/**
 * A device service with two devices of one kind: one registered for authentication, one for registration,
 * since no device may be both. It draws what it captures.
 */
export const createSimulatedDevice = async (
  options: SimulatedDeviceOptions,
): Promise<DeviceService> => {
  const { profile, random, faults = new Set<Fault>() } = options;
  const trust = options.trust ?? (await simulatorTrust());
  const { members } = trust;
  const expired = await trust.issueDevice(members.device.privateKey, {
    notBefore: new Date(Date.UTC(2019, 0, 1)),
    notAfter: new Date(Date.UTC(2020, 0, 1)),
  });
  const clock: Clock = {
    now: () => new Date(options.clock.now().getTime() + (faults.has("skewed-clock") ? SKEW_MS : 0)),
    sleep: options.clock.sleep,
  };
  const source = withSourceFaults(
    options.source ??
      createDrawnSource({
        modality: options.modality,
        random,
        clock,
        ...(options.jpeg2000 === undefined ? {} : { jpeg2000: options.jpeg2000 }),
      }),
    faults,
    clock,
  );
  const setup = (purpose: "auth" | "registration"): DeviceSetup => {
    const member = purpose === "auth" ? members.device : members.registrationDevice;
    const registration: Registration = {
      deviceCode: DEVICE_CODES[purpose],
      purpose,
      env: "developer",
      signer: withSignerFaults(member.signer, expired, faults),
    };
    return {
      identity: identityOf(purpose, options.modality, options.level ?? "L1"),
      trustModule: members.trustModule.signer,
      ...(options.registered === false ? {} : { registration }),
      source,
      inUse: () => faults.has("busy"),
      encryptionCertificate: () => members.partner.certificate,
    };
  };
  return createDeviceService({
    profile,
    devices: [setup("auth"), setup("registration")],
    clock,
    random,
    hashRule: () => (faults.has("wrong-hash-rule") ? otherRule(profile) : profile.hashRule),
  });
};

const otherRule = ({ hashRule }: Profile): HashRule =>
  hashRule === "bytes-of-iso" ? "hex-of-payload" : "bytes-of-iso";

const SUB_TYPES: Readonly<Record<Modality, Record<"auth" | "registration", DeviceSubType>>> = {
  finger: { auth: "single", registration: "slap" },
  iris: { auth: "single", registration: "double" },
  face: { auth: "full-face", registration: "full-face" },
};

const KIND_DIGIT: Readonly<Record<Modality, string>> = { finger: "1", iris: "2", face: "3" };

const identityOf = (
  purpose: "auth" | "registration",
  modality: Modality,
  level: Level,
): DeviceIdentity => ({
  deviceId: purpose === "auth" ? AUTH_DEVICE_ID : REGISTRATION_DEVICE_ID,
  serialNo: `20260000${KIND_DIGIT[modality]}00${purpose === "auth" ? "1" : "2"}`,
  make: "Utopia",
  model: `SIM-${modality.toUpperCase()}`,
  modality,
  subType: SUB_TYPES[modality][purpose],
  provider: "Utopia Devices",
  providerId: "UTOPIA.DEVICES",
  subIds: purpose === "registration" && modality !== "face" ? [1, 2, 3] : [1],
  level,
  firmware: "1.0.0",
  expiry: "2049-12-31T00:00:00Z",
});

/** Certificates of the expired kind bring their own key, which is the device's. */
const withSignerFaults = (signer: Signer, expired: Signer, faults: ReadonlySet<Fault>): Signer => ({
  get certificates() {
    return faults.has("expired-certificate") ? expired.certificates : signer.certificates;
  },
  sign: async (data) => {
    const signature = await (faults.has("expired-certificate") ? expired : signer).sign(data);
    if (faults.has("bad-signature")) {
      signature[signature.length - 1]! ^= 1;
    }
    return signature;
  },
});

const withSourceFaults = (
  source: CaptureSource,
  faults: ReadonlySet<Fault>,
  clock: Clock,
): CaptureSource => ({
  async *attempts(request) {
    if (faults.has("slow")) {
      await clock.sleep(SLOW_MS, request.signal);
    }
    for await (const samples of source.attempts(request)) {
      const some = faults.has("fewer-fingers")
        ? samples.slice(0, Math.max(1, samples.length - 1))
        : samples;
      yield faults.has("low-score") ? some.map((sample) => ({ ...sample, quality: LOW })) : some;
    }
  },
  preview: (subId, signal) => source.preview(subId, signal),
});
