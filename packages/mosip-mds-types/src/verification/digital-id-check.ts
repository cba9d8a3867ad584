import { encodeBase64 } from "../base64.js";
import { MdsError } from "../errors.js";
import type { DigitalId } from "../model/types.js";
import type { Profile } from "../profiles/profile.js";
import { type Certificate, sameKey } from "../signature/certificate.js";
import { parseToken, type Token } from "../signature/jws.js";
import type { Level } from "../vocabulary/terms.js";
import { type Check, failed, notApplicable, passed, undetermined } from "./report.js";
import { judgeToken, remembered, type SignerCache } from "./signed-part.js";
import type { ParsedTrust } from "./trust.js";

export interface DigitalIdContext {
  readonly profile: Profile;
  readonly trust: ParsedTrust;
  /** Where the text of the version leaves the digital id unsigned. */
  readonly unsignedByVersion: boolean;
  /** Level that discovery or device info claimed; unknown, the signing key decides. */
  readonly level: Level | undefined;
  /** Signer of the data round the digital id. */
  readonly deviceKey: Certificate | undefined;
  /** The device's own time round the digital id; it is signed anew for each request. */
  readonly deviceTime: Date | undefined;
  readonly windowMs: number;
  /** Serial numbers that the answer and earlier ones name: all must be its own. */
  readonly serialNos: readonly (string | undefined)[];
  readonly at: Date;
  readonly cache: SignerCache;
}

export interface JudgedDigitalId {
  readonly check: Check;
  readonly digitalId?: DigitalId;
}

/** Judges a digital id: signer and chain by the level, time against the device's clock, and the device. */
export const judgeDigitalId = async (
  text: string | undefined,
  context: DigitalIdContext,
): Promise<JudgedDigitalId> => {
  if (text === undefined || text === "") {
    return { check: undetermined("digital-id", "NOT_IN_THIS_ANSWER") };
  }
  // The segments of an answer bring the same one: judged again only where it is judged by something else.
  const { deviceKey, deviceTime, serialNos } = context;
  const key = JSON.stringify([
    text,
    deviceKey && encodeBase64(deviceKey.bytes),
    deviceTime,
    serialNos,
  ]);
  return remembered(context.cache.digitalIds, key, () => judgeText(text, context));
};

const judgeText = async (text: string, context: DigitalIdContext): Promise<JudgedDigitalId> => {
  let token: Token;
  let digitalId: DigitalId;
  try {
    token = parseToken(text);
    digitalId = context.profile.digitalId.read(token.json).value;
  } catch (error) {
    if (error instanceof MdsError) {
      return { check: failed("digital-id", "TOKEN_MALFORMED") };
    }
    throw error;
  }
  const check = (await judgeSigner(token, context)) ?? judgeContent(digitalId, context);
  if (check !== undefined) {
    return { check, digitalId };
  }
  return {
    check:
      token.signed === undefined
        ? notApplicable("digital-id", "UNSIGNED")
        : passed("digital-id", {
            serialNo: digitalId.serialNo,
            signer: signerName(token, context),
          }),
    digitalId,
  };
};

const judgeSigner = async (token: Token, context: DigitalIdContext): Promise<Check | undefined> => {
  if (token.signed === undefined) {
    return context.unsignedByVersion ? undefined : undetermined("digital-id", "UNSIGNED");
  }
  const byDevice = context.level === "L0" || isDeviceKey(token, context);
  if (context.level === "L1" && byDevice) {
    return failed("digital-id", "DIGITAL_ID_OTHER_KEY", { expected: "trust module" });
  }
  const anchors = byDevice ? context.trust.anchors : context.trust.trustModuleAnchors;
  const { signature, chain, signer } = await judgeToken(
    token,
    anchors,
    context.trust.devices,
    context.deviceTime,
    context.at,
    context.cache,
  );
  if (signature.status === "failed" || signature.reason === "CERTIFICATE_NOT_BELIEVED") {
    return failed("digital-id", "DIGITAL_ID_WRONG");
  }
  if (
    context.level === "L0" &&
    signer !== undefined &&
    context.deviceKey !== undefined &&
    !sameKey(signer, context.deviceKey)
  ) {
    return failed("digital-id", "DIGITAL_ID_OTHER_KEY", { expected: "device key" });
  }
  const open = [signature, chain].find(({ status }) => status !== "passed");
  return open === undefined ? undefined : { ...open, id: "digital-id" };
};

const judgeContent = (digitalId: DigitalId, context: DigitalIdContext): Check | undefined => {
  const { deviceTime, serialNos, windowMs } = context;
  if (serialNos.some((one) => one !== undefined && one !== digitalId.serialNo)) {
    return failed("digital-id", "DIGITAL_ID_OTHER_DEVICE");
  }
  if (digitalId.dateTime === undefined) {
    return undetermined("digital-id", "TIME_MALFORMED");
  }
  const age =
    deviceTime === undefined ? 0 : Math.abs(deviceTime.getTime() - digitalId.dateTime.getTime());
  return age > windowMs ? failed("digital-id", "DIGITAL_ID_STALE", { ageMs: age }) : undefined;
};

const isDeviceKey = (token: Token, { deviceKey }: DigitalIdContext): boolean => {
  const own = token.signed?.certificates[0];
  return (
    own !== undefined &&
    deviceKey !== undefined &&
    own.length === deviceKey.bytes.length &&
    own.every((byte, index) => byte === deviceKey.bytes[index])
  );
};

const signerName = (token: Token, context: DigitalIdContext): string =>
  isDeviceKey(token, context) ? "device key" : "trust module";
