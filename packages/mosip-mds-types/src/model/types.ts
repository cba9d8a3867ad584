import type { Open } from "../fields.js";
import type { BioSubType } from "../vocabulary/bio-sub-type.js";
import type { DeviceSubType } from "../vocabulary/device-sub-type.js";
import type { DeviceError } from "../vocabulary/error-code.js";
import type { Modality } from "../vocabulary/modality.js";
import type { DeviceStatus, Environment, Level, Purpose } from "../vocabulary/terms.js";

/** What is looked for, in any version. */
export interface DiscoveryRequest {
  /** Absent: any device. */
  readonly modality?: Modality;
  readonly specVersion?: string;
}

/** What discovery and device info say of a device, in any version. */
export interface Device {
  readonly modality?: Modality;
  readonly subType?: DeviceSubType;
  /** Internal to the device service. */
  readonly deviceId?: string;
  /** As printed on the device. */
  readonly serialNo?: string;
  readonly make?: string;
  readonly model?: string;
  readonly provider?: string;
  readonly providerId?: string;
  readonly status?: DeviceStatus;
  readonly level?: Level;
  readonly serviceVersion?: string;
  /** The first one is the version of the answer. */
  readonly specVersions?: readonly string[];
  readonly subIds?: readonly number[];
  /** Base of every later request. */
  readonly callbackId?: string;
  /** Given by a device server at registration. */
  readonly deviceCode?: string;
  readonly purpose?: Purpose;
  readonly env?: Environment;
  readonly firmware?: string;
  /** After this day the device counts as too old. */
  readonly expiry?: string;
  readonly timestamp?: Date;
  /** The digital id as it travels: a JWS, or one segment where it is unsigned. */
  readonly digitalId?: string;
  readonly jwk?: Readonly<Record<string, unknown>>;
  readonly error?: DeviceError;
}

/** The identity of a device, in any version. */
export interface DigitalId {
  readonly serialNo?: string;
  readonly make?: string;
  readonly model?: string;
  readonly modality?: Modality;
  readonly subType?: DeviceSubType;
  readonly provider?: string;
  readonly providerId?: string;
  /** When the identity was asked for. */
  readonly dateTime?: Date;
}

/** What a capture asks for: an image of a kind, or the minutiae of fingers (FMR). */
export type Wanted = Modality | "minutiae";

/** One entry of `bio` in a request, in any version. */
export interface BioRequest {
  readonly wanted?: Wanted;
  readonly count?: number;
  readonly subTypes?: readonly BioSubType[];
  readonly exceptions?: readonly BioSubType[];
  readonly requestedScore?: number;
  /** "0" means every device. */
  readonly deviceId?: string;
  readonly serialNo?: string;
  /** 1 left, 2 right, 3 thumbs or both irises, 0 any. */
  readonly subId?: number;
  readonly previousHash?: string;
}

/** A capture for authentication or registration, in any version. */
export interface CaptureRequest {
  readonly env?: Environment;
  readonly purpose?: Purpose;
  readonly specVersion?: string;
  readonly timeoutMs?: number;
  readonly captureTime?: Date;
  readonly domainUri?: string;
  readonly transactionId?: string;
  readonly registrationId?: string;
  readonly bio?: readonly BioRequest[];
  readonly customOpts?: Readonly<Record<string, unknown>>;
}

/** A preview stream, in any version. */
export interface StreamRequest {
  readonly env?: Environment;
  readonly purpose?: Purpose;
  readonly specVersion?: string;
  readonly transactionId?: string;
  readonly wanted?: Wanted;
  readonly count?: number;
  readonly exceptions?: readonly BioSubType[];
  readonly deviceId?: string;
  readonly serialNo?: string;
  readonly subId?: number;
  readonly timeoutMs?: number;
  /** Width and height in millimetres, two digits each. */
  readonly dimensions?: string;
  readonly customOpts?: Readonly<Record<string, unknown>>;
}

/** The data block of one captured finger, eye or face, in any version. */
export interface DataBlock {
  readonly digitalId?: string;
  readonly deviceCode?: string;
  readonly serialNo?: string;
  readonly providerId?: string;
  readonly serviceId?: string;
  readonly serviceVersion?: string;
  readonly modality?: Modality;
  /** A word that has no meaning here stays as it was received. */
  readonly subType?: Open<BioSubType>;
  readonly purpose?: Purpose;
  readonly env?: Environment;
  readonly domainUri?: string;
  /** The record or image; encrypted in a capture for authentication. */
  readonly bioValue?: Uint8Array;
  /** Minutiae, in registrations of 0.8.4 and 0.9.2. */
  readonly bioExtract?: Uint8Array;
  readonly transactionId?: string;
  readonly registrationId?: string;
  readonly timestamp?: Date;
  readonly requestedScore?: number;
  readonly qualityScore?: number;
}

/** A segment of a capture as it travels: the signed block and what stands beside it. */
export interface Segment {
  readonly specVersion?: string;
  /** A JWS, or in 0.8.4 base64 of the block. */
  readonly data?: string;
  readonly hash?: string;
  readonly sessionKey?: string;
  readonly thumbprint?: string;
  /** Base64, 0.8.4 only. */
  readonly signature?: string;
  readonly error?: DeviceError;
  readonly additionalInfo?: Readonly<Record<string, unknown>>;
}

/** The answer to a capture, in any version. */
export interface CaptureAnswer {
  /** Root domain that asked; the draft alone says it. */
  readonly requestOrigin?: string;
  readonly segments: readonly Segment[];
}
