import { decodeBase64 } from "../base64.js";
import { MdsError } from "../errors.js";
import { rawJsonAt } from "../json.js";
import * as mds084 from "../profiles/mds-0.8.4/register.js";
import * as mds092 from "../profiles/mds-0.9.2/register.js";
import * as mds095 from "../profiles/mds-0.9.5/register.js";
import type { Profile } from "../profiles/profile.js";
import { type Certificate, parseCertificate } from "../signature/certificate.js";
import { parseToken, type Token } from "../signature/jws.js";
import { judgeDigitalId } from "../verification/digital-id-check.js";
import { type Check, failed, passed, undetermined } from "../verification/report.js";
import {
  judgeDetached,
  judgeToken,
  type SignedPart,
  signerCache,
} from "../verification/signed-part.js";
import { type ParsedTrust, parseTrust, type Trust } from "../verification/trust.js";
import { parseLevel, parsePurpose } from "../vocabulary/terms.js";
import { tryParseTime } from "../vocabulary/time.js";

/** What a device server finds in a request to register, and whether it should believe it. */
export interface RegistrationRequestReading {
  readonly deviceId: string;
  /** From the digital id; 0.8.4 sends none. */
  readonly serialNo?: string;
  readonly purpose?: "auth" | "registration";
  readonly digitalId?: string;
  /** All must have passed; the reason says what the server answers. */
  readonly checks: readonly Check[];
}

/** A request older than this is refused. MDS 0.9.5, "Registration". */
export const REGISTRATION_WINDOW_MS = mds095.REGISTRATION_WINDOW_MS;

/**
 * Reads a request to register and judges it: the provider's signature, the trust module or device key
 * inside, and the age.
 *
 * @throws MdsError `JSON_MALFORMED`, `MESSAGE_INVALID`, `JWS_MALFORMED`; `OPERATION_UNSUPPORTED`.
 */
export const readRegisterRequest = async (
  text: string,
  profile: Profile,
  trust: Trust,
  at: Date,
): Promise<RegistrationRequestReading> => {
  const parsed = parseTrust(trust);
  switch (profile.name) {
    case "0.8.4":
      return read084(text, parsed, at);
    case "0.9.2":
      return read092(text, profile, parsed, at);
    case "0.9.5":
      return read095(text, profile, parsed, at);
    default:
      throw new MdsError("OPERATION_UNSUPPORTED", `${profile.name} has no registration`);
  }
};

const judgeAge = (timestamp: string, at: Date): Check => {
  const time = tryParseTime(timestamp);
  if (time === undefined) {
    return undetermined("time-window", "TIME_MALFORMED");
  }
  const differenceMs = time.getTime() - at.getTime();
  return Math.abs(differenceMs) > REGISTRATION_WINDOW_MS
    ? failed("time-window", "TIME_OUTSIDE_WINDOW", { differenceMs })
    : passed("time-window", { differenceMs });
};

const both = ({ signature, chain }: SignedPart): readonly Check[] => [signature, chain];

const read084 = async (
  text: string,
  trust: ParsedTrust,
  at: Date,
): Promise<RegistrationRequestReading> => {
  const { deviceData, dpSignature } = mds084.RegisterRequest.decode(text);
  const outer = rawJsonAt(text, ["deviceData"]) ?? "";
  const inner = rawJsonAt(text, ["deviceData", "deviceInfo"]) ?? "";
  const providers = [...trust.devices, ...trust.anchors];
  const module = readCertificate(deviceData.foundationTrustCertificate);
  const moduleAnchors =
    deviceData.deviceInfo.certification === "L0" ? trust.anchors : trust.trustModuleAnchors;
  const provider = await judgeDetached(outer, dpSignature, trust.anchors, providers, at);
  const trustModule = await judgeDetached(
    inner,
    deviceData.foundationalTrustSignature,
    moduleAnchors,
    module === undefined ? [] : [module],
    at,
  );
  const [moduleProblem] = both(trustModule).filter(({ status }) => status !== "passed");
  return {
    deviceId: deviceData.deviceId,
    checks: [
      ...both(provider),
      moduleProblem === undefined
        ? passed("digital-id", { signer: "trust module" })
        : { ...moduleProblem, id: "digital-id" },
      judgeAge(deviceData.deviceInfo.timestamp, at),
    ],
  };
};

const readCertificate = (base64: string): Certificate | undefined => {
  try {
    return parseCertificate(decodeBase64(base64));
  } catch {
    return undefined;
  }
};

const read092 = async (
  text: string,
  profile: Profile,
  trust: ParsedTrust,
  at: Date,
): Promise<RegistrationRequestReading> => {
  const token = parseToken(mds092.RegisterRequest.decode(text).deviceData);
  const data = mds092.DeviceData.decode(token.json);
  return finish(data, data.deviceInfo, token, undefined, profile, trust, at);
};

const read095 = async (
  text: string,
  profile: Profile,
  trust: ParsedTrust,
  at: Date,
): Promise<RegistrationRequestReading> => {
  const token = parseToken(mds095.RegisterRequest.decode(text).request.deviceData);
  const data = mds095.DeviceData.decode(token.json);
  const inner = parseToken(data.deviceInfo);
  const info = mds095.RegistrationDeviceInfo.decode(inner.json);
  return finish(data, info, token, inner, profile, trust, at);
};

interface Claims {
  readonly deviceId: string;
  readonly purpose: string;
}
interface InfoClaims {
  readonly certification: string;
  readonly digitalId: string;
  readonly timestamp: string;
}

const finish = async (
  data: Claims,
  info: InfoClaims,
  outer: Token,
  inner: Token | undefined,
  profile: Profile,
  trust: ParsedTrust,
  at: Date,
): Promise<RegistrationRequestReading> => {
  const cache = signerCache();
  const signedAt = tryParseTime(info.timestamp);
  const provider = await judgeToken(outer, trust.anchors, trust.devices, signedAt, at, cache);
  const device =
    inner === undefined
      ? undefined
      : await judgeToken(inner, trust.anchors, trust.devices, signedAt, at, cache);
  const level = parseLevel(info.certification);
  const identity = await judgeDigitalId(info.digitalId, {
    profile,
    trust,
    unsignedByVersion: false,
    // The device key has no certificate of its own before registration in 0.9.2.
    level: inner === undefined && level === "L0" ? undefined : level,
    deviceKey: device?.signer,
    deviceTime: signedAt,
    windowMs: REGISTRATION_WINDOW_MS,
    serialNos: [],
    at,
    cache,
  });
  const purpose = parsePurpose(data.purpose);
  const { serialNo } = identity.digitalId ?? {};
  return {
    deviceId: data.deviceId,
    ...(serialNo === undefined ? {} : { serialNo }),
    ...(purpose === "auth" || purpose === "registration" ? { purpose } : {}),
    digitalId: info.digitalId,
    checks: [
      ...both(provider),
      ...(device === undefined ? [] : both(device)),
      identity.check,
      judgeAge(info.timestamp, at),
    ],
  };
};
