import type { Signer } from "../signature/signer.js";
import type { DeviceSubType } from "../vocabulary/device-sub-type.js";
import type { Modality } from "../vocabulary/modality.js";
import type { Environment, Level, Purpose } from "../vocabulary/terms.js";
import type { CaptureSource } from "./source.js";

/** What is printed on a device and does not change. */
export interface DeviceIdentity {
  /** Internal to the service; "0" is kept for "every device". */
  readonly deviceId: string;
  readonly serialNo: string;
  readonly make: string;
  readonly model: string;
  readonly modality: Modality;
  readonly subType: DeviceSubType;
  readonly provider: string;
  readonly providerId: string;
  readonly subIds: readonly number[];
  readonly level: Level;
  readonly firmware: string;
  readonly expiry: string;
}

/** What a device gets when it is registered, and loses when it is taken off. */
export interface Registration {
  /** UUID version 4 of the device server; the serial number where a version has no such code. */
  readonly deviceCode: string;
  readonly purpose: Purpose;
  readonly env: Environment;
  /** The device key; rotated by the management server. */
  readonly signer: Signer;
}

/** One device of a service. */
export interface DeviceSetup {
  readonly identity: DeviceIdentity;
  /** Signs digital ids of L1. */
  readonly trustModule?: Signer;
  /** Absent: the device starts as not registered. */
  readonly registration?: Registration;
  /** Absent: the device starts as ready. */
  readonly connected?: boolean;
  readonly source: CaptureSource;
  /** Something else has the sensor at the moment: the device is busy. */
  readonly inUse?: () => boolean;
  /** Certificate of whoever may read captures for a domain, DER; `undefined` gives error 108. */
  readonly encryptionCertificate?: (domainUri: string | undefined) => Uint8Array | undefined;
}
