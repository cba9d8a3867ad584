import { utf8 } from "../bytes.js";
import type { Device } from "../model/types.js";
import type { InfoItem, Profile } from "../profiles/profile.js";
import { signDetached } from "../signature/detached.js";
import { signToken, unsignedToken } from "../signature/jws.js";
import { type DeviceError, deviceError, SUCCESS } from "../vocabulary/error-code.js";
import type { DeviceStatus } from "../vocabulary/terms.js";
import { signedDigitalId, unsignedDigitalId } from "./answer.js";
import type { DeviceIdentity, DeviceSetup, Registration } from "./setup.js";

/** A device at a moment, as discovery and device info describe it. */
export interface DescribedDevice extends Pick<DeviceSetup, "trustModule"> {
  readonly identity: DeviceIdentity;
  readonly registration: Registration | undefined;
  readonly status: DeviceStatus;
}

/** What goes with a status: since 0.9.5 every status but Ready has its error. */
const errorOf = (status: DeviceStatus, profile: Profile): DeviceError | undefined => {
  if (!profile.saysSuccess) {
    return status === "not-registered" && profile.name !== "0.8.4" ? deviceError("100") : undefined;
  }
  const codes = {
    ready: SUCCESS,
    busy: "111",
    "not-ready": "110",
    "not-registered": "100",
  } as const;
  const found = codes[status];
  return typeof found === "string" ? deviceError(found) : found;
};

const describe = (
  { identity, registration, status }: DescribedDevice,
  profile: Profile,
  callbackId: string,
): Device => {
  const error = errorOf(status, profile);
  return {
    modality: identity.modality,
    subType: identity.subType,
    deviceId: identity.deviceId,
    serialNo: identity.serialNo,
    status,
    level: identity.level,
    serviceVersion: profile.specVersion,
    specVersions: [profile.specVersion],
    subIds: identity.subIds,
    callbackId,
    ...(registration === undefined ? {} : { deviceCode: registration.deviceCode }),
    ...purposeOf(registration, profile),
    ...(error === undefined ? {} : { error }),
  };
};

/** SBI 1.0 has no empty purpose: a device that is not registered says what it is built for. */
const purposeOf = (
  registration: Registration | undefined,
  profile: Profile,
): Pick<Device, "purpose"> => {
  if (registration !== undefined) {
    return { purpose: registration.purpose === "kyc" ? "auth" : registration.purpose };
  }
  return profile.name === "sbi-1.0" ? { purpose: "registration" } : {};
};

/** The answer to discovery: nothing in it is signed. */
export const describeForDiscovery = (
  devices: readonly DescribedDevice[],
  profile: Profile,
  callbackId: string,
  time: Date,
): string =>
  profile.discovery.write(
    devices.map((device) => ({
      ...describe(device, profile, callbackId),
      digitalId: unsignedDigitalId(device.identity, profile, time),
    })),
  ).value;

/** The answer to device info: signed by the device key once there is one. */
export const describeForInfo = async (
  devices: readonly DescribedDevice[],
  profile: Profile,
  callbackId: string,
  time: Date,
): Promise<string> => {
  const items: InfoItem[] = [];
  for (const device of devices) {
    items.push(await describeOne(device, profile, callbackId, time));
  }
  return profile.infoEnvelope.write(items);
};

const describeOne = async (
  device: DescribedDevice,
  profile: Profile,
  callbackId: string,
  time: Date,
): Promise<InfoItem> => {
  const { identity, registration } = device;
  const signer = registration?.signer;
  const { error, ...described } = describe(device, profile, callbackId);
  const whole: Device = {
    ...described,
    digitalId: await signedDigitalId(device, registration, profile, time),
    make: identity.make,
    model: identity.model,
    provider: identity.provider,
    providerId: identity.providerId,
    firmware: identity.level === "L0" ? profile.specVersion : identity.firmware,
    expiry: identity.expiry,
    env: registration?.env ?? "none",
    timestamp: time,
  };
  const beside = { ...described, ...(error === undefined ? {} : { error }) };
  if (profile.info.form === "detached") {
    const text = profile.info.element.write(whole).value;
    return {
      beside,
      signed: text,
      ...(signer === undefined ? {} : { signature: await signDetached(text, signer) }),
    };
  }
  const payload = utf8(profile.info.payload.write(whole).value);
  const signed =
    signer === undefined
      ? unsignedToken(payload)
      : await signToken(payload, signer, profile.jwsType);
  return { beside, signed };
};
