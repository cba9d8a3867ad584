import { MdsError } from "../errors.js";
import type { Profile, ProfileName } from "../profiles/profile.js";

/** Paths of a device server; all are POST. */
export interface DeviceServerPaths {
  readonly register?: string;
  readonly deregister?: string;
  /** Spelt as the documents spell it. */
  readonly encryptionCertificate?: string;
}

/**
 * What device servers offer in each version. Registration was taken out in 2022: since SBI 1.0 a device is
 * known by the certificate that its provider's management server gives it.
 */
export const DEVICE_SERVER_PATHS: Readonly<Record<ProfileName, DeviceServerPaths>> = {
  "0.8.4": { register: "/device/register", deregister: "/device/deregister" },
  "0.9.2": { register: "/device/register", deregister: "/device/deregister" },
  "0.9.5": {
    register: "/v1/masterdata/registereddevices",
    deregister: "/v1/masterdata/device/deregister",
    encryptionCertificate: "/v1/masterdata/device/encryptioncertficates",
  },
  "sbi-1.0": { encryptionCertificate: "/v1/masterdata/device/encryptioncertficates" },
  "sbi-draft-1": {},
};

/** The path of an operation. @throws MdsError `OPERATION_UNSUPPORTED`. */
export const deviceServerPath = (profile: Profile, operation: keyof DeviceServerPaths): string => {
  const path = DEVICE_SERVER_PATHS[profile.name][operation];
  if (path === undefined) {
    throw new MdsError(
      "OPERATION_UNSUPPORTED",
      `${profile.name} has no ${operation} at a device server`,
    );
  }
  return path;
};
