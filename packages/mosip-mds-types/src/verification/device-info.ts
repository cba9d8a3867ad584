import { MdsError } from "../errors.js";
import type { Device, DigitalId } from "../model/types.js";
import type { InfoItem, Profile } from "../profiles/profile.js";
import { parseToken } from "../signature/jws.js";
import { DEFAULT_WINDOW_MS } from "./capture.js";
import { judgeDigitalId } from "./digital-id-check.js";
import {
  type Check,
  failed,
  notApplicable,
  passed,
  type Report,
  undetermined,
  verdictOf,
} from "./report.js";
import { judgeDetached, judgeToken, type SignedPart, signerCache } from "./signed-part.js";
import { type ParsedTrust, parseTrust, type Trust } from "./trust.js";

export interface VerifyDeviceInfoOptions {
  readonly profile: Profile;
  readonly trust: Trust;
  /** When the answer came. */
  readonly at: Date;
  readonly windowMs?: number;
}

export interface VerifiedDevice {
  readonly device: Device;
  readonly digitalId?: DigitalId;
  readonly report: Report;
}

/**
 * Reads the answer to device info and judges each device of it.
 *
 * @throws MdsError `JSON_MALFORMED`, `MESSAGE_INVALID`; `KEY_INVALID` for a bad anchor.
 */
export const verifyDeviceInfo = async (
  text: string,
  options: VerifyDeviceInfoOptions,
): Promise<readonly VerifiedDevice[]> => {
  const trust = parseTrust(options.trust);
  const devices: VerifiedDevice[] = [];
  for (const item of options.profile.infoEnvelope.read(text)) {
    devices.push(await judgeItem(item, trust, options));
  }
  return devices;
};

const judgeItem = async (
  item: InfoItem,
  trust: ParsedTrust,
  options: VerifyDeviceInfoOptions,
): Promise<VerifiedDevice> => {
  const { profile, at, windowMs = DEFAULT_WINDOW_MS } = options;
  const cache = signerCache();
  if (item.signed === undefined) {
    return { device: item.beside, report: report(allUndetermined("DEVICE_ERROR")) };
  }
  let inside: Device;
  let part: SignedPart;
  try {
    if (profile.info.form === "jws") {
      const token = parseToken(item.signed);
      inside = profile.info.payload.read(token.json).value;
      part = await judgeToken(token, trust.anchors, trust.devices, undefined, at, cache);
    } else {
      inside = profile.info.element.read(item.signed).value;
      const signedAt = inside.timestamp ?? at;
      part = await judgeDetached(
        item.signed,
        item.signature,
        trust.anchors,
        trust.devices,
        signedAt,
      );
    }
  } catch (error) {
    if (!(error instanceof MdsError)) {
      throw error;
    }
    const [first, ...rest] = allUndetermined("DATA_NOT_AUTHENTIC");
    return {
      device: item.beside,
      report: report([{ ...first!, status: "failed", reason: "TOKEN_MALFORMED" }, ...rest]),
    };
  }
  const device = { ...item.beside, ...inside };
  if (part.signature.status === "failed") {
    const [, , identity, time] = allUndetermined("DATA_NOT_AUTHENTIC");
    return { device, report: report([part.signature, part.chain, identity!, time!]) };
  }
  const identity =
    profile.captureDigitalId === "none"
      ? { check: notApplicable("digital-id", "NOT_IN_THIS_VERSION") }
      : await judgeDigitalId(inside.digitalId, {
          profile,
          trust,
          unsignedByVersion: false,
          level: inside.level,
          deviceKey: part.signer,
          deviceTime: undefined,
          windowMs,
          serialNos: [inside.serialNo],
          at,
          cache,
        });
  const digitalId = "digitalId" in identity ? identity.digitalId : undefined;
  return {
    device,
    ...(digitalId === undefined ? {} : { digitalId }),
    report: report([
      part.signature,
      part.chain,
      identity.check,
      judgeTime(digitalId?.dateTime ?? inside.timestamp, at, windowMs),
    ]),
  };
};

const judgeTime = (time: Date | undefined, at: Date, windowMs: number): Check => {
  if (time === undefined) {
    return undetermined("time-window", "TIME_MALFORMED");
  }
  const differenceMs = time.getTime() - at.getTime();
  return Math.abs(differenceMs) > windowMs
    ? failed("time-window", "TIME_OUTSIDE_WINDOW", { differenceMs, windowMs })
    : passed("time-window", { differenceMs, windowMs });
};

const allUndetermined = (reason: "DEVICE_ERROR" | "DATA_NOT_AUTHENTIC"): readonly Check[] =>
  (["signature", "certificate-chain", "digital-id", "time-window"] as const).map((id) =>
    undetermined(id, reason),
  );

/** The checks of a capture that an info has nothing for are listed too, so that reports look alike. */
const report = (checks: readonly Check[]): Report => {
  const [signature, chain, identity, time] = checks as [Check, Check, Check, Check];
  const none = (id: Check["id"]) => notApplicable(id, "NOT_IN_THIS_ANSWER");
  const all = [
    signature,
    chain,
    identity,
    none("hash-chain"),
    time,
    none("decryption"),
    none("quality"),
    none("count"),
  ];
  return { verdict: verdictOf(all), checks: all };
};
