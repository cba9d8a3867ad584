import type { BioRequest, Device, DigitalId } from "../model/types.js";
import { parseToken } from "../signature/jws.js";
import { ask } from "./ask.js";
import type { ServiceUnderTest } from "./device-service.js";

/** How a request names a device, and as much of it as one capture takes. */
export type NamedDevice = Pick<BioRequest, "deviceId" | "serialNo"> & {
  readonly subId: number;
  readonly count: number;
};

/** 0.8.4 does not say which device is for what, and has a word for all of them. */
const EVERY_DEVICE: NamedDevice = { deviceId: "0", subId: 0, count: 1 };

/** The device of a purpose by the name that discovery gives it: later versions have no word for all. */
export const namedDevice = async (
  service: ServiceUnderTest,
  purpose: "auth" | "registration",
): Promise<NamedDevice> => {
  const { profile, modality } = service;
  if (profile.name === "0.8.4") {
    return EVERY_DEVICE;
  }
  const body = profile.discoveryRequest.write({ specVersion: profile.specVersion, modality }).value;
  const { text } = await ask(service, "discovery", { body });
  for (const { value } of profile.discovery.read(text)) {
    const digitalId = unsigned(value, service);
    if (value.purpose === purpose && (digitalId?.modality ?? modality) === modality) {
      const { deviceId } = value;
      const serialNo = value.serialNo ?? digitalId?.serialNo;
      return {
        ...(deviceId === undefined ? {} : { deviceId }),
        ...(serialNo === undefined ? {} : { serialNo }),
        ...reachOf(value, digitalId, purpose),
      };
    }
  }
  return EVERY_DEVICE;
};

const unsigned = ({ digitalId }: Device, { profile }: ServiceUnderTest): DigitalId | undefined => {
  try {
    return profile.digitalId.read(parseToken(digitalId ?? "").json).value;
  } catch {
    return undefined;
  }
};

/**
 * One of anything for authentication. For registration whatever a part of the device takes at once: a left
 * slap, both eyes; sub id 0 is nothing to a slap reader.
 */
const reachOf = (
  { subIds = [] }: Device,
  digitalId: DigitalId | undefined,
  purpose: "auth" | "registration",
): Pick<NamedDevice, "subId" | "count"> => {
  if (purpose === "auth") {
    return { subId: 0, count: 1 };
  }
  if (digitalId?.subType === "slap" && subIds.includes(1)) {
    return { subId: 1, count: 4 };
  }
  return digitalId?.subType === "double" && subIds.includes(3)
    ? { subId: 3, count: 2 }
    : { subId: subIds[0] ?? 0, count: 1 };
};
