import { isObject, parseJson } from "../json.js";
import { PROFILES } from "../profiles/registry.js";
import {
  createDeviceServer,
  type DeviceServer,
  type DeviceServerOptions,
  type RegisteredDevice,
} from "./device-server.js";

/** Versions that have a device server. */
const SERVED = ["0.8.4", "0.9.2", "0.9.5"] as const;

/**
 * The device servers of every version behind one door.
 *
 * 0.8.4 and 0.9.2 share their paths: a registration is told by its form, a de-registration, which is the
 * same in both, by whoever knows the device.
 */
export const createDeviceServers = (
  options: Omit<DeviceServerOptions, "profile">,
): DeviceServer => {
  const [oldest, middle, latest] = SERVED.map((name) =>
    createDeviceServer({ ...options, profile: PROFILES[name] }),
  ) as [DeviceServer, DeviceServer, DeviceServer];
  return {
    post: async (path, body) =>
      (await latest.post(path, body)) ??
      (isOfMiddle(body, middle.devices()) ? middle : oldest).post(path, body),
    devices: () => [oldest, middle, latest].flatMap((server) => server.devices()),
  };
};

/** A token in place of an object, or the code of a device that was registered so. */
const isOfMiddle = (body: string, known: readonly RegisteredDevice[]): boolean => {
  try {
    const message = parseJson(body);
    if (!isObject(message)) {
      return false;
    }
    const { device } = message;
    const code = isObject(device) ? device["deviceCode"] : undefined;
    return (
      typeof message["deviceData"] === "string" ||
      known.some(({ deviceCode }) => deviceCode === code)
    );
  } catch {
    return false;
  }
};
