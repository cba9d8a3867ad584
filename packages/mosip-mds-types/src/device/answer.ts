import { encodeBase64, encodeBase64Url } from "../base64.js";
import { type RandomBytes, utf8 } from "../bytes.js";
import { encryptValue } from "../encryption/session.js";
import { hashedBytes, linkHash } from "../hash-chain/chain.js";
import type { HashRule } from "../hash-chain/rule.js";
import type { BioRequest, CaptureRequest, DataBlock, DigitalId, Segment } from "../model/types.js";
import type { Profile } from "../profiles/profile.js";
import { signSegment } from "../signature/detached.js";
import { signToken, unsignedToken } from "../signature/jws.js";
import type { Signer } from "../signature/signer.js";
import { type DeviceError, deviceError, SUCCESS } from "../vocabulary/error-code.js";
import type { CaptureKind } from "./rules.js";
import type { DeviceIdentity, DeviceSetup, Registration } from "./setup.js";
import type { Sample } from "./source.js";

/** What a device signs and encrypts its answers with, at the moment of one answer. */
export interface AnswerContext {
  readonly profile: Profile;
  readonly kind: CaptureKind;
  readonly request: CaptureRequest;
  readonly hashRule: HashRule;
  readonly random: RandomBytes;
  readonly time: Date;
  /** 0.8.4: sign the hash too. */
  readonly signHash?: boolean;
}

export interface AnsweringDevice
  extends Pick<DeviceSetup, "trustModule" | "encryptionCertificate"> {
  readonly identity: DeviceIdentity;
  readonly registration: Registration;
}

/** Samples of one entry of the request, in their order. */
export interface CapturedEntry {
  readonly device: AnsweringDevice;
  readonly asked: BioRequest;
  readonly samples: readonly Sample[];
}

/**
 * The segments of an answer: block, hash and signature for each sample, chained through the whole answer
 * from the previous hash of the first entry.
 */
export const buildSegments = async (
  entries: readonly CapturedEntry[],
  context: AnswerContext,
): Promise<readonly Segment[] | DeviceError> => {
  const blocks: Promise<Block | DeviceError>[] = [];
  for (const { device, asked, samples } of entries) {
    const digitalId = await digitalIdToken(device, context.profile, context.time);
    blocks.push(...samples.map((sample) => buildBlock(device, asked, sample, digitalId, context)));
  }
  const segments: Segment[] = [];
  let previous = context.request.bio?.[0]?.previousHash;
  // Blocks are signed and encrypted all at once; only the hash of each waits for that of the one before.
  for (const built of await Promise.all(blocks)) {
    if ("code" in built) {
      return built;
    }
    const segment = await chainBlock(built, previous, context);
    segments.push(segment);
    previous = segment.hash;
  }
  return segments;
};

/** A block as it is sent, before it has its place in the chain. */
interface Block {
  readonly signer: Signer;
  /** Text of the block, which detached signatures are over. */
  readonly text: string;
  readonly data: string;
  readonly secret: Pick<Segment, "sessionKey" | "thumbprint">;
  readonly hashed: Uint8Array;
}

const buildBlock = async (
  device: AnsweringDevice,
  asked: BioRequest,
  sample: Sample,
  digitalId: string | undefined,
  context: AnswerContext,
): Promise<Block | DeviceError> => {
  const { profile, kind, request, time } = context;
  const translator = kind === "capture" ? profile.captureBlock : profile.registrationCaptureBlock;
  const plain = valueIn(sample, asked, profile, kind);
  const block = blockOf(device, asked, sample, digitalId, context);
  const payload = translator.write({ ...block, bioValue: plain }).value;
  let text = payload;
  let secret: Block["secret"] = {};
  if (kind === "capture") {
    const certificate = device.encryptionCertificate?.(request.domainUri);
    if (certificate === undefined) {
      return deviceError("108");
    }
    const encrypted = await encryptValue({
      value: plain,
      timestamp: profile.time(time),
      transactionId: request.transactionId ?? "",
      certificate,
      cipher: profile.cipher,
      random: context.random,
    });
    text = translator.write({ ...block, bioValue: encrypted.bioValue }).value;
    const encode = profile.name === "0.8.4" ? encodeBase64 : encodeBase64Url;
    secret = {
      sessionKey: encode(encrypted.sessionKey),
      ...(hasThumbprint(profile) ? { thumbprint: encrypted.thumbprint } : {}),
    };
  }
  const bytes = utf8(text);
  const { signer } = device.registration;
  const data =
    profile.signature === "jws"
      ? await signToken(bytes, signer, profile.jwsType)
      : encodeBase64(bytes);
  const hashed = hashedBytes(context.hashRule, {
    payload: text === payload ? bytes : utf8(payload),
    sentPayload: bytes,
    token: data,
    iso: plain,
  });
  return { signer, text, data, secret, hashed: hashed! };
};

