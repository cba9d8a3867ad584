import { encodeBase64 } from "../base64.js";
import { utf8 } from "../bytes.js";
import { signedDigitalId } from "../device/answer.js";
import type { DeviceIdentity } from "../device/setup.js";
import { MdsError } from "../errors.js";
import * as mds084 from "../profiles/mds-0.8.4/register.js";
import * as mds092 from "../profiles/mds-0.9.2/register.js";
import * as mds095 from "../profiles/mds-0.9.5/register.js";
import type { Profile } from "../profiles/profile.js";
import { signDetached } from "../signature/detached.js";
import { signToken } from "../signature/jws.js";
import type { Signer } from "../signature/signer.js";
import type { Environment } from "../vocabulary/terms.js";
import { LONG_STATUS, wordsFor } from "./words.js";

/** What a management server knows of a device that it registers. */
export interface RegistrationOrder {
  readonly identity: DeviceIdentity;
  readonly purpose: "auth" | "registration";
  readonly env: Environment;
  readonly trustModuleProviderId: string;
  readonly time: Date;
  /** Absent for L0. */
  readonly trustModule?: Signer;
  readonly deviceKey: Signer;
  /** Device provider: signs the order as a whole. */
  readonly provider: Signer;
}

/**
 * The request by which a management server registers a device with the device server.
 *
 * @throws MdsError `OPERATION_UNSUPPORTED` for versions without registration.
 */
export const writeRegisterRequest = async (
  order: RegistrationOrder,
  profile: Profile,
): Promise<string> => {
  switch (profile.name) {
    case "0.8.4":
      return write084(order, profile);
    case "0.9.2":
      return write092(order, profile);
    case "0.9.5":
      return write095(order, profile);
    default:
      throw new MdsError("OPERATION_UNSUPPORTED", `${profile.name} has no registration`);
  }
};

/** Signatures are over the very texts that are sent: the inner one over deviceInfo, the outer over deviceData. */
const write084 = async (order: RegistrationOrder, profile: Profile): Promise<string> => {
  const { identity, trustModule } = order;
  const words = wordsFor(identity);
  const deviceInfo = {
    deviceSubId: [...identity.subIds],
    firmware: identity.firmware,
    deviceModel: identity.model,
    deviceMake: identity.make,
    deviceExpiry: identity.expiry,
    certification: identity.level,
    timestamp: profile.time(order.time),
  };
  const byModule = trustModule ?? order.deviceKey;
  const deviceData = {
    type: words.kind,
    subType: words.subTypeOld,
    status: LONG_STATUS,
    deviceId: identity.deviceId,
    deviceProviderName: identity.provider,
    deviceProviderId: identity.providerId,
    deviceInfo,
    foundationalTrustProviderID: order.trustModuleProviderId,
    foundationalTrustSignature: await signDetached(JSON.stringify(deviceInfo), byModule),
    foundationTrustCertificate: encodeBase64(byModule.certificates[0] ?? new Uint8Array()),
  };
  const dpSignature = await signDetached(JSON.stringify(deviceData), order.provider);
  return mds084.RegisterRequest.encode({ deviceData, dpSignature });
};

const digitalIdOfOrder = (order: RegistrationOrder, profile: Profile): Promise<string> =>
  signedDigitalId(
    {
      identity: order.identity,
      ...(order.trustModule === undefined ? {} : { trustModule: order.trustModule }),
    },
    { deviceCode: "", purpose: order.purpose, env: order.env, signer: order.deviceKey },
    profile,
    order.time,
  );

const purposeWord = ({ purpose }: RegistrationOrder) =>
  purpose === "auth" ? ("Auth" as const) : ("Registration" as const);

const write092 = async (order: RegistrationOrder, profile: Profile): Promise<string> => {
  const { identity } = order;
  const payload = mds092.DeviceData.encode({
    deviceId: identity.deviceId,
    purpose: purposeWord(order),
    deviceInfo: {
      deviceSubId: [...identity.subIds],
      certification: identity.level,
      digitalId: await digitalIdOfOrder(order, profile),
      firmware: identity.firmware,
      deviceExpiry: identity.expiry,
      timestamp: profile.time(order.time),
    },
    foundationalTrustProviderId: identity.level === "L0" ? "" : order.trustModuleProviderId,
  });
  const deviceData = await signToken(utf8(payload), order.provider, profile.jwsType);
  return mds092.RegisterRequest.encode({ deviceData });
};

const write095 = async (order: RegistrationOrder, profile: Profile): Promise<string> => {
  const { identity } = order;
  const info = mds095.RegistrationDeviceInfo.encode({
    deviceSubId: [...identity.subIds],
    certification: identity.level,
    digitalId: await digitalIdOfOrder(order, profile),
    firmware: identity.firmware,
    deviceExpiry: identity.expiry,
    timestamp: profile.time(order.time),
  });
  const payload = mds095.DeviceData.encode({
    deviceId: identity.deviceId,
    purpose: purposeWord(order),
    deviceInfo: await signToken(utf8(info), order.deviceKey, profile.jwsType),
    foundationalTrustProviderId: identity.level === "L0" ? "" : order.trustModuleProviderId,
  });
  return mds095.RegisterRequest.encode({
    id: "io.mosip.deviceregister",
    request: { deviceData: await signToken(utf8(payload), order.provider, profile.jwsType) },
    requesttime: profile.time(order.time),
    version: "1.0",
  });
};
