import type { RandomBytes } from "../bytes.js";
import type { Clock } from "../clock.js";
import { createDeviceService, type DeviceService } from "../device/service.js";
import type { DeviceIdentity, DeviceSetup } from "../device/setup.js";
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
  /** One kind, or several behind one service. */
  readonly modality: Modality | readonly Modality[];
  readonly level?: Level;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** The shared one by default. */
  readonly trust?: TestTrust;
  readonly jpeg2000?: LosslessEncoder;
  /** What captures instead of the drawing: one for every kind, or one for each. */
  readonly source?: CaptureSource | ((modality: Modality) => CaptureSource);
  /** Read at every answer, so that faults can come and go while the device runs. */
  readonly faults?: ReadonlySet<Fault>;
  /** `false`: both devices wait to be registered. */
  readonly registered?: boolean;
}

/** Ids of the two devices of the first kind; those of further kinds count on. */
export const AUTH_DEVICE_ID = "1";
export const REGISTRATION_DEVICE_ID = "2";

/** A device of the simulated service, with what it takes to register it. */
export interface SimulatedUnit {
  readonly identity: DeviceIdentity;
  readonly purpose: "auth" | "registration";
  /** The device key, with the faults that are switched on. */
  readonly signer: Signer;
}

/** A device service that draws what it captures. */
export interface SimulatedDevice extends DeviceService {
  readonly units: readonly SimulatedUnit[];
}

const SKEW_MS = 600_000;
const SLOW_MS = 3_600_000;
const LOW = 9;

/** A UUID of version 4 for each device. */
const deviceCodeOf = (purpose: "auth" | "registration", kind: number): string =>
  `b2f3c7a1-6a35-4b0c-9a3e-0f5d7c1e9a${kind}${purpose === "auth" ? "1" : "2"}`;

/**
 * A device service with two devices of each kind: one registered for authentication, one for registration,
 * since no device may be both. It draws what it captures.
 */
export const createSimulatedDevice = async (
  options: SimulatedDeviceOptions,
): Promise<SimulatedDevice> => {
  const { profile, random, level = "L1", faults = new Set<Fault>() } = options;
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
  const kinds = typeof options.modality === "string" ? [options.modality] : options.modality;
  const setups = kinds.flatMap((modality, index) => {
    const source = withSourceFaults(sourceOf(modality, options, clock), faults, clock);
    return (["auth", "registration"] as const).map((purpose) => {
      const member = purpose === "auth" ? members.device : members.registrationDevice;
      const signer = withSignerFaults(member.signer, expired, faults);
      const setup: DeviceSetup = {
        identity: identityOf(purpose, modality, level, 2 * index),
        trustModule: members.trustModule.signer,
        ...(options.registered === false
          ? {}
          : {
              registration: {
                deviceCode: deviceCodeOf(purpose, index),
                purpose,
                env: "developer",
                signer,
              },
            }),
        source,
        inUse: () => faults.has("busy"),
        encryptionCertificate: () => members.partner.certificate,
      };
      return { setup, unit: { identity: setup.identity, purpose, signer } };
    });
  });
  const service = createDeviceService({
    profile,
    devices: setups.map(({ setup }) => setup),
    clock,
    random,
    hashRule: () => (faults.has("wrong-hash-rule") ? otherRule(profile) : profile.hashRule),
  });
  return { ...service, units: setups.map(({ unit }) => unit) };
};

const sourceOf = (
  modality: Modality,
  { source, random, jpeg2000 }: SimulatedDeviceOptions,
  clock: Clock,
): CaptureSource => {
  if (source !== undefined) {
    return typeof source === "function" ? source(modality) : source;
  }
  return createDrawnSource({
    modality,
    random,
    clock,
    ...(jpeg2000 === undefined ? {} : { jpeg2000 }),
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
  before: number,
): DeviceIdentity => ({
  deviceId: String(before + Number(purpose === "auth" ? AUTH_DEVICE_ID : REGISTRATION_DEVICE_ID)),
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
