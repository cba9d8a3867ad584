import { utf8 } from "../bytes.js";
import { MdsError } from "../errors.js";
import { rawJsonAt } from "../json.js";
import * as mds084 from "../profiles/mds-0.8.4/deregister.js";
import * as mds095 from "../profiles/mds-0.9.5/deregister.js";
import type { Profile } from "../profiles/profile.js";
import { signDetached } from "../signature/detached.js";
import { parseToken, signToken } from "../signature/jws.js";
import type { Signer } from "../signature/signer.js";
import type { Check } from "../verification/report.js";
import { judgeDetached, judgeToken, signerCache } from "../verification/signed-part.js";
import { parseTrust, type Trust } from "../verification/trust.js";
import type { Environment } from "../vocabulary/terms.js";
import type { RegistrationAnswer, RegistrationResult } from "./register-answer.js";
import { longEnv, serverEnv } from "./words.js";

/** What a management server says to take a device off. */
export interface DeregistrationOrder {
  readonly deviceCode: string;
  readonly env: Environment;
  /** When the device was registered: 0.8.4 and 0.9.2 repeat it. */
  readonly registeredAt: Date;
  readonly forRegistration: boolean;
  readonly time: Date;
  readonly provider: Signer;
}

const unsupported = (profile: Profile): MdsError =>
  new MdsError("OPERATION_UNSUPPORTED", `${profile.name} has no registration`);

/** @throws MdsError `OPERATION_UNSUPPORTED`. */
export const writeDeregisterRequest = async (
  order: DeregistrationOrder,
  profile: Profile,
): Promise<string> => {
  const { deviceCode, env, provider } = order;
  switch (profile.name) {
    case "0.8.4":
    case "0.9.2": {
      const device = {
        deviceCode,
        env: serverEnv(env),
        timestamp: profile.time(order.registeredAt),
      };
      const signature = await signDetached(JSON.stringify(device), provider);
      return mds084.DeregisterRequest.encode({ device, signature });
    }
    case "0.9.5": {
      const payload = mds095.DeregisteredDevice.encode({ deviceCode, env: longEnv(env) });
      return mds095.DeregisterRequest.encode({
        id: "io.mosip.devicederegister",
        version: "1.0",
        request: {
          device: await signToken(utf8(payload), provider, profile.jwsType),
          isItForRegistrationDevice: order.forRegistration,
        },
        requesttime: profile.time(order.time),
      });
    }
    default:
      throw unsupported(profile);
  }
};

export interface DeregistrationReading {
  readonly deviceCode: string;
  readonly checks: readonly Check[];
}

/** @throws MdsError `JSON_MALFORMED`, `MESSAGE_INVALID`, `JWS_MALFORMED`; `OPERATION_UNSUPPORTED`. */
export const readDeregisterRequest = async (
  text: string,
  profile: Profile,
  trust: Trust,
  at: Date,
): Promise<DeregistrationReading> => {
  const { anchors, devices } = parseTrust(trust);
  switch (profile.name) {
    case "0.8.4":
    case "0.9.2": {
      const { device, signature } = mds084.DeregisterRequest.decode(text);
      const raw = rawJsonAt(text, ["device"]) ?? "";
      const part = await judgeDetached(raw, signature, anchors, [...devices, ...anchors], at);
      return { deviceCode: device.deviceCode, checks: [part.signature, part.chain] };
    }
    case "0.9.5": {
      const token = parseToken(mds095.DeregisterRequest.decode(text).request.device);
      const part = await judgeToken(token, anchors, devices, undefined, at, signerCache());
      const { deviceCode } = mds095.DeregisteredDevice.decode(token.json);
      return { deviceCode, checks: [part.signature, part.chain] };
    }
    default:
      throw unsupported(profile);
  }
};

/** @throws MdsError `OPERATION_UNSUPPORTED`. */
export const writeDeregisterResponse = async (
  result: Omit<RegistrationResult, "digitalId">,
  profile: Profile,
  server: Signer,
): Promise<string> => {
  const { deviceCode, error } = result;
  const time = profile.time(result.time);
  switch (profile.name) {
    case "0.8.4":
    case "0.9.2": {
      const response = {
        status: result.status,
        ...(error === undefined ? {} : { error }),
        ...(deviceCode === undefined ? {} : { deviceCode }),
        timestamp: time,
        env: serverEnv(result.env),
      };
      const signature = await signDetached(JSON.stringify(response), server);
      return mds084.DeregisterResponse.encode({ response, signature });
    }
    case "0.9.5": {
      const head = { id: "io.mosip.devicederegister", version: "1.0", responsetime: time } as const;
      if (error !== undefined || deviceCode === undefined) {
        const { code = "500", message = "Not taken off" } = error ?? {};
        return mds095.DeregisterResponse.encode({ ...head, error: [{ errorCode: code, message }] });
      }
      const payload = mds095.Deregistration.encode({
        status: result.status,
        deviceCode,
        env: longEnv(result.env),
        timestamp: time,
      });
      const response = await signToken(utf8(payload), server, profile.jwsType);
      return mds095.DeregisterResponse.encode({ ...head, response });
    }
    default:
      throw unsupported(profile);
  }
};

/** @throws MdsError `JSON_MALFORMED`, `MESSAGE_INVALID`, `JWS_MALFORMED`; `OPERATION_UNSUPPORTED`. */
export const readDeregisterResponse = async (
  text: string,
  profile: Profile,
  trust: Trust,
  at: Date,
): Promise<RegistrationAnswer> => {
  const { anchors, devices } = parseTrust(trust);
  switch (profile.name) {
    case "0.8.4":
    case "0.9.2": {
      const { response, signature } = mds084.DeregisterResponse.decode(text);
      const raw = rawJsonAt(text, ["response"]) ?? "";
      const part = await judgeDetached(raw, signature, anchors, [...devices, ...anchors], at);
      const { status, error, deviceCode } = response;
      return {
        status,
        ...(error === undefined ? {} : { error }),
        ...(deviceCode === undefined ? {} : { deviceCode }),
        checks: [part.signature, part.chain],
      };
    }
    case "0.9.5": {
      const { response, error } = mds095.DeregisterResponse.decode(text);
      if (response === undefined) {
        const { errorCode: code = "500", message = "" } = error?.[0] ?? {};
        return { error: { code, message }, checks: [] };
      }
      const token = parseToken(response);
      const part = await judgeToken(token, anchors, devices, undefined, at, signerCache());
      const { status, deviceCode } = mds095.Deregistration.decode(token.json);
      return { status, deviceCode, checks: [part.signature, part.chain] };
    }
    default:
      throw unsupported(profile);
  }
};