const chainBlock = async (
  { signer, text, data, secret, hashed }: Block,
  previous: string | undefined,
  { profile, hashRule, signHash }: AnswerContext,
): Promise<Segment & { readonly hash: string }> => {
  const hash = await linkHash(hashRule, previous, hashed);
  return {
    ...(profile.name === "0.8.4" ? {} : { specVersion: profile.specVersion }),
    data,
    hash,
    ...secret,
    ...(profile.saysSuccess ? { error: SUCCESS } : {}),
    ...(profile.signature === "jws"
      ? {}
      : {
          signature: await signSegment(text, hash, signer, {
            ...(signHash === undefined ? {} : { hashToo: signHash }),
          }),
        }),
  };
};

const hasThumbprint = (profile: Profile): boolean =>
  profile.name !== "0.8.4" && profile.name !== "0.9.2";

/**
 * What goes into bioValue: since 0.9.5 an ISO record; in registrations before it the bare image, and in
 * captures before it the record; minutiae where minutiae were asked for.
 */
const valueIn = (
  sample: Sample,
  asked: BioRequest,
  profile: Profile,
  kind: CaptureKind,
): Uint8Array => {
  if (asked.wanted === "minutiae" && sample.minutiae !== undefined) {
    return sample.minutiae;
  }
  return kind === "registration-capture" && hasExtract(profile) ? sample.image : sample.record;
};

const hasExtract = (profile: Profile): boolean =>
  profile.name === "0.8.4" || profile.name === "0.9.2";

const blockOf = (
  device: AnsweringDevice,
  asked: BioRequest,
  sample: Sample,
  digitalId: string | undefined,
  context: AnswerContext,
): DataBlock => {
  const { profile, kind, request, time } = context;
  const { identity, registration } = device;
  const extract =
    kind === "registration-capture" && hasExtract(profile)
      ? { bioExtract: sample.minutiae ?? sample.record }
      : {};
  return {
    ...(digitalId === undefined ? {} : { digitalId }),
    deviceCode: registration.deviceCode,
    serialNo: identity.serialNo,
    providerId: identity.providerId,
    serviceId: identity.deviceId,
    serviceVersion: profile.specVersion,
    modality: identity.modality,
    ...(sample.subType === undefined ? {} : { subType: sample.subType }),
    purpose: request.purpose ?? (kind === "capture" ? "auth" : "registration"),
    env: request.env ?? registration.env,
    ...(request.domainUri === undefined ? {} : { domainUri: request.domainUri }),
    ...extract,
    ...(request.transactionId === undefined ? {} : { transactionId: request.transactionId }),
    ...(request.registrationId === undefined ? {} : { registrationId: request.registrationId }),
    timestamp: time,
    requestedScore: asked.requestedScore ?? 0,
    qualityScore: sample.quality,
  };
};

/** The identity of a device at a moment. */
export const digitalIdOf = (identity: DeviceIdentity, time: Date): DigitalId => ({
  serialNo: identity.serialNo,
  make: identity.make,
  model: identity.model,
  modality: identity.modality,
  subType: identity.subType,
  provider: identity.provider,
  providerId: identity.providerId,
  dateTime: time,
});

/** Digital id of a capture, signed anew; not at all where the version has none or leaves it unsigned. */
const digitalIdToken = async (
  device: AnsweringDevice,
  profile: Profile,
  time: Date,
): Promise<string | undefined> => {
  switch (profile.captureDigitalId) {
    case "none":
      return undefined;
    case "unsigned":
      return unsignedDigitalId(device.identity, profile, time);
    case "signed":
      return signedDigitalId(device, device.registration, profile, time);
  }
};

/** One segment, as discovery has it in every version. */
export const unsignedDigitalId = (identity: DeviceIdentity, profile: Profile, time: Date): string =>
  unsignedToken(utf8(profile.digitalId.write(digitalIdOf(identity, time)).value));

/** By the trust module for L1, by the device key for L0; unsigned as long as there is neither. */
export const signedDigitalId = async (
  device: Pick<AnsweringDevice, "identity" | "trustModule">,
  registration: Registration | undefined,
  profile: Profile,
  time: Date,
): Promise<string> => {
  const signer = device.identity.level === "L1" ? device.trustModule : registration?.signer;
  const text = profile.digitalId.write(digitalIdOf(device.identity, time)).value;
  return signer === undefined
    ? unsignedToken(utf8(text))
    : signToken(utf8(text), signer, profile.jwsType);
};
