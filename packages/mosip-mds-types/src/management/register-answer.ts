import { utf8 } from "../bytes.js";
import { MdsError } from "../errors.js";
import { rawJsonAt } from "../json.js";
import * as mds084 from "../profiles/mds-0.8.4/register.js";
import * as mds092 from "../profiles/mds-0.9.2/register.js";
import * as mds095 from "../profiles/mds-0.9.5/register.js";
import type { Profile } from "../profiles/profile.js";
import { signDetached } from "../signature/detached.js";
import { parseToken, signToken } from "../signature/jws.js";
import type { Signer } from "../signature/signer.js";
import type { Check } from "../verification/report.js";
import { judgeDetached, judgeToken, signerCache } from "../verification/signed-part.js";
import { parseTrust, type Trust } from "../verification/trust.js";
import { type Environment, parseEnvironment } from "../vocabulary/terms.js";
import { longEnv, serverEnv } from "./words.js";

/** Errors of a device server have other names than those of a device. */
export interface ServerError {
  readonly code: string;
  readonly message: string;
}

/** What a device server answers to a registration. */
export interface RegistrationResult {
  readonly status: string;
  readonly env: Environment;
  readonly time: Date;
  /** UUID version 4; absent when it was refused. */
  readonly deviceCode?: string;
  /** As it was sent; 0.9.5 repeats it. */
  readonly digitalId?: string;
  readonly error?: ServerError;
}

/** @throws MdsError `OPERATION_UNSUPPORTED`. */
export const writeRegisterResponse = async (
  result: RegistrationResult,
  profile: Profile,
  server: Signer,
): Promise<string> => {
  const { deviceCode, error } = result;
  const time = profile.time(result.time);
  const old = {
    status: result.status,
    ...(error === undefined ? {} : { error }),
    ...(deviceCode === undefined ? {} : { deviceCode }),
    timestamp: time,
    env: serverEnv(result.env),
  };
  switch (profile.name) {
    case "0.8.4":
      return mds084.RegisterResponse.encode({
        response: old,
        signature: await signDetached(JSON.stringify(old), server),
      });
    case "0.9.2": {
      const payload = utf8(mds092.Registration.encode(old));
      const response = await signToken(payload, server, profile.jwsType);
      return mds092.RegisterResponse.encode({ response });
    }
    case "0.9.5": {
      const head = { id: "io.mosip.deviceregister", version: "1.0", responsetime: time } as const;
      if (error !== undefined || deviceCode === undefined) {
        const { code = "500", message = "Not registered" } = error ?? {};
        return mds095.RegisterResponse.encode({ ...head, error: [{ errorCode: code, message }] });
      }
      const payload = mds095.Registration.encode({
        status: result.status,
        digitalId: result.digitalId ?? "",
        deviceCode,
        timestamp: time,
        env: longEnv(result.env),
      });
      const response = await signToken(utf8(payload), server, profile.jwsType);
      return mds095.RegisterResponse.encode({ ...head, response });
    }
    default:
      throw new MdsError("OPERATION_UNSUPPORTED", `${profile.name} has no registration`);
  }
};

/** The answer in the management server's hands: what it says, and whether the device server said it. */
export interface RegistrationAnswer {
  readonly status?: string;
  readonly deviceCode?: string;
  readonly env?: Environment;
  readonly error?: ServerError;
  /** Signature and certificate chain; an error in place of a response is not signed. */
  readonly checks: readonly Check[];
}

/** @throws MdsError `JSON_MALFORMED`, `MESSAGE_INVALID`, `JWS_MALFORMED`; `OPERATION_UNSUPPORTED`. */
export const readRegisterResponse = async (
  text: string,
  profile: Profile,
  trust: Trust,
  at: Date,
): Promise<RegistrationAnswer> => {
  const { anchors, devices } = parseTrust(trust);
  switch (profile.name) {
    case "0.8.4": {
      const { response, signature } = mds084.RegisterResponse.decode(text);
      const raw = rawJsonAt(text, ["response"]) ?? "";
      const part = await judgeDetached(raw, signature, anchors, [...devices, ...anchors], at);
      return { ...present(response), checks: [part.signature, part.chain] };
    }
    case "0.9.2": {
      const token = parseToken(mds092.RegisterResponse.decode(text).response);
      const part = await judgeToken(token, anchors, devices, undefined, at, signerCache());
      return {
        ...present(mds092.Registration.decode(token.json)),
        checks: [part.signature, part.chain],
      };
    }
    case "0.9.5": {
      const { response, error } = mds095.RegisterResponse.decode(text);
      const [first] = error ?? [];
      if (response === undefined) {
        const { errorCode: code = "500", message = "" } = first ?? {};
        return { error: { code, message }, checks: [] };
      }
      const token = parseToken(response);
      const part = await judgeToken(token, anchors, devices, undefined, at, signerCache());
      return {
        ...present(mds095.Registration.decode(token.json)),
        checks: [part.signature, part.chain],
      };
    }
    default:
      throw new MdsError("OPERATION_UNSUPPORTED", `${profile.name} has no registration`);
  }
};

interface Answered {
  readonly status: string;
  readonly deviceCode?: string;
  readonly env: string;
  readonly error?: ServerError;
}

const present = ({
  status,
  deviceCode,
  env,
  error,
}: Answered): Omit<RegistrationAnswer, "checks"> => {
  const meant = parseEnvironment(env);
  return {
    status,
    ...(deviceCode === undefined ? {} : { deviceCode }),
    ...(meant === undefined ? {} : { env: meant }),
    ...(error === undefined ? {} : { error }),
  };
};
