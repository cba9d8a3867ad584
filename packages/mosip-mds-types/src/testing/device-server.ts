import type { RandomBytes } from "../bytes.js";
import { toHex } from "../bytes.js";
import type { Clock } from "../clock.js";
import { MdsError } from "../errors.js";
import { readDeregisterRequest, writeDeregisterResponse } from "../management/deregister.js";
import { DEVICE_SERVER_PATHS } from "../management/endpoints.js";
import { type ServerError, writeRegisterResponse } from "../management/register-answer.js";
import { readRegisterRequest } from "../management/registration-check.js";
import type { Profile } from "../profiles/profile.js";
import type { Check } from "../verification/report.js";
import type { Environment } from "../vocabulary/terms.js";
import type { TestTrust } from "./trust.js";

/** A device that a device server knows. */
export interface RegisteredDevice {
  readonly deviceCode: string;
  readonly deviceId: string;
  readonly serialNo?: string;
  readonly purpose?: "auth" | "registration";
  readonly registeredAt: Date;
}

export interface DeviceServerOptions {
  readonly profile: Profile;
  readonly trust: TestTrust;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly env?: Environment;
}

/** A device server in memory: registers, takes off, and answers as its version does. */
export interface DeviceServer {
  /** @returns the answer, or `undefined` when nothing is served at the path. */
  post(path: string, body: string): Promise<string | undefined>;
  devices(): readonly RegisteredDevice[];
}

export const createDeviceServer = (options: DeviceServerOptions): DeviceServer => {
  const { profile, trust, clock } = options;
  const env = options.env ?? "developer";
  const known = new Map<string, RegisteredDevice>();
  const server = trust.members.server.signer;
  const believed = trust.trust;
  const paths = DEVICE_SERVER_PATHS[profile.name];

  const register = async (body: string): Promise<string> => {
    const time = clock.now();
    const refuse = (error: ServerError): Promise<string> =>
      writeRegisterResponse({ status: "Rejected", env, time, error }, profile, server);
    try {
      const reading = await readRegisterRequest(body, profile, believed, time);
      const wrong = reading.checks.find(({ status }) => status !== "passed");
      if (wrong !== undefined) {
        return refuse({ code: "401", message: reasonOf(wrong) });
      }
      const same = [...known.values()].find(({ deviceId }) => deviceId === reading.deviceId);
      if (same !== undefined && same.purpose !== reading.purpose) {
        return refuse({ code: "409", message: "The device is registered for another purpose" });
      }
      const deviceCode = same?.deviceCode ?? uuid(options.random);
      known.set(deviceCode, {
        deviceCode,
        deviceId: reading.deviceId,
        ...(reading.serialNo === undefined ? {} : { serialNo: reading.serialNo }),
        ...(reading.purpose === undefined ? {} : { purpose: reading.purpose }),
        registeredAt: time,
      });
      const { digitalId } = reading;
      return await writeRegisterResponse(
        {
          status: "Registered",
          env,
          time,
          deviceCode,
          ...(digitalId === undefined ? {} : { digitalId }),
        },
        profile,
        server,
      );
    } catch (error) {
      return refuse(asServerError(error));
    }
  };

  const deregister = async (body: string): Promise<string> => {
    const time = clock.now();
    const refuse = (error: ServerError): Promise<string> =>
      writeDeregisterResponse({ status: "Rejected", env, time, error }, profile, server);
    try {
      const { deviceCode, checks } = await readDeregisterRequest(body, profile, believed, time);
      const wrong = checks.find(({ status }) => status !== "passed");
      if (wrong !== undefined) {
        return refuse({ code: "401", message: reasonOf(wrong) });
      }
      if (!known.delete(deviceCode)) {
        return refuse({ code: "404", message: "No device has this code" });
      }
      const result = { status: "Success", env, time, deviceCode };
      return await writeDeregisterResponse(result, profile, server);
    } catch (error) {
      return refuse(asServerError(error));
    }
  };

  return {
    post: async (path, body) => {
      if (path === paths.register) {
        return register(body);
      }
      return path === paths.deregister ? deregister(body) : undefined;
    },
    devices: () => [...known.values()],
  };
};

const reasonOf = ({ id, reason }: Check): string => `${id}: ${reason}`;

const asServerError = (error: unknown): ServerError => {
  if (error instanceof MdsError) {
    return { code: "400", message: error.message };
  }
  throw error;
};

/** UUID of RFC 4122, version 4. */
const uuid = (random: RandomBytes): string => {
  const bytes = random(16).slice();
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = toHex(bytes).toLowerCase();
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join("-");
};
