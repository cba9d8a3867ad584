import type { BioRequest, CaptureRequest } from "../model/types.js";
import type { Profile } from "../profiles/profile.js";
import { TRANSACTION_ID } from "../profiles/words.js";
import { modalityAsked } from "../verification/expectations.js";
import { type BioSubType, FINGERS } from "../vocabulary/bio-sub-type.js";
import { type DeviceError, deviceError } from "../vocabulary/error-code.js";
import type { DeviceIdentity, Registration } from "./setup.js";

export type CaptureKind = "capture" | "registration-capture";

/** What the rules need to know of a device. */
export interface RuledDevice {
  readonly identity: DeviceIdentity;
  readonly registration: Registration | undefined;
}

/** One entry of a request, on one device, as it will be captured. */
export interface CapturePlan<Device extends RuledDevice> {
  readonly device: Device;
  readonly asked: BioRequest;
  readonly positions: readonly BioSubType[];
  readonly exceptions: readonly BioSubType[];
  readonly subId: number;
}

const HAND_OF_SUB_ID: Readonly<Record<number, (finger: BioSubType) => boolean>> = {
  1: (finger) => finger.startsWith("left-") && finger !== "left-thumb",
  2: (finger) => finger.startsWith("right-") && finger !== "right-thumb",
  3: (finger) => finger.endsWith("-thumb"),
};

const EYES_OF_SUB_ID: Readonly<Record<number, readonly BioSubType[]>> = {
  1: ["left"],
  2: ["right"],
};

/** Fingers or eyes that a device can take with a sub id: 1 left, 2 right, 3 thumbs or both eyes, 0 any. */
export const reachable = (identity: DeviceIdentity, subId: number): readonly BioSubType[] => {
  if (identity.modality === "finger") {
    return FINGERS.filter(HAND_OF_SUB_ID[subId] ?? (() => true));
  }
  return identity.modality === "iris" ? (EYES_OF_SUB_ID[subId] ?? ["left", "right"]) : [];
};

/**
 * Whether a request keeps the rules of its version, and what is to be captured for it.
 *
 * Rules of every version: CAPTURE needs L1; RCAPTURE needs a device for registration; the count is in line
 * with the type; device id 0 means every device; sub ids are 0 to 3.
 */
export const planCapture = <Device extends RuledDevice>(
  request: CaptureRequest,
  kind: CaptureKind,
  profile: Profile,
  devices: readonly Device[],
): readonly CapturePlan<Device>[] | DeviceError => {
  const checksTransaction = profile.name === "0.9.5" || profile.name === "sbi-draft-1";
  if (checksTransaction && !TRANSACTION_ID.test(request.transactionId ?? "")) {
    return deviceError("112");
  }
  const contrary = kind === "capture" ? "registration" : "auth";
  if (profile.refusesUnknownFields && request.purpose === contrary) {
    return deviceError("501");
  }
  if ((request.bio ?? []).length === 0) {
    return deviceError("500", "Nothing to capture is named");
  }
  const plans: CapturePlan<Device>[] = [];
  for (const asked of request.bio ?? []) {
    const chosen = chooseDevices(asked, kind, devices);
    if ("code" in chosen) {
      return chosen;
    }
    for (const device of chosen) {
      const plan = planEntry(asked, kind, device);
      if ("code" in plan) {
        return plan;
      }
      plans.push(plan);
    }
  }
  return plans;
};

const chooseDevices = <Device extends RuledDevice>(
  asked: BioRequest,
  kind: CaptureKind,
  devices: readonly Device[],
): readonly Device[] | DeviceError => {
  const { deviceId = "0", serialNo = "" } = asked;
  const named = devices.filter(({ identity }) => isNamed(identity, deviceId, serialNo));
  const fitting = named.filter(({ identity }) => identity.modality === modalityAsked(asked));
  if (fitting.length === 0) {
    return deviceError("106");
  }
  const registered = fitting.filter(({ registration }) => registration !== undefined);
  if (registered.length === 0) {
    return deviceError("100");
  }
  const wanted = kind === "capture" ? "auth" : "registration";
  const right = registered.filter(({ registration }) => purposeOf(registration) === wanted);
  if (right.length === 0) {
    return deviceError("501");
  }
  const secure = right.filter(({ identity }) => kind !== "capture" || identity.level === "L1");
  return secure.length === 0 ? deviceError("502") : secure;
};

/**
 * Whether a request means a device: by its id, by its serial number, or by 0 for any. MOSIP's client on
 * Android puts the serial number where the id belongs.
 */
export const isNamed = (identity: DeviceIdentity, deviceId: string, serialNo: string): boolean =>
  [identity.deviceId, identity.serialNo, "0", ""].includes(deviceId) &&
  [identity.serialNo, "0", ""].includes(serialNo);

/** KYC is done by devices for authentication. */
const purposeOf = (registration: Registration | undefined): string | undefined =>
  registration?.purpose === "kyc" ? "auth" : registration?.purpose;

const planEntry = <Device extends RuledDevice>(
  asked: BioRequest,
  kind: CaptureKind,
  device: Device,
): CapturePlan<Device> | DeviceError => {
  const { identity } = device;
  const { subId = 0, count = 1, subTypes = [], exceptions = [] } = asked;
  if (subId < 0 || subId > 3 || (subId !== 0 && !identity.subIds.includes(subId))) {
    return deviceError("504");
  }
  if (identity.modality === "face") {
    return count === 1
      ? { device, asked, positions: ["unknown"], exceptions, subId }
      : deviceError("109");
  }
  const candidates = reachable(identity, subId).filter((one) => !exceptions.includes(one));
  // A count may be given before or after the exceptions are taken off.
  const wanted = Math.min(count, kind === "capture" ? count : candidates.length);
  const most = candidates.length + exceptions.length;
  if (count < 1 || count > most || wanted === 0 || wanted > candidates.length) {
    return deviceError("109");
  }
  if (subTypes.length > 0) {
    const named = subTypes.filter((one) => one !== "unknown");
    const sound =
      new Set(named).size === named.length && named.every((one) => candidates.includes(one));
    if (!sound || (kind === "capture" && subTypes.length !== count)) {
      return deviceError("109");
    }
    return { device, asked, positions: subTypes.slice(0, wanted), exceptions, subId };
  }
  const positions: readonly BioSubType[] =
    kind === "capture" ? Array<BioSubType>(wanted).fill("unknown") : candidates.slice(0, wanted);
  return { device, asked, positions, exceptions, subId };
};
